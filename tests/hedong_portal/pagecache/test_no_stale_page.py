"""After a publish nobody on this host is shown the old page, by either of two web workers.

The long form (1,000 publishes) is tests/faults/test_no_stale_page.py.
"""

import time

import psycopg
import pytest

from hedong_portal.pagecache import news
from tests.hedong_portal.pagecache.served import (
    CONNECTIONS,
    Served,
    database_of_test,
    publish,
    served,
    stale_answers,
)

SEQ = 113
UNHEARD = """
    UPDATE matters_matterversion AS version
       SET snapshot = jsonb_set(snapshot, '{name}', '"没有人听见"')
      FROM matters_matter AS matter
     WHERE matter.id = version.matter_id AND matter.seq = %s AND version.status = 'published'"""
ELSEWHERE = "UPDATE organisations_agency SET short_name = '改了名' WHERE slug = 'market-regulation'"


def other_session() -> psycopg.Connection:
    """A session of another host, or of somebody with psql."""
    parameters = news._parameters() | {"application_name": "another host"}
    return psycopg.connect(**parameters, autocommit=True)


def all_read(web: Served, path: str) -> list[str]:
    return [web.read(path, through) for through in range(CONNECTIONS)]


@pytest.fixture
def web(transactional_db, catalogue_database):
    with served(catalogue_database, f"{database_of_test()}_served") as running:
        yield running


def test_no_old_page_after_a_change(web):
    """Three questions to one pair of workers: starting them is what takes the time."""
    time.sleep(1)  # until the workers listen, no page is kept
    assert stale_answers(web, SEQ, publishes=20) == []
    pages_are_really_kept(web)
    a_change_of_another_host_is_seen(web)


def pages_are_really_kept(web):
    """Otherwise no old page means nothing: a change without triggers must stay unseen."""
    publish(SEQ, "留在内存里的事项")
    all_read(web, f"/item/{SEQ}/")
    with other_session() as unheard:
        unheard.execute("ALTER TABLE matters_matterversion DISABLE TRIGGER USER")
        unheard.execute(UNHEARD, [SEQ])
        unheard.execute("ALTER TABLE matters_matterversion ENABLE TRIGGER USER")
    assert all("留在内存里的事项" in page for page in all_read(web, f"/item/{SEQ}/"))


def a_change_of_another_host_is_seen(web):
    """Within two seconds; here it takes milliseconds."""
    assert not any("改了名" in page for page in all_read(web, "/dept/"))
    with other_session() as other:
        other.execute(ELSEWHERE)
    end = time.monotonic() + 2
    while not all("改了名" in page for page in all_read(web, "/dept/")):
        assert time.monotonic() < end, "an old page after two seconds"
