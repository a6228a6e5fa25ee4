"""Every status × event × role, drawn from the table: what it allows happens, nothing else does."""

import datetime
import itertools

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, InternalError

from accounts.roles import Role
from common import clock
from common.errors import Refused
from matters import policies, workflow
from matters.models import MatterVersion
from matters.services.editions import discard_draft, prepare_version
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
from matters.workflow import MOVES, VersionEvent, VersionStatus
from tests.factories.accounts import UserFactory
from tests.factories.matters import editor, in_force, reviewer

pytestmark = pytest.mark.django_db
S, E = VersionStatus, VersionEvent
LATER = datetime.timedelta(days=3)
VERBS = {
    E.SUBMIT: submit_version,
    E.RECALL: recall_version,
    E.APPROVE: approve_version,
    E.RETURN: lambda **who: return_version(reasons={"fee": "请改"}, **who),
    E.PUBLISH: publish_now,
    E.SCHEDULE: lambda **who: schedule_version(effective_on=clock.today() + LATER, **who),
    E.UNSCHEDULE: unschedule_version,
    E.DISCARD: lambda **who: discard_draft(reason="不用了", **who),
}
WAY = {
    S.DRAFT: (),
    S.DISCARDED: (E.DISCARD,),
    S.SUBMITTED: (E.SUBMIT,),
    S.APPROVED: (E.SUBMIT, E.APPROVE),
    S.SCHEDULED: (E.SUBMIT, E.APPROVE, E.SCHEDULE),
    S.PUBLISHED: (E.SUBMIT, E.APPROVE, E.PUBLISH),
    S.SUPERSEDED: (E.SUBMIT, E.APPROVE, E.PUBLISH, E.SUPERSEDE),
}
ROLES = (None, Role.CATALOGUE_EDITOR, Role.CATALOGUE_REVIEWER, Role.WINDOW, Role.SYSTEM_ADMIN)


def version_at(status: VersionStatus) -> MatterVersion:
    """A version that walked to the status through the real services."""
    author, judge = editor(), reviewer()
    version = prepare_version(matter_id=in_force().matter_id, by=author)
    for event in WAY[status]:
        if event == E.SUPERSEDE:
            following = prepare_version(matter_id=version.matter_id, by=author)
            for step in WAY[S.PUBLISHED]:
                VERBS[step](version_id=following.pk, by=judge if step != E.SUBMIT else author)
        else:
            by = author if workflow.ROLES[event] == Role.CATALOGUE_EDITOR else judge
            VERBS[event](version_id=version.pk, by=by)
    version.refresh_from_db()
    assert version.status == status
    return version


@pytest.mark.parametrize("status", VersionStatus)
def test_the_whole_matrix(status):
    version = version_at(status)
    for event, role in itertools.product(VERBS, ROLES):
        user = UserFactory(roles=[role] if role else [])
        target = MOVES.get((status, event))
        allowed = target is not None and role == workflow.ROLES[event]
        assert (event in policies.available_actions(version, user)) == allowed
        attempt(version, event, user, target if allowed else None)


def attempt(version, event, user, target) -> None:
    """Do it in a savepoint that is rolled back, and see the target or a refusal."""
    with transaction.atomic():
        if target is None:
            with pytest.raises(Refused) as refusal:
                VERBS[event](version_id=version.pk, by=user)
            assert refusal.value.status in (403, 409)
        else:
            VERBS[event](version_id=version.pk, by=user)
        status = MatterVersion.objects.values_list("status", flat=True).get(pk=version.pk)
        assert status == (target or version.status)
        transaction.set_rollback(True)


def test_every_status_has_a_holder():
    assert set(workflow.HOLDERS) == set(VersionStatus)


def test_every_event_of_the_table_has_a_role_or_is_the_systems():
    system = {E.LOAD, E.SUPERSEDE, E.TAKE_EFFECT}
    assert {event for _, event in MOVES} - set(workflow.ROLES) == system


def test_every_status_can_be_reached():
    reached = {S.DRAFT}
    for _ in VersionStatus:
        reached |= {target for (origin, _), target in MOVES.items() if origin in reached}
    assert reached == set(VersionStatus)


def test_the_clock_needs_no_person():
    version = version_at(S.SCHEDULED)
    with clock.at(clock.today() + LATER):
        assert take_effect(version_id=version.pk).status == S.PUBLISHED


LEGAL = {(origin, target) for (origin, _), target in MOVES.items()}
ILLEGAL = [pair for pair in itertools.permutations(VersionStatus, 2) if pair not in LEGAL]


@pytest.mark.parametrize(("status", "other"), ILLEGAL)
def test_the_database_too_lets_a_status_move_only_along_the_table(status, other):
    live = in_force()
    version = live if status == S.PUBLISHED else _bare(live, status)
    with pytest.raises((IntegrityError, InternalError), match="frozen"), transaction.atomic():
        MatterVersion.objects.filter(pk=version.pk).update(status=other)


def _bare(live: MatterVersion, status: VersionStatus) -> MatterVersion:
    live.pk, live.number, live.status = None, 7, status
    live.effective_on, live._state.adding = clock.today(), True
    live.save()
    return live
