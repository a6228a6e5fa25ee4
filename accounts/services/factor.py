"""The second factor: a time-based code (RFC 6238) from the officer's phone."""

import secrets

from django.db import transaction

from accounts import lockout, policies, rules
from accounts.clientip import network_of
from accounts.models import AccountEvent, LoginAttempt, SecondFactor, User
from accounts.services.people import lock
from accounts.services.sign_in import Outcome, name_mark, record
from common.crypto import Sealed, seal, unseal
from common.errors import Refused

DEVICE_NAME = "动态口令"


def new_sealed_key(user: User) -> str:
    """A fresh secret of 20 random bytes, sealed for the person: it waits in the session."""
    return seal(secrets.token_hex(20), _context(user)).text


def open_key(user: User, sealed: str) -> str:
    """The secret of `new_sealed_key` as 40 hex digits."""
    return unseal(Sealed(sealed), _context(user))


def _context(user: User) -> str:
    return f"session.factor_key:{user.row_key}"


def has_factor(user: User) -> bool:
    """Whether the person has finished enrolling."""
    return SecondFactor.objects.filter(user=user, confirmed=True).exists()


def device_for(user: User, key: str) -> SecondFactor:
    """The unsaved device of a secret; its `otp_url` is what the QR code says."""
    return SecondFactor(user=user, name=DEVICE_NAME, key=key, confirmed=True)


@transaction.atomic
def enrol(*, user: User, key: str, code: str, ip: str) -> SecondFactor | None:
    """Bind the secret when `code` proves that the phone knows it; None for a wrong code.

    Refused when a factor exists already: a stolen password must not replace it. The code just
    shown does not open the next session.
    """
    lock(user)
    if has_factor(user):
        raise Refused(
            "factor_exists", "您已绑定动态口令。需要换手机时，请联系安全管理员重置后再绑定。"
        )
    device = device_for(user, key)
    if not _try(device, code, ip):
        return None
    device.save()
    AccountEvent.objects.create(user=user, by=user, kind=AccountEvent.Kind.FACTOR_ENROLLED)
    return device


@transaction.atomic
def verify(*, user: User, code: str, ip: str) -> SecondFactor | None:
    """The device whose current code this is, or None. A code serves once, also in parallel."""
    devices = SecondFactor.objects.select_for_update(of=("self",), no_key=True)
    device = devices.filter(user=user, confirmed=True).first()
    if device is None or not _try(device, code, ip):
        return None
    device.save(update_fields=["last_step"])
    return device


@transaction.atomic
def forget_factor(*, user: User, by: User | None) -> None:
    """Remove the factor; the person enrols again at the next sign-in, old sessions end."""
    locked = lock(user)
    if by is not None:
        policies.check_may_reset_factor(by)
    rules.check_not_oneself(by, locked)
    SecondFactor.objects.filter(user=locked).delete()
    locked.session_epoch += 1
    locked.save(update_fields=["session_epoch"])
    AccountEvent.objects.create(user=locked, by=by, kind=AccountEvent.Kind.FACTOR_RESET)


def _try(device: SecondFactor, code: str, ip: str) -> bool:
    """Count, check and log one code: five wrong ones per account and window."""
    user = device.user
    hits = lockout.take(lockout.Limit(f"code:{user.pk}"))
    accepted = device.accepts(code)
    if accepted:
        lockout.give_back(hits)
    attempt = LoginAttempt(user=user, mark=name_mark(user.username), ip=ip, network=network_of(ip))
    record(attempt, Outcome.CODE_ACCEPTED if accepted else Outcome.CODE_REFUSED)
    return accepted
