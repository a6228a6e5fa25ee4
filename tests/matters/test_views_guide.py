"""The guide page: everything a reader needs, from one snapshot, in fixed places."""

import re

import pytest
from django.urls import reverse

from matters.models import Matter, MatterVersion
from matters.presenting.guide import SECTIONS
from matters.workflow import MatterStatus, VersionStatus
from tests.html_rules import Page, breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")
TRAVEL_AGENCY = 113
ALL = range(1, 177)


def get(client, seq=TRAVEL_AGENCY, **parameters):
    return client.get(reverse("matters:guide", args=[seq]), parameters)


def html(client, seq=TRAVEL_AGENCY, **parameters):
    response = get(client, seq, **parameters)
    assert response.status_code == 200
    return response.content.decode()


def section(page, name):
    """HTML of one section of the guide."""
    start = page.index(f'id="{name}"')
    return page[start : page.index("</section>", start)]


@pytest.mark.parametrize("seq", ALL)
def test_every_guide_has_every_section_with_content(client, seq):
    page = html(client, seq)
    assert breaches(page) == []
    for name, _ in SECTIONS:
        words = Page(section(page, name).split(">", 1)[1]).text
        assert len(words) > 15, f"{name}: {words}"


@pytest.mark.parametrize("seq", [1, 31, 70, 150])
def test_facts_agree_with_the_snapshot(client, seq):
    guide = MatterVersion.objects.published().get(matter__seq=seq).snapshot
    facts = Page(section(html(client, seq), "facts").split(">", 1)[1]).text
    assert guide["result"]["name"] in facts
    assert ("不收费" in facts) is not guide["fee"]["charged"]
    if guide["items"][0]["promised"]:
        assert f"{guide['items'][0]['promised']} " in facts
    else:
        assert "当场办结" in facts


def test_a_guide_takes_at_most_four_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        get(client)


def test_a_reader_without_cookies_gets_none(client):
    assert not get(client).cookies


def test_government_meta_tags_name_title_date_and_source(client):
    page = html(client)
    for name in ("ArticleTitle", "PubDate", "ContentSource", "ColumnName"):
        assert re.search(rf'<meta name="{name}" content="[^"]+">', page), name


def test_another_business_item_shows_its_own_limit_materials_and_mark(client):
    page = html(client, item="02")
    facts = Page(section(page, "facts").split(">", 1)[1]).text
    assert "1 个工作日" in facts
    assert 'href="?item=02" aria-current="true"' in page
    assert "会少走其中几步" in page
    assert Page(section(page, "mat")).text != Page(section(html(client), "mat")).text


def test_an_unknown_business_item_shows_the_first(client):
    assert html(client, item="99").count("?item=01") == html(client).count("?item=01")


def test_waived_papers_are_marked_and_situations_are_spelled_out(client):
    papers = Page(section(html(client), "mat")).text
    assert "免交" in papers
    assert "“经营场所是租的吗？”答“是，租的”的" in papers
    assert "60 个工作日" in papers


def test_either_or_papers_say_so(client):
    assert "任选其一：营业执照" in html(client, 6)


def test_a_real_quantity_limit_cites_the_order_of_acceptance(client):
    assert "按受理的先后顺序" in section(html(client, 109), "cond")
    assert "按受理的先后顺序" not in section(html(client), "cond")


def test_staged_matters_explain_their_stages(client):
    flow = section(html(client, 109), "flow")
    assert "第 1 阶段" in flow
    assert "前一阶段办好" in flow


def test_unknown_numbers_are_to_be_configured_and_never_invented(client):
    rights = Page(section(html(client), "rights")).text
    assert "监督投诉电话 （待配置）" in rights
    assert "60 天" in rights
    assert "6 个月" in rights
    assert set(re.findall(r"\d{5,}", rights)) == {"12345"}


def test_estimated_content_carries_the_note_once(client):
    assert html(client).count("内容为演示/推定，以正式公布为准") == 1


def test_no_button_applies_online_before_there_is_a_way_to(client):
    page = html(client)
    assert "在线办理" not in page
    assert "网上办理地址" in page


def test_every_element_stands_in_the_last_section(client):
    base = Page(section(html(client), "base")).text
    for label in ("基本编码", "实施编码", "行使层级", "权力来源", "证照分离改革方式", "监管主体"):
        assert label in base


def test_a_suspended_matter_says_so_on_top(client):
    Matter.objects.filter(seq=TRAVEL_AGENCY).update(status=MatterStatus.SUSPENDED)
    page = html(client)
    assert page.index("<h1>") < page.index("这件事暂停办理") < page.index('id="facts"')
    assert breaches(page) == []


def test_a_withdrawn_matter_is_gone_in_words(client):
    Matter.objects.filter(seq=TRAVEL_AGENCY).update(status=MatterStatus.WITHDRAWN)
    for name in ("guide", "check", "materials", "history", "guide_feedback"):
        response = client.get(reverse(f"matters:{name}", args=[TRAVEL_AGENCY]))
        assert response.status_code == 410
        assert "已经取消" in response.content.decode()
        assert breaches(response.content.decode()) == []


def test_unknown_matters_are_not_found(client):
    assert get(client, 99999).status_code == 404


def test_a_matter_without_a_published_edition_is_not_found(client):
    matter = Matter.objects.create(seq=900, name="还没写好的事项")
    source = MatterVersion.objects.published().get(matter__seq=1)
    MatterVersion.objects.create(
        matter=matter,
        number=1,
        name=matter.name,
        agency=source.agency,
        status=VersionStatus.DRAFT,
        **{
            field: getattr(source, field)
            for field in (
                "summary applicants statutory_value statutory_unit promised_value handling_type "
                "audience channels online instant once visits in_hall commitment deferrable "
                "cross_province"
            ).split()
        },
    )
    assert get(client, 900).status_code == 404
    Matter.objects.filter(pk=matter.pk).update(status=MatterStatus.WITHDRAWN)
    assert get(client, 900).status_code == 410


def test_related_matters_that_were_withdrawn_are_not_offered(client):
    guide = MatterVersion.objects.published().get(matter__seq=1).snapshot
    gone, kept = guide["related"][:2]
    Matter.objects.filter(seq=gone).update(status=MatterStatus.WITHDRAWN)
    page = html(client, 1)
    assert f'href="/item/{kept}/"' in page
    assert f'href="/item/{gone}/"' not in page


def test_the_page_only_reads(client):
    assert client.post(reverse("matters:guide", args=[1])).status_code == 405


def test_a_staged_permit_says_what_comes_first(client):
    page = client.get("/item/70/").content.decode()
    order = page[page.index("分阶段办的顺序") :][:300]
    assert order.index("桩基（基坑）部位") < order.index("主体部位")
    assert "分阶段办的顺序" not in client.get("/item/113/").content.decode()
