"""Separation of duties (T-A4): every pair of roles, by the rule and by the database."""

import itertools
import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from accounts import policies, rules
from accounts.models import AccountEvent, RoleAssignment, User
from accounts.roles import ADMINISTRATORS, BUSINESS_ROLES, Role, compatible
from accounts.services import people
from common.errors import Refused
from tests.factories.accounts import UserFactory

PAIRS = list(itertools.combinations(Role, 2))
FORBIDDEN = [pair for pair in PAIRS if not compatible(*pair)]
ALLOWED = [pair for pair in PAIRS if compatible(*pair)]


def test_administrators_exclude_one_another_and_every_business_role():
    expected = {
        frozenset(pair) for pair in PAIRS if pair[0] in ADMINISTRATORS or pair[1] in ADMINISTRATORS
    }
    assert {frozenset(pair) for pair in FORBIDDEN} == expected
    assert len(FORBIDDEN) == 3 + 3 * len(BUSINESS_ROLES)


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), FORBIDDEN)
def test_database_refuses_every_forbidden_pair(one, other):
    user = UserFactory(roles=[one])
    with pytest.raises(IntegrityError, match="role_duties_separate"), transaction.atomic():
        RoleAssignment.objects.create(user=user, role=other)
    assert list(user.role_assignments.values_list("role", flat=True)) == [one]


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), FORBIDDEN)
def test_rule_refuses_every_forbidden_pair_with_a_sentence(one, other):
    with pytest.raises(Refused) as refusal:
        people.grant_role(user=UserFactory(roles=[one]), role=other, by=None)
    assert refusal.value.code == "role_exclusive"
    assert other.label in refusal.value.message
    assert one.label in refusal.value.message


@pytest.mark.django_db
def test_business_roles_may_be_held_together():
    user = UserFactory(roles=BUSINESS_ROLES)
    assert User.objects.get(pk=user.pk).roles == set(BUSINESS_ROLES)
    assert all(compatible(*pair) for pair in ALLOWED)


@pytest.mark.django_db
def test_a_role_cannot_be_turned_into_a_forbidden_one():
    user = UserFactory(roles=[Role.WINDOW, Role.APPROVER])
    with pytest.raises(IntegrityError), transaction.atomic():
        user.role_assignments.filter(role=Role.WINDOW).update(role=Role.AUDITOR)


@pytest.mark.django_db
def test_database_knows_only_listed_roles_and_each_once():
    user = UserFactory(roles=[Role.WINDOW])
    for role in ("chief", Role.WINDOW):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleAssignment.objects.create(user=user, role=role)


@pytest.mark.django_db
def test_nobody_grants_a_role_to_oneself():
    user = UserFactory(roles=[Role.SYSTEM_ADMIN])
    with pytest.raises(Refused, match="自己"):
        people.grant_role(user=user, role=Role.WINDOW, by=user)
    plain = UserFactory()
    with (
        pytest.raises(IntegrityError, match="role_not_granted_to_oneself"),
        transaction.atomic(),
    ):
        RoleAssignment.objects.create(user=plain, role=Role.WINDOW, granted_by=plain)


@pytest.mark.django_db
def test_citizens_hold_no_role():
    with pytest.raises(Refused) as refusal:
        people.grant_role(user=UserFactory(citizen=True), role=Role.WINDOW, by=None)
    assert refusal.value.code == "role_for_staff_only"


@pytest.mark.django_db
@pytest.mark.parametrize("holder", list(Role))
@pytest.mark.parametrize("role", list(Role))
def test_who_may_grant_which_role(holder, role):
    by, expected = UserFactory(roles=[holder]), False
    if role in ADMINISTRATORS:
        expected = holder == Role.SECURITY_ADMIN
    else:
        expected = holder in {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}
    assert policies.may_grant(by, role) == expected


@pytest.mark.django_db
def test_granting_and_revoking_count_at_once_and_leave_a_trace():
    by, user = UserFactory(roles=[Role.SYSTEM_ADMIN]), UserFactory()
    assert not user.has_role(Role.WINDOW)
    assignment = people.grant_role(user=user, role=Role.WINDOW, by=by)
    assert user.has_role(Role.WINDOW)
    people.revoke_role(assignment=assignment, by=by)
    assert not User.objects.get(pk=user.pk).has_role(Role.WINDOW)
    kinds = AccountEvent.objects.filter(user=user, by=by).order_by("id")
    assert [(e.kind, e.detail) for e in kinds] == [
        ("role_granted", "窗口"),
        ("role_revoked", "窗口"),
    ]


@pytest.mark.django_db
def test_disabled_staff_have_no_role():
    user = UserFactory(roles=[Role.WINDOW], is_active=False)
    assert not user.has_role(Role.WINDOW)
    assert not user.is_staff


@pytest.mark.django_db
def test_rule_names_a_role_already_held():
    with pytest.raises(Refused, match="已有"):
        rules.check_role_fits(UserFactory(), {Role.WINDOW}, Role.WINDOW)


@pytest.mark.django_db(transaction=True)
def test_two_grants_at_the_same_moment_cannot_slip_past_each_other():
    user = UserFactory()
    barrier, refused = threading.Barrier(2), []

    def grant(role):
        try:
            barrier.wait(timeout=20)
            RoleAssignment.objects.create(user_id=user.pk, role=role)
        except (IntegrityError, OperationalError) as error:
            refused.append(error)  # the database may also break the tie as a deadlock
        finally:
            connection.close()

    threads = [
        threading.Thread(target=grant, args=(role,)) for role in (Role.AUDITOR, Role.APPROVER)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(refused) == 1
    assert user.role_assignments.count() == 1
