"""Pausing, resuming and withdrawing a matter. Cases already accepted go on under their edition."""

import datetime

from django.db import transaction

from accounts.models import User
from common import clock
from common.errors import Refused
from matters.models import Matter, MatterVersion
from matters.services.moves import lock_matter, move_matter, require_reason
from matters.workflow import MatterEvent, MatterStatus


@transaction.atomic
def suspend_matter(*, matter_id: int, by: User, reason: str) -> Matter:
    """Stop taking applications for a while; the guide stays readable and says so."""
    return _switch(matter_id, MatterEvent.SUSPEND, by=by, reason=reason)


@transaction.atomic
def resume_matter(*, matter_id: int, by: User, reason: str) -> Matter:
    """Take applications again."""
    return _switch(matter_id, MatterEvent.RESUME, by=by, reason=reason)


@transaction.atomic
def withdraw_matter(
    *, matter_id: int, by: User, reason: str, on: datetime.date | None = None
) -> Matter:
    """Take a matter off the list at 00:00 of `on`, at once when the day is today or not given.

    Refused: 422 when the day lies in the past, 409 when the matter is withdrawn already.
    """
    day = on or clock.today()
    if day < clock.today():
        message = "取消日期不能早于今天。请改为今天或以后的日期。"
        raise Refused("day_in_past", message, status=422)
    event = MatterEvent.WITHDRAW if day == clock.today() else MatterEvent.PLAN_WITHDRAWAL
    matter = lock_matter(matter_id)
    move_matter(matter, event, by=by, reason=require_reason(reason), on=day)
    matter.withdraw_on = day
    matter.save(update_fields=["status", "withdraw_on"])
    return matter


@transaction.atomic
def keep_matter(*, matter_id: int, by: User, reason: str) -> Matter:
    """Drop a planned withdrawal."""
    matter = lock_matter(matter_id)
    if matter.withdraw_on is None:
        raise Refused("no_withdrawal_planned", "这个事项没有取消计划，不用撤销。")
    move_matter(matter, MatterEvent.KEEP, by=by, reason=require_reason(reason))
    matter.withdraw_on = None
    matter.save(update_fields=["status", "withdraw_on"])
    return matter


@transaction.atomic
def withdraw_due(*, matter_id: int) -> Matter | None:
    """The clock's withdrawal: the planned day, or the retirement day of the edition in force."""
    matter = lock_matter(matter_id)
    day = _retirement(matter)
    if matter.status == MatterStatus.WITHDRAWN or day is None or day > clock.today():
        return None
    move_matter(matter, MatterEvent.WITHDRAW, by=None, reason="计划取消日期已到", on=day)
    matter.withdraw_on = day
    matter.save(update_fields=["status", "withdraw_on"])
    return matter


def _retirement(matter: Matter) -> datetime.date | None:
    current = MatterVersion.objects.published().filter(matter=matter)
    days = [matter.withdraw_on, *current.values_list("retire_on", flat=True)]
    return min((day for day in days if day), default=None)


def _switch(matter_id: int, event: MatterEvent, *, by: User, reason: str) -> Matter:
    matter = lock_matter(matter_id)
    move_matter(matter, event, by=by, reason=require_reason(reason))
    matter.save(update_fields=["status"])
    return matter
