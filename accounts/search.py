"""Whole queries of the account pages."""

from accounts.models import LoginAttempt, User


def latest_attempts(user: User, count: int = 10) -> list[LoginAttempt]:
    """The latest tries to sign in with a person's account, newest first."""
    return list(LoginAttempt.objects.filter(user=user)[:count])
