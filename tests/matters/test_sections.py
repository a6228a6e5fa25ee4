"""Every element of policy §2.4 has exactly one place at the editing desk."""

from collections import Counter

import pytest

from matters import difference, sections
from matters.models import Fee, MatterVersion, Result

#: what services set, never an editor's form
NOT_TYPED = {
    "id",
    "matter",
    "number",
    "status",
    "estimated_fields",
    "certainty",
    "overall_certainty",
    "source_digest",
    "effective_on",
    "retire_on",
    "created_at",
    "published_at",
    "published_by",
    "superseded_at",
    "snapshot",
}


def own_fields(model):
    return {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}


def test_every_element_of_a_version_stands_in_exactly_one_section():
    placed = Counter(name for s in sections.SECTIONS if not s.holder for name in s.fields)
    assert set(placed) == own_fields(MatterVersion) - NOT_TYPED
    assert [name for name, count in placed.items() if count > 1] == []


@pytest.mark.parametrize(("model", "key"), [(Fee, "fee"), (Result, "result")])
def test_fee_and_result_are_edited_whole(model, key):
    assert set(sections.BY_KEY[key].fields) == own_fields(model) - {"id", "version"}


@pytest.mark.parametrize("key", ["conditions", "items", "steps", "faqs", "law"])
def test_rows_are_edited_whole(key):
    rows = sections.BY_KEY[key].rows
    kept = {"id", rows.parent, "position", rows.numbered}
    assert set(rows.fields) == own_fields(rows.model) - kept


@pytest.mark.parametrize("key", ["materials", "situations"])
def test_elements_are_edited_whole(key):
    rows = sections.BY_KEY[key].elements
    assert set(rows.fields) == own_fields(rows.model) - {"id", "version", "position", rows.keyed}


def test_the_navigation_shows_every_section_once():
    assert sorted(s.key for s in sections.in_order()) == sorted(sections.BY_KEY)


@pytest.mark.parametrize(
    ("part", "element", "key"),
    [
        ("rights", "consult_phone", "contact"),
        ("mat", "materials.id-card.name", "materials"),
        ("fee", "fee.basis", "fee"),
        ("flow", "steps.3.basis", "steps"),
        ("law", "legal_bases.x", "law"),
        ("basic", "themes", "topics"),
        ("base", "base_code", "identity"),
        ("fee", "pay_online", "channels"),
        ("cond", "", "conditions"),
    ],
)
def test_a_gap_leads_to_the_section_it_is_mended_in(part, element, key):
    assert sections.section_of(part, element).key == key


@pytest.mark.parametrize("part", difference.PARTS)
def test_every_part_of_a_difference_has_a_section(part):
    assert sections.section_of(part) is not None


def test_next_walks_all_sections():
    seen, section = [], sections.BY_KEY["basic"]
    while section:
        seen.append(section.key)
        section = sections.following(section.key)
    assert len(seen) == len(sections.SECTIONS)
