"""Saving a section of a draft."""

import pytest
from django.core.exceptions import ValidationError

from common.errors import Refused
from matters.models import ElementChange, Situation
from matters.sections import BY_KEY
from matters.services import editing
from matters.services.editions import prepare_version
from matters.services.reviewing import submit_version
from tests.factories import matters as catalogue
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return catalogue.editor()


@pytest.fixture
def draft(editor):
    live = catalogue.in_force()
    return prepare_version(matter_id=live.matter_id, by=editor)


def save(draft, editor, key, change, **which):
    """Read a section, let `change` alter the document, save it."""
    section = BY_KEY[key]
    base = editing.read_section(draft, section, which.get("element_id"))
    mine = change(base)
    return editing.save_section(
        version_id=draft.pk, section=section, mine=mine, base=base, by=editor, **which
    )


def with_field(**values):
    return lambda base: base | {"fields": base["fields"] | values}


def paths(draft):
    return list(ElementChange.objects.filter(version=draft).values_list("element", flat=True))


def test_a_changed_element_is_stored_with_who_and_before_and_after(draft, editor):
    outcome = save(draft, editor, "basic", with_field(summary="改过的说明。"))
    draft.refresh_from_db()
    change = ElementChange.objects.get(version=draft)
    assert outcome.saved
    assert draft.summary == "改过的说明。"
    assert (change.element, change.before, change.after, change.by) == (
        "summary",
        "测试用的事项。",
        "改过的说明。",
        editor,
    )


def test_saving_without_a_change_records_nothing(draft, editor):
    outcome = save(draft, editor, "basic", lambda base: base)
    assert outcome.changed == 0
    assert paths(draft) == []


def test_every_section_can_be_read_and_saved_as_it_is(draft, editor):
    plain = [key for key in BY_KEY if not BY_KEY[key].elements]
    found = {key: save(draft, editor, key, lambda base: base).changed for key in plain}
    assert found == dict.fromkeys(plain, 0)


def test_foreign_keys_and_lists_of_rows_elsewhere_are_stored(draft, editor):
    other = catalogue.AgencyFactory()
    save(draft, editor, "basic", with_field(supervisor=other.pk, joint_agencies=[other.pk]))
    draft.refresh_from_db()
    assert draft.supervisor == other
    assert list(draft.joint_agencies.all()) == [other]


def test_rows_are_added_changed_removed_and_reordered_in_one_save(draft, editor):
    def change(base):
        first, second, *rest = [row | {"detail": "说明"} for row in base["rows"]]
        new = first | {"id": None, "name": "现场踏勘"}
        return base | {"rows": [second, first | {"days": 9}, new, *rest[:-1]]}

    save(draft, editor, "steps", change)
    steps = list(draft.steps.order_by("position"))
    assert [step.name for step in steps] == ["受理", "申请", "现场踏勘", "审查", "决定"]
    assert [step.position for step in steps] == [1, 2, 3, 4, 5]
    assert steps[1].days == 9
    assert {"steps.order", "steps.5", "steps.+1"} <= set(paths(draft))


def test_a_new_business_item_gets_the_next_free_number(draft, editor):
    def change(base):
        return base | {"rows": [*base["rows"], base["rows"][0] | {"id": None, "name": "变更"}]}

    save(draft, editor, "items", change)
    assert list(draft.items.values_list("suffix", "name")) == [("01", "新办"), ("02", "变更")]


def test_a_new_answer_of_a_situation_gets_a_key_of_its_own(draft, editor):
    situation = draft.situations.get()

    def change(base):
        return base | {"rows": [*base["rows"], {"id": None, "label": "代办"}]}

    save(draft, editor, "situations", change, element_id=situation.pk)
    keys = list(situation.options.values_list("key", flat=True))
    assert len(set(keys)) == 2
    assert paths(draft) == ["situations.who.options.+1"]


