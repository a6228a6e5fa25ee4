"""Short links `/p/<code>`: a way to carry a public page on paper or to the phone.

A code opens a page anyone may open; it never authorises anything. Codes are eight characters of
Crockford's base 32 (no I, L, O, U), 40 random bits; reading is forgiving about case, O and I.
"""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import Resolver404, resolve

from common.clock import now
from common.errors import Refused
from matters.models import ShortLink

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LOOKALIKES = str.maketrans("OIL", "011")
ATTEMPTS = 5


class UnknownCode(Refused):
    """No such code was ever given out (or it was mistyped)."""

    def __init__(self) -> None:
        super().__init__(
            "short_link_unknown",
            "没有这个短链接。请对照纸上的 8 位字符重新输入，或者回到首页搜索事项。",
            status=404,
        )


class ExpiredCode(Refused):
    """The code was right once."""

    def __init__(self) -> None:
        super().__init__(
            "short_link_expired",
            "这个短链接已经过期，内容可能有变化。请回到首页搜索事项，重新生成一个。",
            status=410,
        )


def new_code() -> str:
    """Eight random characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalise(code: str) -> str:
    """The code as it is stored: capitals, no blanks or hyphens, look-alikes replaced."""
    return code.upper().replace("-", "").replace(" ", "").translate(LOOKALIKES)


def is_own_public_path(target: str) -> bool:
    """Whether `target` is a path of this portal that opens without signing in."""
    if not target.startswith("/") or target.startswith("//") or not target.isprintable():
        return False
    if "\\" in target or "#" in target:
        return False
    try:
        match = resolve(target.partition("?")[0])
    except Resolver404:
        return False
    return getattr(match.func, "login_required", True) is False


def share(purpose: str, target: str, *, lifetime: timedelta) -> ShortLink:
    """The link to `target` for this purpose: the existing one, or a new one.

    A link past half of its life is prolonged. Raises `ValueError` for a target that is not a
    public path of this portal: only code chooses targets, never a reader.
    """
    if not is_own_public_path(target):
        raise ValueError(f"not a public path of this portal: {target!r}")
    link = ShortLink.objects.filter(purpose=purpose, target=target).first()
    if link is None:
        return _create(purpose, target, now() + lifetime)
    if link.expires_at - now() < lifetime / 2:
        link.expires_at = now() + lifetime
        link.save(update_fields=["expires_at"])
    return link


def _create(purpose: str, target: str, expires_at: datetime) -> ShortLink:
    """Insert with a fresh code; a code met twice is drawn again, a parallel insert is shared."""
    for attempt in range(ATTEMPTS):
        values = {"code": new_code(), "created_at": now(), "expires_at": expires_at}
        try:
            with transaction.atomic():
                return ShortLink.objects.get_or_create(
                    purpose=purpose, target=target, defaults=values
                )[0]
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def follow(code: str) -> str:
    """Target of a code, counted as opened once. Raises `UnknownCode` or `ExpiredCode`."""
    link = ShortLink.objects.filter(code=normalise(code)).first()
    if link is None:
        raise UnknownCode
    if link.expires_at <= now():
        raise ExpiredCode
    ShortLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
    return link.target
