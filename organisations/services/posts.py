"""Giving staff a post and ending it."""

import datetime

from django.db import transaction

from accounts.models import User
from common import clock
from organisations.models import Agency, Membership, Window
from organisations.rules import check_post


@transaction.atomic
def appoint(
    *,
    user: User,
    agency: Agency,
    role: str,
    window: Window | None = None,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
) -> Membership:
    """Give a post from a day on (default today). Raises Refused or ValidationError (overlap)."""
    check_post(user, agency, role, window)
    post = Membership(
        user=user,
        agency=agency,
        role=role,
        window=window,
        starts_on=starts_on or clock.today(),
        ends_on=ends_on,
    )
    post.full_clean()
    post.save()
    return post


@transaction.atomic
def end_post(*, post: Membership, last_day: datetime.date | None = None) -> Membership:
    """End a post after `last_day` (default today); a post that has not begun is removed."""
    last_day = last_day or clock.today()
    locked = Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    if last_day < locked.starts_on:
        locked.delete()
        return locked
    locked.ends_on = last_day
    locked.save(update_fields=["ends_on"])
    return locked
