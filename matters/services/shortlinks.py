"""Short links `/p/<code>`: a way to carry a public page on paper or to the phone.

A code opens a page anyone may open; it never authorises anything. Codes are eight characters of
Crockford's base 32 (no I, L, O, U), 40 random bits; reading is forgiving about case, O and I.
"""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import Resolver404, resolve

from accounts.redirects import safe_next
from common.clock import now
from common.errors import Refused
from matters.models import ShortLink

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LOOKALIKES = str.maketrans("OIL", "011")
ATTEMPTS = 5
MATERIAL_LIST, MATERIAL_LIST_LIVES = "material-list", timedelta(days=180)


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
    if safe_next(target) != target or "#" in target:
        return False
    try:
        match = resolve(target.partition("?")[0])
    except Resolver404:
        return False
    return getattr(match.func, "login_required", True) is False


def material_list_code(path: str) -> str:
    """Code of the short link to a material list; `path` is its canonical path and query.

    Equal answers share one link, so links are as few as there are different lists.
    """
    return share(MATERIAL_LIST, path, lifetime=MATERIAL_LIST_LIVES).code


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
    values = {"created_at": now(), "expires_at": expires_at}
    for _ in range(ATTEMPTS - 1):
        with suppress(IntegrityError), transaction.atomic():
            return _insert(purpose, target, values)
    return _insert(purpose, target, values)


def _insert(purpose: str, target: str, values: dict[str, datetime]) -> ShortLink:
    defaults = {"code": new_code(), **values}
    found = ShortLink.objects.get_or_create(purpose=purpose, target=target, defaults=defaults)
    return found[0]


def follow(code: str) -> str:
    """Target of a code, counted as opened once. Raises `UnknownCode` or `ExpiredCode`."""
    spelt = normalise(code)
    possible = set(spelt) <= set(ALPHABET)  # anything may stand in an address, a NUL too
    link = ShortLink.objects.filter(code=spelt).first() if possible else None
    if link is None:
        raise UnknownCode
    if link.expires_at <= now():
        raise ExpiredCode
    ShortLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
    return link.target
