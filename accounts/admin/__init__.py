"""The accounts in the admin: one file per model."""

from accounts.admin.attempt import LoginAttemptAdmin
from accounts.admin.event import AccountEventAdmin
from accounts.admin.role import RoleAssignmentAdmin
from accounts.admin.token import ApiTokenAdmin
from accounts.admin.user import UserAdmin

__all__ = [
    "AccountEventAdmin",
    "ApiTokenAdmin",
    "LoginAttemptAdmin",
    "RoleAssignmentAdmin",
    "UserAdmin",
]
