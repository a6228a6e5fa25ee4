"""Rights in the admin come from roles alone."""

import pytest
from django.apps import apps
from django.conf import settings

from accounts import policies
from accounts.roles import ADMINISTRATORS, BUSINESS_ROLES, Role
from accounts.services import factor, people
from common.errors import Refused
from tests.factories.accounts import UserFactory

ALL_PERMISSIONS = [
    f"{model._meta.app_label}.{action}_{model._meta.model_name}"
    for model in apps.get_models()
    for action in ("view", "add", "change", "delete")
]


def writes(role) -> set[str]:
    return {p for p in ALL_PERMISSIONS if policies.role_allows(role, p) and ".view_" not in p}


def test_auditor_sees_every_app_of_ours_and_changes_nothing():
    assert writes(Role.AUDITOR) == set()
    for app in settings.PORTAL_APPS:
        assert policies.opens_app([Role.AUDITOR], app)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_sees_keys_of_second_factors_or_sessions(role):
    for permission in ("otp_totp.view_totpdevice", "sessions.view_session", "auth.view_permission"):
        assert not policies.role_allows(role, permission)


@pytest.mark.parametrize("role", BUSINESS_ROLES)
def test_business_roles_change_nothing_in_accounts_or_organisations(role):
    assert not {p for p in writes(role) if p.split(".")[0] in {"accounts", "organisations"}}


def test_system_admin_manages_people_and_organisations_but_reads_no_login_log():
    assert policies.role_allows(Role.SYSTEM_ADMIN, "accounts.change_user")
    assert policies.role_allows(Role.SYSTEM_ADMIN, "organisations.change_agency")
    assert not policies.role_allows(Role.SYSTEM_ADMIN, "accounts.view_loginattempt")
    assert not policies.role_allows(Role.SYSTEM_ADMIN, "matters.change_matter")
    assert not policies.role_allows(Role.SYSTEM_ADMIN, "cases.view_case")


@pytest.mark.django_db
def test_user_asks_the_roles():
    user = UserFactory(roles=[Role.SYSTEM_ADMIN])
    assert user.has_perm("accounts.change_user")
    assert user.has_module_perms("organisations")
    assert not UserFactory().has_perm("accounts.view_user")
    assert not hasattr(user, "is_superuser") or not user.is_superuser


@pytest.mark.django_db
@pytest.mark.parametrize("target", ADMINISTRATORS)
def test_system_admin_cannot_take_over_an_administrators_account(target):
    by, user = UserFactory(roles=[Role.SYSTEM_ADMIN]), UserFactory(roles=[target])
    with pytest.raises(Refused, match="安全管理员"):
        people.reset_password(user=user, by=by)
    with pytest.raises(Refused):
        people.set_active(user=user, active=False, by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [r for r in Role if r != Role.SECURITY_ADMIN])
def test_only_security_admin_releases_a_second_factor(role):
    with pytest.raises(Refused, match="安全管理员"):
        factor.forget_factor(user=UserFactory(), by=UserFactory(roles=[role]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", [r for r in Role if r not in {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}]
)
def test_other_roles_manage_no_account(role):
    by, user = UserFactory(roles=[role]), UserFactory()
    for verb in (people.reset_password, people.unlock):
        with pytest.raises(Refused):
            verb(user=user, by=by)
    with pytest.raises(Refused):
        people.create_staff(username="newcomer", display_name="新人", by=by)
