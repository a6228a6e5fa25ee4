"""Signing in with a password: count, hash, log."""

import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts import lockout
from accounts.clientip import network_of
from accounts.models import LoginAttempt, LoginCounter, User
from accounts.models.user import normalise_login_name
from common import clock

Outcome = LoginAttempt.Outcome
FAMILIAR_FOR = datetime.timedelta(days=90)


def sign_in(*, username: str, password: str, ip: str) -> User | None:
    """The member of staff with this name and password, or None for any wrong pair.

    Raises `lockout.TooManyTries` before any hash is computed. Unknown, disabled and citizens'
    accounts get the same answer at the same cost as a wrong password.
    """
    name = normalise_login_name(username)
    user = User.objects.filter(username=name).first()
    attempt = LoginAttempt(user=user, mark=name_mark(name), ip=ip, network=network_of(ip))
    limits = lockout.login_limits(attempt.mark, ip, familiar=is_familiar(attempt))
    try:
        hits = lockout.take(*limits)
    except lockout.TooManyTries:
        record(attempt, Outcome.LOCKED)
        raise
    if not password_fits(user, password):
        record(attempt, Outcome.WRONG_PASSWORD)
        return None
    lockout.give_back(hits)
    record(attempt, Outcome.SUCCESS)
    return user


def password_fits(user: User | None, password: str) -> bool:
    """Compute exactly one hash, whoever was named; True for an active member of staff only."""
    if user is None:
        User().set_password(password)
        return False
    return user.check_password(password) and user.is_active and user.kind == User.Kind.STAFF


def is_familiar(attempt: LoginAttempt) -> bool:
    """Whether the account signed in from this network before."""
    if attempt.user_id is None:
        return False
    return LoginAttempt.objects.filter(
        user_id=attempt.user_id,
        network=attempt.network,
        outcome=Outcome.SUCCESS,
        at__gte=clock.now() - FAMILIAR_FOR,
    ).exists()


def record(attempt: LoginAttempt, outcome: str) -> None:
    """Write the log row."""
    attempt.outcome = outcome
    attempt.save(force_insert=True)


def name_mark(username: str) -> str:
    """Keyed digest of a login name: 16 hex digits that stand for it in log and counters."""
    name = normalise_login_name(username)
    return salted_hmac("accounts.login-name", name, algorithm="sha256").hexdigest()[:16]


@transaction.atomic
def forget_tries(user: User) -> None:
    """Lift every pause of an account."""
    mark = name_mark(user.username)
    keys = [f"familiar:{mark}", f"stranger:{mark}", f"code:{user.pk}", f"password:{user.pk}"]
    LoginCounter.objects.filter(key__in=keys).delete()
