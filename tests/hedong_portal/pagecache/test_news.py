"""A change is counted before the function that made it returns, one rolled back never."""

import io
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from hedong_portal.pagecache import news
from hedong_portal.pagecache.news import Listener
from hedong_portal.pagecache.versions import LISTS, place_of
from matters.models import Matter
from pages.models import ErrorReport, HelpPage, Notice, SiteIdentity
from pages.services.seeding import seed_pages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own(versions, monkeypatch):
    """Changes of this process are counted in the versions of this test."""
    monkeypatch.setattr(news, "own_versions", lambda: versions)


@pytest.fixture
def matter() -> Matter:
    return Matter.objects.create(seq=7, name="占道施工")


@pytest.fixture
def listener(versions, monkeypatch) -> Iterator[Listener]:
    """A web process that hears already."""
    monkeypatch.setattr(news, "HEARTBEAT", 0.1)
    listener = Listener(versions)
    listener.is_hearing()
    assert until(listener.is_hearing, 10)
    yield listener
    listener.stop()


def until(condition, seconds: float = 2.0) -> bool:
    """Whether the condition comes true in time: two seconds is what other hosts are promised."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def session() -> psycopg.Connection:
    """A session Django knows nothing about, as psql or another host has it."""
    parameters = news._parameters() | {"application_name": "another host"}
    return psycopg.connect(**parameters, autocommit=True)


def test_what_the_own_process_commits_is_counted_when_it_returns(versions):
    for number in range(1, 51):
        SiteIdentity.objects.update_or_create(singleton=True, defaults={"phone": str(number)})
        assert versions.everything() == number


def test_nothing_is_counted_before_the_commit_nor_after_a_rollback(versions):
    with transaction.atomic():
        seed_pages()
        assert versions.everything() == 0
        transaction.set_rollback(True)
    assert versions.everything() == 0


def test_one_transaction_is_one_change_however_many_rows(versions):
    with transaction.atomic():
        seed_pages()
        for page in HelpPage.objects.all():
            page.save()
    assert versions.everything() == 1


def test_what_no_reader_sees_is_not_counted(versions):
    ErrorReport.objects.create(number="ZC1", kind="other", what="x", created_at="2025-01-01T00:00Z")
    assert (versions.everything(), versions.at(LISTS)) == (0, 0)


def test_a_matter_concerns_its_own_guide_and_the_lists(versions, matter):
    Matter.objects.filter(seq=7).update(name="占道施工许可")
    assert (versions.at(place_of(7)), versions.at(LISTS), versions.everything()) == (2, 2, 0)


def test_many_guides_at_once_are_said_as_everything(versions):
    Matter.objects.bulk_create(Matter(seq=seq, name=f"事项 {seq}") for seq in range(1, 101))
    assert (versions.everything(), versions.at(LISTS)) == (1, 0)


def test_an_emptied_table_concerns_everything(versions, matter):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE matters_matter CASCADE")
    assert versions.everything() > 0


def test_the_listener_hears_what_others_change(versions, listener, matter):
    before = versions.everything()
    with session() as other:
        other.execute("UPDATE pages_siteidentity SET phone = '2'")
        other.execute("UPDATE matters_matter SET name = '占道' WHERE seq = 7")
    assert until(lambda: versions.everything() == before + 1)
    assert until(lambda: versions.at(place_of(7)) == 2)


def test_the_listener_does_not_count_again_what_the_process_counted(versions, listener, matter):
    for number in range(20):
        Matter.objects.filter(seq=7).update(name=f"占道 {number}")
    with session() as other:
        other.execute("UPDATE matters_matter SET name = '占道' WHERE seq = 7")
    assert until(lambda: versions.at(place_of(7)) == 22)
    time.sleep(0.1)
    assert versions.at(place_of(7)) == 22


def test_after_a_cut_connection_everything_is_forgotten(versions, listener):
    before = versions.everything()
    with session() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'page-news' AND datname = current_database()"
        )
    assert until(lambda: versions.everything() > before)
    with session() as other:
        other.execute("UPDATE pages_siteidentity SET phone = '3'")
    assert until(lambda: versions.everything() > before + 1)


def test_a_session_that_hears_nothing_keeps_no_pages(versions, monkeypatch):
    """As behind a pooler that hands every statement another session."""
    monkeypatch.setattr(news, "LISTEN", "SELECT 1")
    monkeypatch.setattr(news, "PATIENCE", 0.05)
    listener = Listener(versions)
    assert not until(listener.is_hearing, 1)
    listener.stop()


def test_notices_and_help_pages_are_told(versions):
    seed_pages()
    before = versions.everything()
    Notice.objects.update(title="改了")
    HelpPage.objects.all().delete()
    assert versions.everything() == before + 2


def test_a_command_renews_everything(versions):
    call_command("forget_pages", stdout=io.StringIO())
    assert versions.everything() == 1
