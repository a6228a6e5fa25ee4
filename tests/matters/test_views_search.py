"""The search page: reasons, marks, filters, and every way of finding nothing."""

import pytest

from matters.models import Matter, MatterVersion
from matters.workflow import MatterStatus
from tests.html_rules import Page, breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


def ask(client, query: str, **more):
    return client.get("/s/", {"q": query, **more})


def rows(response) -> list[int]:
    return [card.seq for card in response.context["listing"].cards]


@pytest.mark.parametrize("query", ["开饭店", "消防", "离婚", "", "kaifandain", "开小吃店"])
def test_every_answer_keeps_the_rules_of_a_page(client, query):
    response = ask(client, query)
    assert response.status_code == 200
    assert breaches(response.content.decode()) == []


def test_a_hit_is_marked_explained_and_complete(client):
    response = ask(client, "开饭店")
    html = response.content.decode()
    assert rows(response)[0] == 147 and 'href="/item/147/"' in html
    assert "匹配：关键词“开饭店”" in html and "<mark>开饭店</mark>" in html
    assert "最相关的在前。" in html and "开办餐饮店“一件事”" in Page(html).text
    assert 'value="开饭店"' in html


def test_a_likeness_is_not_sold_as_an_answer(client):
    assert "没有一模一样的说法" in ask(client, "路边临时装水果的大棚子").content.decode()


def test_results_keep_the_rank_over_pages(client):
    first, second = ask(client, "消防"), ask(client, "消防", page=2)
    assert rows(first)[0] == 142
    assert not set(rows(first)) & set(rows(second)) and rows(second)


def test_filters_narrow_the_results_and_keep_the_words(client):
    response = ask(client, "消防", audience="person", way=["online", "deferrable"])
    everything = set(rows(ask(client, "消防"))) | set(rows(ask(client, "消防", page=2)))
    expected = MatterVersion.objects.published().filter(
        matter__seq__in=everything,
        audience__contains=["person"],
        online=True,
        deferrable=True,
    )
    assert set(rows(response)) == set(expected.values_list("matter__seq", flat=True))
    assert 'type="hidden" name="q" value="消防"' in response.content.decode()
    assert all("q=" in chip["remove_url"] for chip in response.context["listing"].chips)


def test_a_withdrawn_matter_is_not_found(client):
    Matter.objects.filter(seq=113).update(status=MatterStatus.WITHDRAWN)
    response = ask(client, "旅行社设立许可")
    assert response.status_code == 200 and 113 not in rows(response)


def test_nothing_found_helps_in_five_ways(client):
    html = ask(client, "离婚").content.decode()
    text = Page(html).text
    assert "没有找到“离婚”" in text
    assert text.count("开饭店") >= 1 and "电动车上牌" in text
    assert "准营准办" in text and "12345" in text and 'href="/feedback/"' in html


def test_what_another_office_does_is_said(client):
    html = ask(client, "离婚").content.decode()
    assert "区民政局" in html and 'href="/dept/civil-affairs/"' in html


def test_nothing_found_shows_themes_of_a_like_name(client):
    assert "名称相近的主题 户籍办理" in Page(ask(client, "户X").content.decode()).text


def test_without_words_the_page_explains_itself(client):
    for response in (client.get("/s/"), ask(client, "   "), ask(client, "\x00")):
        text = Page(response.content.decode()).text
        assert "搜索办事指南" in text and "开饭店" in text


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title>", "&lt;b&gt;"],
)
def test_markup_is_shown_and_never_run(client, query):
    html = ask(client, query).content.decode()
    assert breaches(html) == []
    assert "<script>alert" not in html and "<img src=x" not in html


def test_a_very_long_query_is_cut_and_said(client):
    response = ask(client, "开饭店" + "怎么办" * 2000)
    assert response.status_code == 200
    assert "只用了前 100 个字来搜索" in response.content.decode()


def test_the_search_page_takes_few_queries(client, django_assert_max_num_queries):
    ask(client, "消防")
    with django_assert_max_num_queries(12):
        ask(client, "消防", way="online", page=2)
    with django_assert_max_num_queries(6):
        ask(client, "离婚")


def test_the_search_answers_only_reading(client):
    assert client.post("/s/", {"q": "开饭店"}).status_code == 405
