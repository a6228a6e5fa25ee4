"""认领: a last day, one claim, a new matter with an empty draft."""

import datetime

import pytest

from common import clock
from common.errors import Refused
from matters.models import TakeOver
from matters.services.checking import gaps_of
from matters.services.takeovers import claim_matter, register_take_over
from tests.factories.matters import editor, in_force, reviewer
from tests.factories.organisations import AgencyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2025, 11, 17)


def offered(**values) -> TakeOver:
    with clock.at(MONDAY):
        return register_take_over(
            name="新事项", agency=AgencyFactory(), origin="new", by=editor(), **values
        )


def test_a_matter_is_to_be_claimed_within_five_working_days():
    assert offered().due_on == datetime.date(2025, 11, 24)


def test_it_is_overdue_from_the_next_day():
    row = offered()
    for day, late in ((24, False), (25, True)):
        today = datetime.date(2025, 11, day)
        with clock.at(today):
            assert row.is_overdue == late
            assert TakeOver.objects.overdue(today).exists() == late


def test_a_claimed_matter_has_an_empty_draft_with_its_gaps():
    in_force(176)
    row, by = offered(), editor()
    draft = claim_matter(take_over_id=row.pk, by=by)
    row.refresh_from_db()
    assert (row.claimed_by, row.matter) == (by, draft.matter)
    assert draft.matter.seq == 177
    codes = {gap.code for gap in gaps_of(draft.pk)}
    assert {"section_empty", "result_missing", "phone_missing", "audience_missing"} <= codes


def test_a_second_claim_is_told_so():
    row = offered()
    claim_matter(take_over_id=row.pk, by=editor())
    with pytest.raises(Refused, match="已经认领"):
        claim_matter(take_over_id=row.pk, by=editor())


def test_only_editors_of_the_agency_claim():
    row = offered()
    other = editor()
    MembershipFactory(user=other, role="catalogue_editor")
    for by in (reviewer(), other):
        with pytest.raises(Refused) as refusal:
            claim_matter(take_over_id=row.pk, by=by)
        assert refusal.value.status == 403
