"""The cache may be away."""

import pytest
from django.core.cache import cache

from hedong_portal.cache import ForgivingRedisCache


@pytest.fixture
def away() -> ForgivingRedisCache:
    return ForgivingRedisCache("unix:///nowhere/cache.sock", {})


def test_with_a_server_values_are_kept():
    cache.set("word", "政务")
    assert cache.get("word") == "政务"
    assert cache.get_many(["word", "none"]) == {"word": "政务"}
    assert cache.delete("word")
    assert cache.get("word") is None


def test_without_a_server_every_read_is_a_miss(away):
    assert away.get("word", "default") == "default"
    assert away.get_many(["word"]) == {}
    assert not away.has_key("word")
    assert away.get_or_set("word", lambda: "made") == "made"


def test_without_a_server_every_write_is_dropped(away):
    away.set("word", 1)
    away.set_many({"word": 1})
    away.clear()
    assert away.add("word", 1)
    assert not away.delete("word")
    assert not away.touch("word")
    away.delete_many(["word"])


def test_counting_without_a_server_is_a_missing_key(away):
    with pytest.raises(ValueError, match="not found"):
        away.incr("word")
