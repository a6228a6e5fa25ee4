"""The memory stays within its bound, and pages that are read stay longest."""

import pytest

from hedong_portal.pagecache.asking import Memo, best_encoding
from hedong_portal.pagecache.pages import OVERHEAD, Page, Shelf

HTML = [("Content-Type", "text/html")]


def page(size: int = 1000) -> Page:
    return Page(HTML, b"x" * size, everything=0, parts=(), expires=0.0)


def key(name: str) -> tuple:
    return (name, "", "")


@pytest.fixture
def shelf() -> Shelf:
    """Room for four pages of 1,000 bytes."""
    return Shelf(4 * page().size())


def test_the_shelf_never_holds_more_than_its_bound(shelf):
    for number in range(100):
        shelf.put(key(str(number)), page())
        assert shelf.size <= shelf.limit
    assert len(shelf) == 4


def test_a_page_that_is_read_outlives_those_that_are_not(shelf):
    shelf.put(key("read"), page())
    for number in range(50):
        assert shelf.get(key("read"))
        shelf.put(key(str(number)), page())
    assert shelf.get(key("read"))


def test_a_page_made_again_takes_the_place_of_the_old_one(shelf):
    for _ in range(9):
        shelf.put(key("same"), page())
    assert (len(shelf), shelf.size) == (1, page().size())


def test_one_page_may_not_take_most_of_the_shelf(shelf):
    shelf.put(key("huge"), page(3 * (1000 + OVERHEAD)))
    assert (len(shelf), shelf.size) == (0, 0)


def test_what_is_no_text_is_not_compressed():
    sheet = Page(
        [("Content-Type", "application/zip")], b"x" * 5000, everything=0, parts=(), expires=0
    )
    got = []
    sheet.answer({"REQUEST_METHOD": "GET"}, lambda status, headers: got.append(dict(headers)), "br")
    assert "Content-Encoding" not in got[0]


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (None, ""),
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("identity, *;q=0", ""),
        ("br;q=nonsense", ""),
        (",,;=,", ""),
    ],
)
def test_the_smallest_form_the_reader_takes(header, encoding):
    assert best_encoding(header) == encoding


def test_remembered_answers_are_bounded_in_number_and_length():
    memo = Memo(len, most=10)
    for number in range(100):
        assert memo[str(number)] == len(str(number))
        assert memo["y" * 5000] == 5000
    assert len(memo) <= 10
    assert max(map(len, memo)) < 5000
