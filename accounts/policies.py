"""May this person do this: rights come from roles, and from nothing else.

`ADMIN_RIGHTS` lists, per role, patterns of Django permission names (`app.action_model`). A role
that is not listed sees nothing in the admin. The auditor's patterns only ever say `view`.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from django.conf import settings

from accounts.models import User
from accounts.roles import ADMINISTRATORS, Role
from common.errors import Refused

_SEE_MATTERS = ("matters.view_*", "organisations.view_*")

ADMIN_RIGHTS: dict[str, tuple[str, ...]] = {
    # Dictionaries and drafts; the database keeps what is published, services alone publish.
    Role.CATALOGUE_EDITOR: ("matters.*", "organisations.view_*"),
    Role.CATALOGUE_REVIEWER: _SEE_MATTERS,
    Role.SUPERVISOR: _SEE_MATTERS,
    Role.SYSTEM_ADMIN: (
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_roleassignment",
        "accounts.add_roleassignment",
        "accounts.delete_roleassignment",
        "accounts.*_apitoken",
        "organisations.*",
        "pages.*",
        "common.*_calendaryear",
        "common.*_calendarday",
        "matters.view_*",
    ),
    Role.SECURITY_ADMIN: (
        "accounts.view_*",
        "accounts.change_user",
        "accounts.add_roleassignment",
        "accounts.delete_roleassignment",
        "accounts.*_apitoken",
        "organisations.view_membership",
    ),
    # Only our own apps: what the admin of a library shows is not ours to know.
    Role.AUDITOR: tuple(f"{app}.view_*" for app in settings.PORTAL_APPS),
}


@lru_cache(maxsize=4096)
def role_allows(role: str, permission: str) -> bool:
    """Whether a role's patterns cover a permission name such as `accounts.view_user`."""
    return any(fnmatchcase(permission, pattern) for pattern in ADMIN_RIGHTS.get(role, ()))


def allows(roles: Iterable[str], permission: str) -> bool:
    """Whether any of the roles gives the permission."""
    return any(role_allows(role, permission) for role in roles)


def opens_app(roles: Iterable[str], app_label: str) -> bool:
    """Whether any of the roles sees something of an app in the admin."""
    patterns = (pattern for role in roles for pattern in ADMIN_RIGHTS.get(role, ()))
    return any(fnmatchcase(app_label, pattern.partition(".")[0]) for pattern in patterns)


def opens_admin(roles: Iterable[str]) -> bool:
    """Whether any of the roles sees anything in the admin."""
    return any(ADMIN_RIGHTS.get(role) for role in roles)


def may_grant(by: User, role: str) -> bool:
    """系统管理 gives and takes business roles; the three administrators' roles need 安全管理."""
    if role in ADMINISTRATORS:
        return by.has_role(Role.SECURITY_ADMIN)
    return by.has_role(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


def check_may_grant(by: User, role: str) -> None:
    """Refuse who may not give or take the role."""
    if not may_grant(by, role):
        who = "安全管理员" if role in ADMINISTRATORS else "系统管理员"
        raise Refused(
            "may_not_grant",
            f"您不能授予或收回“{Role(role).label}”岗位，请联系{who}。",
            status=403,
        )


def may_manage(by: User, user: User | None = None) -> bool:
    """Whether a person may create, change, disable or reset accounts.

    An administrator's account is in the hands of 安全管理 alone: whoever can reset a password can
    become its owner, so 系统管理 must not reach the two roles beside it.
    """
    return by.has_role(*_managers(user))


def check_may_manage(by: User, user: User | None = None) -> None:
    """Refuse who may not, see `may_manage`."""
    if not may_manage(by, user):
        who = "系统管理员" if Role.SYSTEM_ADMIN in _managers(user) else "安全管理员"
        raise Refused("may_not_manage", f"您不能管理这个账户，请联系{who}。", status=403)


def _managers(user: User | None) -> tuple[str, ...]:
    if user is not None and not user.roles.isdisjoint(ADMINISTRATORS):
        return (Role.SECURITY_ADMIN,)
    return (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


def check_may_reset_factor(by: User) -> None:
    """Only 安全管理 releases a second factor."""
    if not by.has_role(Role.SECURITY_ADMIN):
        raise Refused("may_not_reset_factor", "重置动态口令请联系安全管理员。", status=403)


def check_may_issue_token(by: User) -> None:
    """系统管理 and 安全管理 issue and take back the tokens of other systems."""
    if not by.has_role(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        raise Refused(
            "may_not_issue_token", "签发和收回接口令牌请联系系统管理员或安全管理员。", status=403
        )
