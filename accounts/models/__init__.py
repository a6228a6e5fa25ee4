"""Everything the database knows about people who sign in."""

from accounts.models.event import AccountEvent
from accounts.models.factor import SecondFactor
from accounts.models.login import LoginAttempt, LoginCounter
from accounts.models.role import RoleAssignment
from accounts.models.token import ApiToken
from accounts.models.user import User

__all__ = [
    "AccountEvent",
    "ApiToken",
    "LoginAttempt",
    "LoginCounter",
    "RoleAssignment",
    "SecondFactor",
    "User",
]
