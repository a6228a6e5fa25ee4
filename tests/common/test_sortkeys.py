"""Stored sort keys: pinyin order on any database."""

import pytest

from common.sortkeys import KEY_LENGTH, initials, sort_key


def test_names_sort_by_pinyin_and_not_by_code_point():
    names = ["卫生许可", "食品经营许可", "北京", "安全生产许可"]
    assert sorted(names, key=sort_key) == ["安全生产许可", "北京", "食品经营许可", "卫生许可"]


def test_syllables_come_before_longer_syllables():
    assert sort_key("西安") < sort_key("先")
    assert sort_key("食品") == "shi2 pin3"


@pytest.mark.parametrize(
    "name", ["《食品》经营许可", "（食品）经营许可", "食品经营「许可」", "食品 经营许可"]
)
def test_brackets_and_spaces_do_not_move_a_name(name):
    assert initials(name) == initials("食品经营许可") == "spjyxk"


def test_brackets_do_not_change_the_sort_key():
    assert sort_key("《食品》经营许可") == sort_key("食品经营许可")


def test_latin_letters_and_digits_stay():
    assert initials("A级 3D打印") == "aj3ddy"
    assert sort_key("ABC") == "abc"


@pytest.mark.parametrize("text", ["", None])
def test_nothing_gives_an_empty_key(text):
    assert (sort_key(text), initials(text)) == ("", "")


def test_a_key_fits_its_column():
    assert len(sort_key("许可" * 200)) == KEY_LENGTH
    assert len(initials("许可" * 200)) == KEY_LENGTH
