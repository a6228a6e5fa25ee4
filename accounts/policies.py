"""May this person do this: rights come from roles, and from nothing else.

`ADMIN_RIGHTS` lists, per role, patterns of Django permission names (`app.action_model`). A role
that is not listed sees nothing in the admin. The auditor's patterns only ever say `view`.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from accounts.models import User
from accounts.roles import ADMINISTRATORS, Role
from common.errors import Refused

_SEE_MATTERS = ("matters.view_*", "organisations.view_*")

ADMIN_RIGHTS: dict[str, tuple[str, ...]] = {
    Role.CATALOGUE_EDITOR: _SEE_MATTERS,
    Role.CATALOGUE_REVIEWER: _SEE_MATTERS,
    Role.SUPERVISOR: _SEE_MATTERS,
    Role.SYSTEM_ADMIN: (
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_roleassignment",
        "accounts.add_roleassignment",
        "accounts.delete_roleassignment",
        "organisations.*",
        "pages.*",
        "matters.view_*",
    ),
    Role.SECURITY_ADMIN: (
        "accounts.view_*",
        "accounts.change_user",
        "accounts.add_roleassignment",
        "accounts.delete_roleassignment",
        "organisations.view_membership",
    ),
    Role.AUDITOR: ("*.view_*",),
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


def check_may_manage(by: User) -> None:
    """Refuse who may neither create, disable nor reset accounts."""
    if not by.has_role(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        raise Refused("may_not_manage", "您不能管理账户，请联系系统管理员。", status=403)