def test_a_new_material_is_placed_last_with_a_key(draft, editor):
    section, item = BY_KEY["materials"], draft.items.get()
    values = editing.read_section(draft, section, draft.materials.get().pk)["fields"]
    mine = {"fields": values | {"name": "营业执照", "items": [item.pk], "when": {}}, "rows": []}
    outcome = editing.save_section(
        version_id=draft.pk, section=section, mine=mine, base=editing.EMPTY, by=editor
    )
    added = draft.materials.get(pk=outcome.element_id)
    assert (added.name, added.position) == ("营业执照", 2)
    assert added.key not in {"", "id-card"}
    assert list(added.items.all()) == [item]


def test_elements_move_and_go_with_a_record(draft, editor):
    situation = draft.situations.get()
    second = Situation.objects.create(version=draft, key="b", question="第二问？", position=2)
    section = BY_KEY["situations"]
    which = {"version_id": draft.pk, "section": section, "by": editor}
    editing.move_element(**which, element_id=second.pk, step=-1)
    assert list(draft.situations.order_by("position")) == [second, situation]
    assert editing.remove_element(**which, element_id=second.pk) == "第二问？"
    assert paths(draft) == ["situations.b.position", "situations.b"]


def test_two_editors_of_different_fields_both_win(draft, editor):
    section = BY_KEY["basic"]
    base = editing.read_section(draft, section)
    save(draft, editor, "basic", with_field(summary="第一位改的。"))
    mine = with_field(applicants="第二位改的")(base)
    outcome = editing.save_section(
        version_id=draft.pk, section=section, mine=mine, base=base, by=catalogue.editor()
    )
    draft.refresh_from_db()
    assert outcome.saved
    assert outcome.merge.taken == 1
    assert (draft.summary, draft.applicants) == ("第一位改的。", "第二位改的")


def test_two_editors_of_one_field_nothing_is_written_and_both_values_come_back(draft, editor):
    section = BY_KEY["basic"]
    base = editing.read_section(draft, section)
    save(draft, editor, "basic", with_field(summary="第一位改的。"))
    mine = with_field(summary="第二位改的。", applicants="也改了")(base)
    outcome = editing.save_section(
        version_id=draft.pk, section=section, mine=mine, base=base, by=catalogue.editor()
    )
    draft.refresh_from_db()
    (clash,) = outcome.merge.clashes
    assert not outcome.saved
    assert (clash.mine, clash.theirs) == ("第二位改的。", "第一位改的。")
    assert (draft.summary, draft.applicants) == ("第一位改的。", "需要办理的人")


def test_a_broken_rule_stores_nothing_of_the_section(draft, editor):
    with pytest.raises(ValidationError):
        save(draft, editor, "limits", with_field(promised_value=99, promised_note="不该留下"))
    draft.refresh_from_db()
    assert (draft.promised_value, draft.promised_note) == (5, "")
    assert paths(draft) == []


def test_one_bad_row_stores_no_row(draft, editor):
    def change(base):
        good = base["rows"][0] | {"name": "改过的名称"}
        return base | {"rows": [good, good | {"id": None, "promised_value": 99}]}

    with pytest.raises(ValidationError):
        save(draft, editor, "items", change)
    assert draft.items.get().name == "新办"


def test_a_submitted_version_is_not_changed(draft, editor):
    submit_version(version_id=draft.pk, by=editor)
    with pytest.raises(Refused) as refusal:
        save(draft, editor, "basic", with_field(summary="晚了。"))
    assert refusal.value.code == "not_a_draft"


def test_only_editors_change_a_draft(draft):
    for person in (catalogue.reviewer(), UserFactory()):
        with pytest.raises(Refused) as refusal:
            save(draft, person, "basic", with_field(summary="不该改。"))
        assert refusal.value.status == 403


def test_an_element_that_is_gone_is_said_in_words(draft):
    with pytest.raises(Refused) as refusal:
        editing.read_section(draft, BY_KEY["materials"], 0)
    assert refusal.value.status == 404
