"""A page from memory is the page Django makes, for everybody it may be shown to and nobody else."""

import gzip
import re

import brotli
import pytest

from hedong_portal.pagecache.front import PageCache, end_of_day
from hedong_portal.pagecache.routes import may_be_kept
from pages.services.seeding import seed_pages
from tests.hedong_portal.pagecache.asking import Counting, ask
from tests.journeys.places import PUBLIC

MODES = {
    "normal": None,
    "elder": "display=elder",
    "contrast": "contrast=high",
}
FILES = {
    "csv": "/catalog/download.csv",
    "xlsx": "/catalog/download.xlsx?dept=market-regulation",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "notice": "/notices/demonstration/",
    "help-page": "/help/find-a-guide/",
    "second-item": "/item/1/?item=02",
    "api-list": "/api/v1/matters/?online=true&limit=5",
    "api-guide": "/api/v1/matters/113/",
    "api-agencies": "/api/v1/agencies/",
    "api-description": "/api/v1/openapi.json",
}
ADDRESSES = PUBLIC | FILES
OWN_HEADERS = {"etag", "vary", "cache-control", "content-length"}
KEPT = [name for name, address in ADDRESSES.items() if may_be_kept(*address.partition("?")[::2])]
NOT_KEPT = sorted(ADDRESSES.keys() - KEPT)


@pytest.fixture(autouse=True)
def _site(loaded_catalogue):
    """Help pages and notices beside the catalogue."""
    seed_pages()


def shown(answer):
    """Status, body and Django's headers; an XLSX file holds the moment it was made."""
    headers = {k: v for k, v in answer.headers.items() if k not in OWN_HEADERS}
    headers.pop("surrogate-key", None)
    body = b"" if "spreadsheetml" in answer.headers["content-type"] else answer.body
    return answer.status, headers, body


def test_what_is_kept_is_what_was_meant():
    forms, search = {"feedback", "guide-feedback", "login"}, {"search", "search-nothing"}
    assert set(NOT_KEPT) == forms | search | {"gallery", "not-found", "open-data"}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", KEPT)
def test_a_kept_page_is_the_page_django_makes(cached, django, name, mode):
    address, cookie = ADDRESSES[name], MODES[mode]
    plain = ask(django, address, HTTP_COOKIE=cookie)
    first = ask(cached, address, HTTP_COOKIE=cookie)
    asked = django.count
    second = ask(cached, address, HTTP_COOKIE=cookie)
    assert django.count == asked
    assert shown(plain) == shown(first)
    assert (second.status, second.headers, second.body) == (
        first.status,
        first.headers,
        first.body,
    )
    assert int(second.headers["content-length"]) == len(second.body)
    assert {"set-cookie", "surrogate-key"} & set(second.headers) == set()
    assert b"csrfmiddlewaretoken" not in second.body
    assert second.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", NOT_KEPT)
def test_any_other_page_is_made_each_time(cached, django, name):
    for _ in range(2):
        ask(cached, ADDRESSES[name])
    assert django.count == 2
    assert len(cached.plain) + len(cached.queried) == 0


def test_each_reading_mode_gets_its_own_page(cached):
    modes = [*MODES.values(), "contrast=high; display=elder"]
    assert len({ask(cached, "/about/", HTTP_COOKIE=cookie).body for cookie in modes}) == 4


