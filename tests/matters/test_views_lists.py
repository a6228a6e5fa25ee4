"""个人, 企业, theme and stage pages: counts, filters, order, pages, and what they never do."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict

from matters import filters, statistics
from matters.models import Matter, MatterVersion
from matters.views.listing import in_order, narrow, read_state
from matters.workflow import MatterStatus
from tests.html_rules import Page, breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")

PAGES = ["/geren/", "/faren/", "/theme/construction/", "/stage/stage-open/"]
MOST_QUERIES = 12
GROUPS = (
    filters.AUDIENCE,
    filters.TYPE,
    filters.WAYS,
    filters.FEE,
)


def rows(response) -> list[int]:
    return [card.seq for card in response.context["listing"].cards]


def all_rows(client, address: str) -> list[int]:
    """Numbers of every page of a list."""
    first = client.get(address)
    pages = first.context["listing"].page_obj.paginator.num_pages
    joint = "&" if "?" in address else "?"
    return [
        seq
        for number in range(1, pages + 1)
        for seq in rows(client.get(f"{address}{joint}page={number}"))
    ]


@pytest.mark.parametrize("address", [*PAGES, "/geren/?way=online&fee=free", "/faren/?page=3"])
def test_every_list_keeps_the_rules_of_a_page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert breaches(response.content.decode()) == []
    assert "内容为演示/推定，以正式公布为准" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "audience"), [("/geren/", "person"), ("/faren/", "organisation")]
)
def test_an_audience_page_lists_exactly_what_it_may_apply_for(client, address, audience):
    served = MatterVersion.objects.published().filter(audience__contains=[audience])
    expected = set(served.values_list("matter__seq", flat=True))
    shown = all_rows(client, address)
    assert len(shown) == len(set(shown)) and set(shown) == expected
    assert f"行政许可有 {len(expected)} 项" in Page(client.get(address).content.decode()).text


def test_a_theme_page_lists_exactly_its_matters(client):
    expected = MatterVersion.objects.published().filter(themes__slug="construction")
    assert set(all_rows(client, "/theme/construction/")) == set(
        expected.values_list("matter__seq", flat=True)
    )


def test_a_theme_page_says_how_many_it_has_whatever_is_chosen(client):
    count = MatterVersion.objects.published().filter(themes__slug="construction").count()
    for address in ("/theme/construction/", "/theme/construction/?audience=person"):
        text = Page(client.get(address).content.decode()).text
        assert f"工程建设方面的行政许可有 {count} 项" in text


def test_a_theme_is_not_a_stage(client):
    assert client.get("/theme/stage-open/").status_code == 404
    assert client.get("/stage/construction/").status_code == 404
    assert client.get("/theme/nothing/").status_code == 404


def test_a_theme_without_matters_says_what_to_do(client):
    response = client.get("/theme/social-security/")
    assert rows(response) == []
    assert "12345" in response.content.decode() and breaches(response.content.decode()) == []


def test_cards_say_the_four_facts_in_words(client):
    text = Page(client.get("/geren/").content.decode()).text
    assert "谁能办 个人、企业和组织" in text and "承诺时限 3 个工作日" in text
    assert "到现场 不用跑" in text and "费用 不收费" in text


def test_a_suspended_matter_stays_and_says_so_a_withdrawn_one_goes(client):
    Matter.objects.filter(seq=136).update(status=MatterStatus.SUSPENDED)
    Matter.objects.filter(seq=30).update(status=MatterStatus.WITHDRAWN)
    response = client.get("/geren/?dept=government-services-office")
    assert "暂停办理" in response.content.decode()
    assert 30 not in all_rows(client, "/geren/")


# --- filters ------------------------------------------------------------------------------------


def test_filters_combine(client):
    expected = MatterVersion.objects.published().filter(
        audience__contains=["person"],
        online=True,
        deferrable=True,
        fee__charged=False,
        agency__slug="public-security",
    )
    found = all_rows(client, "/geren/?way=online&way=deferrable&fee=free&dept=public-security")
    assert sorted(found) == sorted(expected.values_list("matter__seq", flat=True)) and found


def every_option(response) -> list[tuple[str, str, int]]:
    return [
        (group["name"], option["value"], option["count"])
        for group in response.context["listing"].groups
        for option in group["options"]
        if option["value"]
    ]


@pytest.mark.parametrize("address", ["/faren/", "/geren/?way=cross&type=promised"])
def test_the_count_beside_a_choice_is_the_length_of_the_list_behind_it(client, address):
    before = client.get(address)
    for name, value, count in every_option(before)[::4]:
        query = QueryDict(urlsplit(address).query, mutable=True)
        if name == "way":
            query.appendlist(name, value)
        else:
            query[name] = value
        response = client.get(f"{urlsplit(address).path}?{query.urlencode()}")
        assert response.context["listing"].total == count, (name, value)


def test_chips_take_off_one_condition_each(client):
    listing = client.get("/geren/?way=online&way=once&fee=free&sort=name").context["listing"]
    assert [chip["label"] for chip in listing.chips] == [
        "服务方式：网上办",
        "服务方式：一次办",
        "费用：不收费",
    ]
    left = parse_qs(listing.chips[0]["remove_url"].removeprefix("?"))
    assert left == {"way": ["once"], "fee": ["free"], "sort": ["name"]}
    assert listing.clear_url == "/geren/"


@pytest.mark.parametrize(
    "query", ["theme=nowhere", "way=fly", "fee=%00", "sort=moon", "dept=<script>alert(1)</script>"]
)
def test_an_unknown_value_is_left_out_and_said(client, query):
    response = client.get(f"/geren/?{query}&type=instant")
    html = response.content.decode()
    assert response.status_code == 200 and "已忽略，下面按其余条件显示。" in html
    assert "<script>alert" not in html
    assert response.context["listing"].total == 10


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "", "1e9", "９"])
def test_any_page_number_shows_a_page(client, page):
    response = client.get("/geren/", {"page": page})
    assert response.status_code == 200 and rows(response)


def test_conditions_nothing_meets_say_how_to_go_on(client):
    response = client.get("/geren/?type=instant&fee=charged&dept=education")
    html = response.content.decode()
    assert rows(response) == [] and "没有同时满足这些条件的事项" in html
    assert "清除全部条件" in html and breaches(html) == []


def test_pages_are_told_in_words(client):
    assert "第 2 页，共 8 页" in Page(client.get("/faren/?page=2").content.decode()).text


def test_the_landing_parts_show_only_before_anything_is_chosen(client):
    assert "按主题找" in client.get("/geren/").content.decode()
    assert "按主题找" not in client.get("/geren/?way=online").content.decode()


# --- order --------------------------------------------------------------------------------------


def test_everyday_matters_come_first_then_the_numbers():
    seqs = [version.matter.seq for version in in_order(statistics.licences_in_force(), "")]
    everyday = statistics.everyday_seqs()
    assert seqs[: len(everyday)] == everyday
    assert seqs[len(everyday) :] == sorted(set(seqs) - set(everyday))


def test_names_sort_by_pinyin(client):
    names = [
        version.name for version in in_order(statistics.licences_in_force(), "name").for_list()
    ]
    assert names.index("保安员证核发") < names.index("旅行社设立许可") < names.index("医师执业注册")
    assert sorted(rows(client.get("/geren/?sort=name"))) != rows(client.get("/geren/?sort=name"))


def test_short_limits_come_first_whatever_their_unit():
    versions = list(in_order(statistics.licences_in_force(), "limit").for_list())
    days = [
        version.promised_value * (7 if version.statutory_unit == "workday" else 5)
        for version in versions
    ]
    assert days == sorted(days) and days[0] == 0


# --- reading the query string -------------------------------------------------------------------


def test_a_single_choice_keeps_the_last_value_and_a_list_keeps_all():
    state = read_state(QueryDict("fee=free&fee=charged&way=once&way=online&way=once"), GROUPS)
    assert state.chosen == {"fee": ["charged"], "way": ["once", "online"]}
    assert state.notes == []


def test_narrowing_equals_the_condition_of_the_counts():
    state = read_state(QueryDict("fee=free&way=once&type=promised&audience=person"), GROUPS)
    base = statistics.licences_in_force()
    assert set(narrow(base, GROUPS, state)) == set(
        base.filter(filters.chosen_condition(GROUPS, state.chosen))
    )


def test_a_long_unknown_value_is_shortened():
    state = read_state(QueryDict("fee=" + "长" * 500), GROUPS)
    assert len(state.notes) == 1 and len(state.notes[0]) < 60


# --- cost ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", [*PAGES, "/geren/?way=online&theme=operating-permits&sort=name&page=2"]
)
def test_a_list_page_takes_few_queries(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address)


@pytest.mark.parametrize("address", PAGES)
def test_lists_answer_only_reading(client, address):
    assert client.post(address).status_code == 405


def test_elder_pages_are_half_as_long(client):
    client.cookies["display"] = "elder"
    assert len(rows(client.get("/faren/"))) == 10
