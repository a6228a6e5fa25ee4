"""A page cache in front of the real Django, or of whatever a test puts behind it."""

from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from hedong_portal.pagecache.front import PageCache
from hedong_portal.pagecache.versions import Versions
from tests.hedong_portal.pagecache.asking import Counting


@pytest.fixture
def versions(tmp_path) -> Versions:
    """Versions in a file of this test alone."""
    return Versions(tmp_path / "versions")


@pytest.fixture
def django() -> Iterator[Counting]:
    """Django as the web server sees it, on the connection of the test (as Django's client does)."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield Counting(WSGIHandler())
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def cached(django, versions) -> PageCache:
    """Django behind an empty page cache."""
    return PageCache(django, versions)
