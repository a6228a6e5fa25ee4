"""我为政府网站找错: errors beside the field, nothing typed lost, a number at the end."""

import pytest
from django.core.cache import cache
from django.db import connection
from redis.exceptions import ConnectionError as RedisDown

from accounts import throttle
from pages.models import ErrorReport
from pages.services import error_reports
from tests.html_rules import breaches

pytestmark = pytest.mark.django_db
GOOD = {
    "page_path": "/item/147/",
    "kind": "content",
    "what": "时限写错了",
    "contact": "13800000000",
}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def test_page_is_filled_in_from_the_link(client):
    assert 'value="/item/147/"' in client.get("/feedback/?page=/item/147/").content.decode()


def test_report_gets_a_number(client):
    response = client.post("/feedback/", GOOD, follow=True)
    report = ErrorReport.objects.get()
    assert report.number in response.content.decode()
    assert report.number.startswith("ZC")
    assert breaches(response.content.decode()) == []


def test_missing_answers_are_named_and_nothing_is_lost(client):
    response = client.post("/feedback/", {**GOOD, "what": "", "kind": ""})
    html = response.content.decode()
    assert response.status_code == 422
    assert "<title>错误：" in html
    assert "有 2 处需要改一下" in html
    assert html.count("请写一两句话，说明哪里不对。") == 2
    assert 'href="#id_kind_0"' in html
    assert 'value="13800000000"' in html
    assert breaches(html) == []
    assert not ErrorReport.objects.exists()


def test_too_long_text_says_the_limit_and_keeps_the_text(client):
    html = client.post("/feedback/", {**GOOD, "what": "错" * 1001}).content.decode()
    assert "最多 1000 个字，现在有 1001 个字" in html
    assert "错" * 1001 in html


def test_a_page_written_by_a_stranger_is_shown_as_text(client):
    html = client.get('/feedback/?page="><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in html


def test_contact_is_sealed_in_the_database(client):
    client.post("/feedback/", GOOD)
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM pages_errorreport")
        stored = cursor.fetchone()[0]
    assert "13800000000" not in stored
    assert ErrorReport.objects.get().contact == "13800000000"


@pytest.mark.parametrize("given", ["abc", "1380000000", "me@nowhere", "微信同名"])
def test_a_contact_nobody_can_be_reached_at_is_refused_and_kept(client, given):
    response = client.post("/feedback/", {**GOOD, "contact": given})
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("按这个号码或邮箱联系不到您。") == 2
    assert f'value="{given}"' in html
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("138 0000 0000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("022-00000000", "022-00000000"),
        ("name@example.cn", "name@example.cn"),
        ("", ""),
    ],
)
def test_phone_fixed_line_mail_or_nothing_is_a_contact(client, given, kept):
    client.post("/feedback/", {**GOOD, "contact": given})
    assert ErrorReport.objects.get().contact == kept


def test_one_network_cannot_flood(client):
    for _ in range(error_reports.REPORTS_AN_HOUR):
        assert client.post("/feedback/", GOOD).status_code == 302
    response = client.post("/feedback/", GOOD)
    assert response.status_code == 429
    assert "请稍后再提交" in response.content.decode()
    assert ErrorReport.objects.count() == error_reports.REPORTS_AN_HOUR


def test_a_cache_that_is_away_blocks_nobody(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RedisDown

    monkeypatch.setattr(throttle.cache, "add", broken)
    assert client.post("/feedback/", GOOD).status_code == 302


def test_thanks_without_a_report_leads_to_the_form(client):
    assert client.get("/feedback/thanks/")["Location"] == "/feedback/"
