"""From a draft beside the live edition to the next edition in force, with two pairs of eyes."""

import datetime

import pytest

from common import clock
from common.errors import Refused
from matters import policies, snapshot
from matters.models import Condition, MatterVersion, VersionMove
from matters.services.checking import GuideHasGaps, whole
from matters.services.editions import discard_draft, lock_draft, prepare_version, record_change
from matters.services.publishing import (
    publish_now,
    schedule_version,
    take_effect,
    unschedule_version,
)
from matters.services.reviewing import (
    approve_version,
    recall_version,
    return_version,
    submit_version,
)
from matters.workflow import VersionEvent, VersionStatus
from tests.factories.matters import editor, in_force, reviewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return editor(), reviewer()


def approved(people) -> MatterVersion:
    author, judge = people
    draft = prepare_version(matter_id=in_force().matter_id, by=author)
    submit_version(version_id=draft.pk, by=author)
    return approve_version(version_id=draft.pk, by=judge)


def test_a_draft_is_prepared_beside_the_live_edition(people):
    live = in_force()
    draft = prepare_version(matter_id=live.matter_id, by=people[0])
    assert (draft.number, draft.status) == (2, VersionStatus.DRAFT)
    assert MatterVersion.objects.published().get() == live


def test_the_copy_has_everything_of_its_source(people):
    live = in_force()
    draft = prepare_version(matter_id=live.matter_id, by=people[0])
    one, two = (snapshot.build(whole([pk]).get()) for pk in (live.pk, draft.pk))
    assert one | {"version": 0, "effective_on": ""} == two | {"version": 0, "effective_on": ""}


def test_a_second_open_edition_is_refused(people):
    live = in_force()
    prepare_version(matter_id=live.matter_id, by=people[0])
    with pytest.raises(Refused, match="第 2 版") as refusal:
        prepare_version(matter_id=live.matter_id, by=editor())
    assert (refusal.value.code, refusal.value.status) == ("version_open", 409)


def test_the_whole_way_into_force(people):
    version = publish_now(version_id=approved(people).pk, by=people[1])
    assert version.status == VersionStatus.PUBLISHED
    assert version.published_by == people[1]
    assert version.snapshot["version"] == 2
    assert MatterVersion.objects.published().get() == version
    former = MatterVersion.objects.get(number=1)
    assert former.status == VersionStatus.SUPERSEDED
    events = list(VersionMove.objects.filter(version=version).values_list("event", flat=True))
    assert events == ["prepare", "submit", "approve", "publish"]


def test_the_editor_never_approves_although_the_roles_are_there(people):
    author, judge = people
    draft = prepare_version(matter_id=in_force().matter_id, by=author)
    for role in judge.roles:
        author.role_assignments.create(role=role)
    author = type(author).objects.get(pk=author.pk)
    submit_version(version_id=draft.pk, by=author)
    with pytest.raises(Refused) as refusal:
        approve_version(version_id=draft.pk, by=author)
    assert (refusal.value.code, refusal.value.status) == ("same_person", 403)


def test_who_changed_one_element_is_an_editor_too(people):
    author, judge = people
    judge.role_assignments.create(role="catalogue_editor")
    judge = type(judge).objects.get(pk=judge.pk)
    draft = prepare_version(matter_id=in_force().matter_id, by=author)
    record_change(version=draft, element="summary", before="甲", after="乙", by=judge)
    submit_version(version_id=draft.pk, by=author)
    draft.refresh_from_db()
    assert VersionEvent.APPROVE not in policies.available_actions(draft, judge)
    with pytest.raises(Refused, match="另一位审核人"):
        approve_version(version_id=draft.pk, by=judge)


def test_submitting_is_refused_with_all_gaps_as_data(people):
    live = in_force()
    draft = prepare_version(matter_id=live.matter_id, by=people[0])
    Condition.objects.filter(version=draft).delete()
    MatterVersion.objects.filter(pk=draft.pk).update(complaint_phone=draft.consult_phone)
    with pytest.raises(GuideHasGaps) as refusal:
        submit_version(version_id=draft.pk, by=people[0])
    assert {gap.code for gap in refusal.value.gaps} == {"section_empty", "same_phones"}
    draft.refresh_from_db()
    assert draft.status == VersionStatus.DRAFT
    assert not VersionMove.objects.filter(version=draft, event="submit").exists()


def test_an_own_edition_adds_no_gap_to_be_configured(people):
    live = in_force()
    draft = prepare_version(matter_id=live.matter_id, by=people[0])
    MatterVersion.objects.filter(pk=draft.pk).update(consult_phone="")
    with pytest.raises(GuideHasGaps) as refusal:
        submit_version(version_id=draft.pk, by=people[0])
    assert [gap.code for gap in refusal.value.gaps] == ["phone_missing"]


def test_a_returned_version_is_a_draft_with_comments(people):
    author, judge = people
    draft = prepare_version(matter_id=in_force().matter_id, by=author)
    submit_version(version_id=draft.pk, by=author)
    returned = return_version(
        version_id=draft.pk, by=judge, reasons={"fee": "请写依据", "": " ", "flow": "少一步"}
    )
    assert returned.status == VersionStatus.DRAFT
    assert list(returned.comments.values_list("part", "text")) == [
        ("fee", "请写依据"),
        ("flow", "少一步"),
    ]


def test_returning_needs_a_reason(people):
    draft = prepare_version(matter_id=in_force().matter_id, by=people[0])
    submit_version(version_id=draft.pk, by=people[0])
    with pytest.raises(Refused, match="原因"):
        return_version(version_id=draft.pk, by=people[1], reasons={"": " "})


def test_a_submitted_version_is_no_draft_to_lock(people):
    draft = prepare_version(matter_id=in_force().matter_id, by=people[0])
    assert lock_draft(draft.pk, by=people[0]) == draft
    submit_version(version_id=draft.pk, by=people[0])
    with pytest.raises(Refused, match="内容不能改"):
        lock_draft(draft.pk, by=people[0])
    recall_version(version_id=draft.pk, by=people[0])
    assert lock_draft(draft.pk, by=people[0]) == draft


def test_a_discarded_draft_frees_its_number(people):
    live = in_force()
    draft = prepare_version(matter_id=live.matter_id, by=people[0])
    discard_draft(version_id=draft.pk, by=people[0], reason="重复")
    again = prepare_version(matter_id=live.matter_id, by=people[0])
    assert again.number == draft.number == 2


def test_a_scheduled_version_takes_effect_on_its_day_and_not_before(people):
    version = approved(people)
    day = clock.today() + datetime.timedelta(days=3)
    schedule_version(version_id=version.pk, by=people[1], effective_on=day)
    assert take_effect(version_id=version.pk) is None
    with clock.at(datetime.datetime.combine(day, datetime.time(0, 0))):
        taken = take_effect(version_id=version.pk)
        assert take_effect(version_id=version.pk) is None
    assert taken.status == VersionStatus.PUBLISHED
    assert taken.snapshot["effective_on"] == taken.snapshot["published_on"] == day.isoformat()


def test_a_day_that_is_not_ahead_is_refused(people):
    version = approved(people)
    with pytest.raises(Refused, match="晚于今天"):
        schedule_version(version_id=version.pk, by=people[1], effective_on=clock.today())


def test_an_unscheduled_version_stays_approved(people):
    version = approved(people)
    day = clock.today() + datetime.timedelta(days=3)
    schedule_version(version_id=version.pk, by=people[1], effective_on=day)
    assert unschedule_version(version_id=version.pk, by=people[1]).status == VersionStatus.APPROVED
    with clock.at(day):
        assert take_effect(version_id=version.pk) is None
