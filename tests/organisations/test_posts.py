"""Posts: who serves which agency, at which window, when, and who may see it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.roles import ADMINISTRATORS, Role
from common import clock
from common.errors import Refused
from organisations.models import Membership, Window
from organisations.services import appoint, end_post
from tests.factories.accounts import UserFactory
from tests.factories.organisations import AgencyFactory, MembershipFactory, WindowFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 6, 2)


def test_a_post_needs_the_role_first():
    with pytest.raises(Refused, match="还没有“窗口”岗位"):
        appoint(user=UserFactory(), agency=AgencyFactory(), role=Role.WINDOW)


def test_a_post_is_for_staff():
    with pytest.raises(Refused) as refusal:
        appoint(user=UserFactory(citizen=True), agency=AgencyFactory(), role=Role.WINDOW)
    assert refusal.value.code == "post_for_staff_only"


def test_a_window_must_take_the_agencys_matters():
    user, agency = UserFactory(roles=[Role.WINDOW]), AgencyFactory()
    window = WindowFactory(kind=Window.Kind.SPECIAL)
    with pytest.raises(Refused, match="不受理"):
        appoint(user=user, agency=agency, role=Role.WINDOW, window=window)
    window.agencies.add(agency)
    assert appoint(user=user, agency=agency, role=Role.WINDOW, window=window).pk


def test_a_post_begins_today_and_lasts_until_ended():
    user, agency = UserFactory(roles=[Role.APPROVER]), AgencyFactory()
    with clock.at(DAY):
        post = appoint(user=user, agency=agency, role=Role.APPROVER)
    assert post.starts_on == DAY
    assert list(Membership.objects.current(DAY)) == [post]
    end_post(post=post, last_day=DAY + datetime.timedelta(days=9))
    assert list(Membership.objects.current(DAY + datetime.timedelta(days=9))) == [post]
    assert not Membership.objects.current(DAY + datetime.timedelta(days=10)).exists()
    assert not Membership.objects.current(DAY - datetime.timedelta(days=1)).exists()


def test_a_post_that_never_began_disappears():
    post = MembershipFactory(starts_on=DAY)
    end_post(post=post, last_day=DAY - datetime.timedelta(days=1))
    assert not Membership.objects.exists()


def test_the_same_post_does_not_overlap_itself():
    user, agency = UserFactory(roles=[Role.WINDOW, Role.APPROVER]), AgencyFactory()
    first = appoint(user=user, agency=agency, role=Role.WINDOW, starts_on=DAY)
    with pytest.raises(ValidationError, match="已有相同的任职"):
        appoint(user=user, agency=agency, role=Role.WINDOW, starts_on=DAY)
    with (
        pytest.raises(IntegrityError, match="membership_no_overlap"),
        transaction.atomic(),
    ):
        MembershipFactory(user=user, agency=agency, starts_on=DAY, ends_on=DAY)
    assert appoint(user=user, agency=agency, role=Role.APPROVER, starts_on=DAY).pk
    end_post(post=first, last_day=DAY)
    tomorrow = DAY + datetime.timedelta(days=1)
    assert appoint(user=user, agency=agency, role=Role.WINDOW, starts_on=tomorrow).pk


def test_a_post_does_not_end_before_it_starts():
    with (
        pytest.raises(IntegrityError, match="membership_ends_after_start"),
        transaction.atomic(),
    ):
        MembershipFactory(starts_on=DAY, ends_on=DAY - datetime.timedelta(days=1))


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_hold_no_post(role):
    with (
        pytest.raises(IntegrityError, match="membership_business_roles_only"),
        transaction.atomic(),
    ):
        MembershipFactory(role=role)


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_which_posts(role):
    agency = AgencyFactory()
    viewer = UserFactory(roles=[role])
    colleague = MembershipFactory(agency=agency, starts_on=DAY)
    stranger = MembershipFactory(starts_on=DAY)
    own = []
    if role not in ADMINISTRATORS:
        own = [MembershipFactory(user=viewer, agency=agency, role=role, starts_on=DAY)]
    seen = set(Membership.objects.visible_to(viewer, DAY))
    if role in {*ADMINISTRATORS, Role.SUPERVISOR}:
        assert seen == {colleague, stranger, *own}
    elif role == Role.AGENCY_HEAD:
        assert seen == {colleague, *own}
    else:
        assert seen == set(own)


def test_a_former_head_no_longer_sees_the_agencys_posts():
    agency, viewer = AgencyFactory(), UserFactory(roles=[Role.AGENCY_HEAD])
    MembershipFactory(agency=agency, starts_on=DAY)
    headed = MembershipFactory(
        user=viewer, agency=agency, role=Role.AGENCY_HEAD, starts_on=DAY, ends_on=DAY
    )
    later = DAY + datetime.timedelta(days=1)
    assert Membership.objects.visible_to(viewer, DAY).count() == 2
    assert list(Membership.objects.visible_to(viewer, later)) == [headed]
