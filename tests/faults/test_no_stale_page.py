"""1,000 publishes beside two web workers: not one old page (decisions, Goals corrected)."""

import time

import pytest

from tests.hedong_portal.pagecache.served import database_of_test, served, stale_answers

pytestmark = pytest.mark.faults


def test_no_old_page_after_a_thousand_publishes(transactional_db, catalogue_database):
    with served(catalogue_database, f"{database_of_test()}_served") as web:
        time.sleep(1)
        assert stale_answers(web, 113, publishes=1000) == []
