"""Short links open public pages of this portal, are hard to guess and calm about mistakes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from common import clock
from matters.models import ShortLink
from matters.services import shortlinks
from matters.views import shortlink

pytestmark = pytest.mark.django_db
TARGET = "/item/113/materials/?item=01"
DAYS = timedelta(days=180)


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def test_codes_are_eight_characters_nobody_confuses():
    codes = {shortlinks.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 8 and set(code) <= set(shortlinks.ALPHABET) for code in codes)
    assert not set("ILOU") & set(shortlinks.ALPHABET)


def test_the_same_page_for_the_same_purpose_is_one_link():
    first = shortlinks.share("list", TARGET, lifetime=DAYS)
    assert shortlinks.share("list", TARGET, lifetime=DAYS).code == first.code
    assert shortlinks.share("other", TARGET, lifetime=DAYS).code != first.code


def test_a_code_met_twice_is_drawn_again(monkeypatch):
    taken = shortlinks.share("list", TARGET, lifetime=DAYS).code
    drawn = iter([taken, "ABCDEFGH"])
    monkeypatch.setattr(shortlinks, "new_code", lambda: next(drawn))
    assert shortlinks.share("other", TARGET, lifetime=DAYS).code == "ABCDEFGH"


@pytest.mark.parametrize(
    "target",
    [
        "https://example.com/",
        "//example.com/",
        "/\\example.com/",
        "item/1/",
        "/admin/",
        "/no-such-page/",
        "/item/1/\n",
        "/item/1/#base",
    ],
)
def test_only_public_pages_of_this_portal_can_be_shared(target):
    assert not shortlinks.is_own_public_path(target)
    with pytest.raises(ValueError, match="not a public path"):
        shortlinks.share("list", target, lifetime=DAYS)


def test_the_database_refuses_other_sites_and_other_characters():
    row = {"purpose": "x", "created_at": clock.now(), "expires_at": clock.now()}
    for code, target in (("ABCDEFGH", "//example.com/"), ("ILOUILOU", "/item/1/")):
        with pytest.raises(IntegrityError), transaction.atomic():
            ShortLink.objects.create(code=code, target=target, **row)


def test_opening_leads_on_and_is_counted(client):
    link = shortlinks.share("list", TARGET, lifetime=DAYS)
    assert client.get(f"/p/{link.code}/").url == TARGET
    link.refresh_from_db()
    assert link.opened == 1


def test_reading_a_code_aloud_forgives_case_and_lookalikes(client, monkeypatch):
    monkeypatch.setattr(shortlinks, "new_code", lambda: "A01BCDEF")
    shortlinks.share("list", TARGET, lifetime=DAYS)
    assert client.get("/p/aoib-cdef/").url == TARGET


def test_an_unknown_code_says_what_to_do(client):
    response = client.get("/p/ZZZZZZZZ/")
    assert response.status_code == 404
    assert "没有这个短链接" in response.content.decode()


@pytest.mark.parametrize("code", ["%00", "A%00BCDEF", "护照", "x" * 300, "....", "A'--"])
def test_what_can_be_no_code_is_answered_like_an_unknown_one(client, code):
    assert client.get(f"/p/{code}/").status_code == 404


def test_an_expired_code_says_so(client):
    link = shortlinks.share("list", TARGET, lifetime=DAYS)
    with clock.at(clock.now() + timedelta(days=181)):
        response = client.get(f"/p/{link.code}/")
    assert response.status_code == 410
    assert "已经过期" in response.content.decode()


def test_use_prolongs_a_link_past_half_of_its_life():
    link = shortlinks.share("list", TARGET, lifetime=DAYS)
    with clock.at(clock.now() + timedelta(days=100)):
        assert shortlinks.share("list", TARGET, lifetime=DAYS).expires_at > link.expires_at
    with clock.at(clock.now() + timedelta(days=101)):
        ShortLink.objects.update(opened=3)
        assert shortlinks.share("list", TARGET, lifetime=DAYS).opened == 3


def test_many_wrong_codes_are_asked_to_wait_and_right_ones_are_never_counted(client, monkeypatch):
    monkeypatch.setattr(shortlink, "WRONG_CODES", 3)
    code = shortlinks.share("list", TARGET, lifetime=DAYS).code
    for _ in range(5):
        assert client.get(f"/p/{code}/").status_code == 302
    statuses = [client.get("/p/ZZZZZZZZ/").status_code for _ in range(4)]
    assert statuses == [404, 404, 404, 429]
