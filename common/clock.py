"""Business time: one clock for every rule, in Asia/Shanghai.

`at(moment)` moves it for the code inside (a test, or the demonstration living through a year). The
move is a context variable: it holds in the current thread or task only and always ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from common.workdays import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
CUT_OFF = time(17)

_moment: ContextVar[datetime | None] = ContextVar("business_moment", default=None)


def now() -> datetime:
    """The business moment, aware, in Asia/Shanghai."""
    return (_moment.get() or datetime.now(SHANGHAI)).astimezone(SHANGHAI)


def today() -> date:
    """The business date in Asia/Shanghai, whatever zone the process runs in."""
    return now().date()


@contextmanager
def at(moment: datetime | date) -> Iterator[datetime]:
    """Hold the clock at `moment`; a date or a naive datetime is read as Asia/Shanghai."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(9))
    aware = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    token = _moment.set(aware)
    try:
        yield aware.astimezone(SHANGHAI)
    finally:
        _moment.reset(token)


def business_date(moment: datetime, calendar: Calendar, cut_off: time = CUT_OFF) -> date:
    """The day on which something received at `moment` (aware) counts as received.

    After the cut-off, or on a day off, it is the next working day: Friday evening is like Saturday.
    """
    if moment.tzinfo is None:
        raise ValueError("business_date needs a moment with a time zone")
    local = moment.astimezone(SHANGHAI)
    day = local.date()
    if local.time() <= cut_off and calendar.is_workday(day):
        return day
    return calendar.add_workdays(day, 1)
