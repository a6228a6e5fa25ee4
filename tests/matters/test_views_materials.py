"""The personal list: what to hand in, what is waived, what may wait, what does not concern you."""

import pytest
from django.urls import reverse

from matters.models import MatterVersion, ShortLink
from matters.selfcheck import materials_for
from tests.html_rules import Page

pytestmark = pytest.mark.usefixtures("loaded_catalogue")
SEQ = 113
ANSWERS = {"item": "01", "q_premises": "rented", "q_deposit": "cash"}


def get(client, seq=SEQ, **answers):
    return client.get(reverse("matters:materials", args=[seq]), answers)


def test_every_paper_of_the_answers_is_on_the_list_once(client):
    guide = MatterVersion.objects.published().get(matter__seq=SEQ).snapshot
    needed = materials_for(guide, "01", {"premises": "rented", "deposit": "cash"})
    shown = get(client, **ANSWERS).context["list"]
    rows = [*shown.bring, *shown.later, *shown.waived, *shown.optional]
    assert sorted(row.key for row in rows) == sorted(material["key"] for material in needed)


def test_the_head_counts_what_is_handed_in(client):
    response = get(client, **ANSWERS)
    shown = response.context["list"]
    assert shown.handed_in == len(shown.bring) + len(shown.later)
    assert f"准备 {shown.handed_in} 份材料" in Page(response.content.decode()).text


def test_the_list_says_which_business_item_it_is_for_and_what_it_costs(client):
    answers = {"item": "01", "q_purpose": "tour", "q_age": "adult", "q_official": "no"}
    text = Page(get(client, seq=33, **answers).content.decode()).text
    assert "我的材料清单 · 首次申请往来港澳通行证和签注 ·" in text
    assert "收费：通行证每证60元" in text


def test_waived_papers_need_no_box_to_tick(client):
    page = get(client, **ANSWERS).content.decode()
    shown = get(client, **ANSWERS).context["list"]
    assert page.count('type="checkbox"') == shown.handed_in
    assert "免交" in page


def test_papers_of_other_answers_are_named_as_not_needed(client):
    shown = get(client, **ANSWERS).context["list"]
    assert "经营场所产权证明" in shown.not_needed
    assert "经营场所租赁合同" not in shown.not_needed


def test_answers_are_shown_with_links_to_change_them(client):
    page = Page(get(client, **ANSWERS).content.decode())
    assert "经营场所是租的吗？ 是，租的" in page.text
    assert any("ask=q_premises" in url for url, _ in page.links)


def test_limits_place_and_hotline_are_on_the_list(client):
    text = Page(get(client, **ANSWERS).content.decode()).text
    for words in ("3 个工作日", "法律最长 20 个工作日", "河东区政务服务中心", "12345"):
        assert words in text


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("", ""),
        ("item=01", "item=01"),
        ("item=01&q_premises=castle", "item=01&q_premises=castle"),
        ("item=77&q_premises=rented", "q_premises=rented&item=77"),
    ],
)
def test_missing_or_forged_answers_lead_back_to_their_question(client, query, question):
    response = client.get(reverse("matters:materials", args=[SEQ]) + f"?{query}")
    assert response.status_code == 302
    assert response.url == f"/item/{SEQ}/check/" + (f"?{question}" if question else "")


def test_other_spellings_of_the_same_answers_lead_to_one_address(client):
    response = get(client, q_deposit="cash", q_premises="rented", item="01", utm="x")
    assert response.url == f"/item/{SEQ}/materials/?item=01&q_premises=rented&q_deposit=cash"


def test_the_short_link_opens_the_same_list(client):
    page = get(client, **ANSWERS)
    code = ShortLink.objects.get().code
    assert f"/p/{code}/" in page.content.decode()
    assert client.get(f"/p/{code}/").url == page.wsgi_request.get_full_path()


def test_looking_twice_makes_one_link(client):
    get(client, **ANSWERS)
    get(client, **ANSWERS)
    assert ShortLink.objects.count() == 1


def test_the_qr_code_is_a_named_drawing_without_style(client):
    page = get(client, **ANSWERS).content.decode()
    assert 'aria-label="扫码打开这份材料清单"' in page
    assert "style=" not in page
