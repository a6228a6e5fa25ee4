"""Issuing, recognising and taking back the tokens of other systems."""

import datetime
import hashlib
import hmac
import re
from collections.abc import Iterable

from django.db import transaction

from accounts import policies, rules
from accounts.models import AccountEvent, ApiToken, User
from accounts.services.people import lock
from common import clock
from common.errors import Refused

LONGEST_DAYS = 366
SHAPE = re.compile(r"hd_([0-9a-f]{8})_[A-Za-z0-9_-]{43}")


@transaction.atomic
def issue_token(
    *, user: User, name: str, scopes: Iterable[str], days: int, by: User | None
) -> tuple[ApiToken, str]:
    """Issue a token that acts for `user`; returns the row and the text, which is shown once.

    `by` is None for the command line. Raises Refused when the person may not, or the days, scopes
    or the account do not fit.
    """
    locked = lock(user)
    if by is not None:
        policies.check_may_issue_token(by)
    rules.check_token_fits(locked, list(scopes), days, longest=LONGEST_DAYS)
    prefix, text = ApiToken.new_secret()
    token = ApiToken.objects.create(
        name=name,
        user=locked,
        scopes=sorted(set(scopes)),
        prefix=prefix,
        digest=digest(text),
        expires_at=clock.now() + datetime.timedelta(days=days),
        created_by=by,
    )
    _note(token, by, AccountEvent.Kind.TOKEN_ISSUED)
    return token, text


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User | None) -> ApiToken:
    """Take a token back for good; a second time changes nothing."""
    found = ApiToken.objects.select_for_update(of=("self",), no_key=True).filter(pk=token.pk)
    locked = found.select_related("user").first()
    if locked is None:
        raise Refused("no_such_token", "没有这个令牌。请刷新后再试。", status=404)
    if by is not None:
        policies.check_may_issue_token(by)
    if locked.revoked_at is None:
        locked.revoked_at = clock.now()
        locked.save(update_fields=["revoked_at"])
        _note(locked, by, AccountEvent.Kind.TOKEN_REVOKED)
    return locked


def recognise(text: str) -> ApiToken | None:
    """The valid token behind `text`, its day of use noted; None for anything else."""
    shape = SHAPE.fullmatch(text)
    if shape is None:
        return None
    rows = ApiToken.objects.valid(clock.now()).select_related("user")
    token = rows.filter(prefix=shape.group(1)).first()
    if token is None or not hmac.compare_digest(token.digest, digest(text)):
        return None
    _note_use(token)
    return token


def digest(text: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(text.encode()).hexdigest()


def _note_use(token: ApiToken) -> None:
    """One write a day at most."""
    today = clock.today()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        token.last_used_on = today


def _note(token: ApiToken, by: User | None, kind: str) -> None:
    AccountEvent.objects.create(user=token.user, by=by, kind=kind, detail=str(token)[:100])