def test_a_reader_who_has_the_page_is_told_so_in_any_encoding(cached):
    page = ask(cached, "/item/113/", HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    again = ask(cached, "/item/113/", HTTP_IF_NONE_MATCH=f'"other", W/{page.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert set(again.headers) == {"etag", "vary", "cache-control"}
    assert ask(cached, "/item/113/", HTTP_IF_NONE_MATCH='"other"').status == 200


def test_a_reader_in_another_mode_does_not_have_the_page(cached):
    tag = ask(cached, "/about/").headers["etag"]
    answer = ask(cached, "/about/", HTTP_COOKIE="display=elder", HTTP_IF_NONE_MATCH=tag)
    assert answer.status == 200


def test_the_forms_of_a_page_hold_the_same_bytes(cached):
    plain = ask(cached, "/item/113/")
    packed = ask(cached, "/item/113/", HTTP_ACCEPT_ENCODING="gzip")
    small = ask(cached, "/item/113/", HTTP_ACCEPT_ENCODING="br;q=1.0, gzip;q=0.8")
    assert gzip.decompress(packed.body) == brotli.decompress(small.body) == plain.body
    assert (packed.headers["content-encoding"], small.headers["content-encoding"]) == ("gzip", "br")
    assert len({a.headers["etag"] for a in (plain, packed, small)}) == 3
    assert all("Accept-Encoding" in a.headers["vary"] for a in (plain, packed, small))
    assert len(small.body) < len(packed.body) < len(plain.body) / 3


def test_a_head_is_a_get_without_the_body(cached, django):
    assert ask(cached, "/about/", "HEAD").status == 200
    page = ask(cached, "/about/")
    head = ask(cached, "/about/", "HEAD")
    assert (head.headers, head.body) == (page.headers, b"")
    assert django.count == 2


@pytest.mark.parametrize(
    "personal",
    [
        {"HTTP_COOKIE": "session=abc"},
        {"HTTP_COOKIE": "display=elder; messages=x"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_HX_REQUEST": "true"},
        {"method": "POST"},
    ],
    ids=lambda given: next(iter(given.values())),
)
def test_a_personal_request_never_meets_the_memory(cached, django, personal):
    ask(cached, "/about/")
    ask(cached, "/about/", **personal)
    assert django.count == 2
    assert len(cached.plain) == 1


def test_cookies_the_portal_does_not_read_change_nothing(cached, django):
    ask(cached, "/about/")
    ask(cached, "/about/", HTTP_COOKIE="csrf=abc; counter=1; display=nonsense")
    assert django.count == 1


def test_a_name_that_is_not_ours_is_refused_however_well_known_the_page(settings, cached):
    settings.ALLOWED_HOSTS = ["testserver"]
    ask(cached, "/about/")
    assert ask(cached, "/about/", HTTP_HOST="evil.example").status == 400


def test_on_an_https_site_the_memory_answers_https_only(settings, django, versions):
    settings.IS_HTTPS, settings.TRUSTED_PROXIES = True, ["127.0.0.1"]
    cached = PageCache(django, versions)
    secure = {"HTTP_X_FORWARDED_PROTO": "https"}
    ask(cached, "/about/", **secure)
    ask(cached, "/about/", **secure)
    assert django.count == 1
    ask(cached, "/about/")
    ask(cached, "/about/", REMOTE_ADDR="203.0.113.9", **secure)
    assert django.count == 3


@pytest.mark.parametrize(
    "query",
    ["utm_source=x", "page=1&x=1", "q=开饭店", "page=" + "1" * 500, "csrfmiddlewaretoken=1"],
)
def test_made_up_addresses_do_not_fill_the_memory(cached, query):
    assert ask(cached, f"/geren/?{query}").status == 200
    assert len(cached.plain) + len(cached.queried) == 0


def test_pages_with_a_query_cannot_push_out_the_plain_ones(cached, settings):
    ask(cached, "/about/")
    limit = cached.queried.limit = 300_000
    for number in range(9):
        ask(cached, f"/geren/?page={number}")
    assert 0 < cached.queried.size <= limit
    assert len(cached.plain) == 1


def test_an_answer_of_yesterday_is_made_again(cached, django, monkeypatch):
    ask(cached, "/notices/")
    monkeypatch.setattr("hedong_portal.pagecache.pages.time.time", end_of_day)
    ask(cached, "/notices/")
    assert django.count == 2


# --- behind it something else than Django -----------------------------------------------------


def page(headers=(), status="200 OK", body=b"<p>page</p>"):
    """An application with one answer."""

    def application(environ, start_response):
        start_response(status, [("Content-Type", "text/html"), *headers])
        return [body]

    return Counting(application)


@pytest.mark.parametrize(
    "headers",
    [
        [("Set-Cookie", "a=b")],
        [("Cache-Control", "no-store")],
        [("Cache-Control", "max-age=0, no-cache, private")],
        [("Vary", "Cookie, User-Agent")],
        [("Vary", "*")],
        [("Content-Encoding", "br")],
    ],
    ids=lambda headers: headers[0][1],
)
def test_what_says_it_is_not_for_all_is_not_kept(versions, headers):
    behind = page(headers)
    cached = PageCache(behind, versions)
    answers = [ask(cached, "/about/") for _ in range(2)]
    assert behind.count == 2
    assert all(a.headers[headers[0][0].lower()] == headers[0][1] for a in answers)


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "500 Error", "503 Unavailable"])
def test_only_a_success_is_kept(versions, status):
    behind = page(status=status)
    cached = PageCache(behind, versions)
    assert [ask(cached, "/about/").status for _ in range(2)] == [int(status[:3])] * 2
    assert behind.count == 2


def test_a_page_made_while_something_changed_is_not_kept(versions):
    bodies = iter([b"old", b"new", b"never"])

    def application(environ, start_response):
        body = next(bodies)
        if body == b"old":
            versions.change_guide(5, "published meanwhile")
        start_response("200 OK", [("Content-Type", "text/html")])
        return [body]

    cached = PageCache(application, versions)
    assert [ask(cached, "/about/").body for _ in range(3)] == [b"old", b"new", b"new"]


def test_a_guide_hangs_on_the_guides_it_names_and_a_list_on_all(versions):
    behind = page([("Surrogate-Key", "guide-7 guide-9")])
    cached = PageCache(behind, versions)
    for seq, made in ((8, 1), (7, 2), (9, 3)):
        ask(cached, "/item/7/")
        versions.change_guide(seq, f"change of {seq}")
        ask(cached, "/item/7/")
        assert behind.count == made
    general = page()
    cached = PageCache(general, versions)
    for number in range(3):
        ask(cached, "/geren/")
        versions.change_guide(number, f"another change of {number}")
    assert general.count == 3


def test_an_answer_too_large_to_keep_goes_through_whole(versions, monkeypatch):
    monkeypatch.setattr("hedong_portal.pagecache.front.LARGEST", 10)
    closed = []

    class Chunks:
        def __iter__(self):
            return iter([b"12345", b"67890", b"abcde", b"fghij"])

        def close(self):
            closed.append(True)

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/csv")])
        return Chunks()

    cached = PageCache(application, versions)
    assert ask(cached, "/catalog/download.csv").body == b"1234567890abcdefghij"
    assert closed == [True]
    assert len(cached.plain) == 0


def test_switched_off_there_is_only_django(settings):
    from hedong_portal.pagecache.front import in_front_of

    settings.PAGE_CACHE = False
    assert in_front_of(ask) is ask


def test_a_directory_that_cannot_be_used_switches_it_off(settings, tmp_path, caplog):
    from hedong_portal.pagecache.front import in_front_of

    (tmp_path / "file").touch()
    settings.PORTAL_DATA_DIR = tmp_path / "file"
    assert in_front_of(ask) is ask
    assert re.search("page cache off", caplog.text)
