"""The difference of two snapshots: nothing for equal ones, every element for others."""

import copy
import random

import pytest

from matters import difference, snapshot
from matters.difference import ADDED, CHANGED, MOVED, REMOVED
from matters.services.checking import whole
from tests.factories.matters import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> dict:
    return snapshot.build(whole([draft().pk]).get())


def changes(before: dict, **new) -> list[tuple[str, str, str]]:
    after = copy.deepcopy(before) | new
    return [(c.part, c.kind, c.path) for c in difference.difference(before, after)]


def test_the_difference_of_equal_editions_is_empty(guide):
    assert difference.difference(guide, copy.deepcopy(guide)) == []


def test_number_and_day_of_an_edition_are_no_difference(guide):
    assert changes(guide, version=7, effective_on="2026-01-01", published_on="2026-01-01") == []


def test_a_plain_element_has_its_chinese_label_and_both_values(guide):
    other = copy.deepcopy(guide)
    other["contact"]["consult_phone"] = ""
    (change,) = difference.difference(guide, other)
    assert (change.label, change.part, change.path) == ("咨询电话", "rights", "consult_phone")
    assert (change.before_text, change.after_text) == ("022-24120000", "（空）")


@pytest.mark.parametrize(
    ("place", "key"),
    [
        (place, key)
        for place, keys in {
            "identity": snapshot.IDENTITY,
            "licensing": snapshot.LICENSING,
            "service": snapshot.SERVICE,
            "contact": snapshot.CONTACT,
            "remedy": snapshot.REMEDY,
            "words": snapshot.CODED,
        }.items()
        for key in keys
    ],
)
def test_every_plain_element_of_a_snapshot_is_compared(guide, place, key):
    other = copy.deepcopy(guide)
    other[place][key] = "另一个值"
    assert [c.after for c in difference.difference(guide, other)] == ["另一个值"]


def test_materials_are_matched_by_key(guide):
    paper = guide["materials"][0]
    renamed = [paper | {"name": "居民身份证", "copies": 2}]
    assert changes(guide, materials=renamed) == [
        ("mat", CHANGED, "materials.id-card.name"),
        ("mat", CHANGED, "materials.id-card.copies"),
    ]
    other = [paper | {"key": "form", "name": "申请书"}]
    assert changes(guide, materials=other) == [
        ("mat", REMOVED, "materials.id-card"),
        ("mat", ADDED, "materials.form"),
    ]


def test_items_are_matched_by_suffix(guide):
    item = guide["items"][0]
    assert changes(guide, items=[item | {"promised": 3}]) == [
        ("items", CHANGED, "items.01.promised")
    ]
    assert changes(guide, items=[item, item | {"suffix": "02"}]) == [("items", ADDED, "items.02")]


def test_steps_are_matched_by_name_and_a_new_order_is_said_once(guide):
    steps = guide["steps"]
    assert changes(guide, steps=[steps[1], steps[0], *steps[2:]]) == [("flow", MOVED, "steps")]
    assert changes(guide, steps=steps[1:]) == [("flow", REMOVED, f"steps.{steps[0]['name']}")]


def test_two_rows_of_one_name_are_both_kept(guide):
    steps = guide["steps"]
    assert changes(guide, steps=[*steps, steps[0]]) == [
        ("flow", ADDED, f"steps.{steps[0]['name']}#2")
    ]


def test_an_old_snapshot_without_a_key_reads_as_empty(guide):
    old = {key: value for key, value in guide.items() if key not in ("mistakes", "joint_agencies")}
    assert changes(old, **guide) == [("basic", CHANGED, "joint_agencies")]


@pytest.mark.parametrize("seed", range(20))
def test_added_and_removed_rows_explain_the_length_of_every_list(guide, seed):
    dice = random.Random(seed)  # noqa: S311
    other = copy.deepcopy(guide)
    for rows in difference.LISTS:
        kept = [row for row in other[rows.name] if dice.random() < 0.6]
        added = [
            f"新{n}" if not rows.labels else other[rows.name][0] | _named(rows.name, n)
            for n in range(dice.randrange(3))
            if not rows.labels or other[rows.name]
        ]
        other[rows.name] = kept + added
        dice.shuffle(other[rows.name])
    found = difference.difference(guide, other)
    for part in {rows.part for rows in difference.LISTS}:
        lists = [rows.name for rows in difference.LISTS if rows.part == part]
        grown = sum(len(other[name]) - len(guide[name]) for name in lists)
        kinds = [change.kind for change in found if change.part == part]
        assert kinds.count(ADDED) - kinds.count(REMOVED) == grown


def _named(name: str, n: int) -> dict:
    key = {"items": "suffix", "steps": "name", "faqs": "q", "law": "law"}.get(name, "key")
    return {key: f"9{n}"}


def test_long_texts_are_compared_word_by_word():
    before = "申请人应当提交身份证原件和复印件各一份。"
    after = "申请人应当提交身份证复印件各两份。"
    pieces = difference.word_changes(before, after)
    assert ("gone", "原件和") in pieces
    assert "".join(text for kind, text in pieces if kind != "new") == before
    assert "".join(text for kind, text in pieces if kind != "gone") == after


def test_changes_are_grouped_in_the_order_of_the_guide(guide):
    other = copy.deepcopy(guide) | {"summary": "改了", "faqs": []}
    other["fee"]["charged"] = True
    sections = difference.by_section(difference.difference(guide, other))
    assert [section.part for section in sections] == ["basic", "fee", "faq"]
