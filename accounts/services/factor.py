"""The second factor: a time-based code (RFC 6238) from the officer's phone."""

import time

from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from accounts import lockout, policies, rules
from accounts.clientip import network_of
from accounts.models import AccountEvent, LoginAttempt, User
from accounts.services.sign_in import Outcome, name_mark, record
from common.errors import Refused

DEVICE_NAME = "动态口令"


def new_key() -> str:
    """A fresh secret: 20 random bytes as 40 hex digits."""
    return random_hex(20)


def has_factor(user: User) -> bool:
    """Whether the person has finished enrolling."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def device_for(user: User, key: str) -> TOTPDevice:
    """The unsaved device of a secret; its `config_url` is what the QR code says."""
    return TOTPDevice(user=user, name=DEVICE_NAME, key=key, confirmed=True)


@transaction.atomic
def enrol(*, user: User, key: str, code: str, ip: str) -> TOTPDevice | None:
    """Bind the secret when `code` proves that the phone knows it; None for a wrong code.

    Refused when a factor exists already: a stolen password must not replace it.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    if has_factor(user):
        raise Refused(
            "factor_exists", "您已绑定动态口令。需要换手机时，请联系安全管理员重置后再绑定。"
        )
    device = device_for(user, key)
    moment = TOTP(device.bin_key)
    moment.time = time.time()
    if not _try(user, ip, lambda: code.isdigit() and moment.verify(int(code), tolerance=1)):
        return None
    device.last_t = moment.t()  # the code just shown must not open the next session
    device.save()
    AccountEvent.objects.create(user=user, by=user, kind=AccountEvent.Kind.FACTOR_ENROLLED)
    return device


def verify(*, user: User, code: str, ip: str) -> TOTPDevice | None:
    """The device whose current code this is, or None. A code serves once, also in parallel."""
    with transaction.atomic():
        devices = TOTPDevice.objects.select_for_update(of=("self",), no_key=True)
        device = devices.filter(user=user, confirmed=True).order_by("id").first()
        if device is None or not _try(user, ip, lambda: device.verify_token(code)):
            return None
        return device


@transaction.atomic
def forget_factor(*, user: User, by: User | None) -> None:
    """Remove the factor; the person enrols again at the next sign-in, old sessions end."""
    if by is not None:
        policies.check_may_reset_factor(by)
    rules.check_not_oneself(by, user)
    TOTPDevice.objects.filter(user=user).delete()
    user.session_epoch += 1
    user.save(update_fields=["session_epoch"])
    AccountEvent.objects.create(user=user, by=by, kind=AccountEvent.Kind.FACTOR_RESET)


def _try(user: User, ip: str, check) -> bool:
    """Count, check and log one code: five wrong ones per account and window."""
    hits = lockout.take(lockout.Limit(f"code:{user.pk}"))
    accepted = bool(check())
    if accepted:
        lockout.give_back(hits)
    attempt = LoginAttempt(user=user, mark=name_mark(user.username), ip=ip, network=network_of(ip))
    record(attempt, Outcome.CODE_ACCEPTED if accepted else Outcome.CODE_REFUSED)
    return accepted
