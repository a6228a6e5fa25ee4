"""Working days: 行政许可法 Art. 82 counts limits in them, 民法典 Art. 201 leaves the first day out.

Arithmetic on arrays: day i knows how many working days there are up to it, and the k-th working day
knows its date, so a question is two look-ups. `common.calendars` decides which rules hold.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from chinese_calendar import Holiday, constants

from common.errors import Refused

FIRST_YEAR, LAST_YEAR = 2004, 2100
_BASE = date(FIRST_YEAR, 1, 1).toordinal()
_DAY = timedelta(days=1)
#: Statutory holidays on a fixed date, 全国年节及纪念日放假办法 (2024) Art. 2.
FIXED_HOLIDAYS = {(1, 1): "元旦"} | {(5, n): "劳动节" for n in (1, 2)}
FIXED_HOLIDAYS |= {(10, n): "国庆节" for n in (1, 2, 3)}
#: A pause of the clock: first day not counted, first day counted again (None: still paused).
Pause = tuple[date, date | None]
DayKind = StrEnum("DayKind", ["WORKDAY", "MAKE_UP", "WEEKEND", "HOLIDAY", "PAUSED"])


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday: at work on a weekend, or off because of `name`."""

    works: bool
    name: str


@dataclass(frozen=True, slots=True)
class YearRules:
    """The special days of a year; `announced` when the State Council's notice is in it."""

    announced: bool
    days: Mapping[date, SpecialDay]


@dataclass(frozen=True, slots=True)
class DayNote:
    """What one day is, in a word that can be printed."""

    day: date
    kind: DayKind
    label: str

    @property
    def counts(self) -> bool:
        return self.kind in {DayKind.WORKDAY, DayKind.MAKE_UP}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a limit ends when it does: one note for every day after `start` up to `due`.

    `due` is None while an open pause keeps it unknown.
    """

    start: date
    limit: int
    due: date | None
    notes: tuple[DayNote, ...]
    provisional_years: tuple[int, ...]

    @property
    def counted(self) -> int:
        return sum(note.counts for note in self.notes)

    @property
    def skipped(self) -> tuple[DayNote, ...]:
        return tuple(note for note in self.notes if not note.counts)


class Calendar:
    """Working days of 2004 to 2100 under `years`; a year missing there is provisional."""

    def __init__(self, years: Mapping[int, YearRules], version: object = None):
        self.version = version
        self._announced = frozenset(year for year, rules in years.items() if rules.announced)
        self._special = dict(_special_days(years))
        days = [date.fromordinal(n) for n in range(_BASE, date(LAST_YEAR + 1, 1, 1).toordinal())]
        works = [self._works(day) for day in days]
        self._upto = list(accumulate(works))
        self._dates = [day for day, at_work in zip(days, works, strict=True) if at_work]

    def _works(self, day: date) -> bool:
        special = self._special.get(day)
        return special.works if special else day.weekday() < 5

    def is_workday(self, day: date) -> bool:
        self._index(day)
        return self._works(day)

    def add_workdays(self, start: date, days: int) -> date:
        """The last day of a limit of `days` working days; `start` is not counted.

        0 days is `start` itself, negative days count back. Refuses what leaves the calendar.
        """
        i = start.toordinal() - _BASE
        if days <= 0 or i < 0:
            return self._add_slowly(start, days)
        try:
            return self._dates[self._upto[i] + days - 1]
        except IndexError:
            raise _missing(max(start.year, LAST_YEAR + 1)) from None

    def _add_slowly(self, start: date, days: int) -> date:
        k = self._upto[self._index(start)] - self._works(start) + days
        if days and k < 0:
            raise _missing(FIRST_YEAR - 1)
        return self._dates[k] if days else start

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        return self._upto[self._index(end)] - self._upto[self._index(start)]

    def due_date(self, start: date, days: int, paused: Iterable[Pause] = ()) -> date | None:
        """`add_workdays`, with the working days of every pause left out (行政许可法 Art. 45).

        A day d is not counted when pause start <= d < resumption; what overlaps counts once. None
        while an open pause begins before the limit ends.
        """
        due = self.add_workdays(start, days)
        for begin, resume in merge_pauses(paused):
            if days <= 0 or begin > due:
                break
            if resume is None:
                return None
            first = max(begin, start + _DAY)
            if resume > first:
                days += self.workdays_between(first - _DAY, resume - _DAY)
                due = self.add_workdays(start, days)
        return due

    def describe(self, day: date) -> DayNote:
        """The day as the calendar has it, without pauses."""
        self._index(day)
        if special := self._special.get(day):
            if special.works:
                return DayNote(day, DayKind.MAKE_UP, f"调休上班（{special.name}）")
            return DayNote(day, DayKind.HOLIDAY, special.name)
        weekend = DayNote(day, DayKind.WEEKEND, "周末")
        return weekend if day.weekday() >= 5 else DayNote(day, DayKind.WORKDAY, "工作日")

    def explain(self, start: date, days: int, paused: Iterable[Pause] = ()) -> Explanation:
        """The due date with every day on the way to it named; `days` >= 0."""
        pauses = merge_pauses(paused)
        due = self.due_date(start, days, pauses)
        end = due if due is not None else max(start, pauses[-1][0])
        notes = tuple(self._note(day, pauses) for day in _days(start + _DAY, end))
        return Explanation(start, days, due, notes, self.provisional_years(start, end))

    def _note(self, day: date, pauses: list[Pause]) -> DayNote:
        note = self.describe(day)
        paused = any(begin <= day and (resume is None or day < resume) for begin, resume in pauses)
        return DayNote(day, DayKind.PAUSED, "暂停计时") if note.counts and paused else note

    def provisional_years(self, start: date, end: date) -> tuple[int, ...]:
        """Years between the two dates whose State Council notice is not loaded."""
        years = range(start.year, end.year + 1)
        return tuple(year for year in years if year not in self._announced)

    def is_provisional(self, start: date, end: date) -> bool:
        return bool(self.provisional_years(start, end))

    def _index(self, day: date) -> int:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise _missing(day.year)
        return day.toordinal() - _BASE


def merge_pauses(paused: Iterable[Pause]) -> list[Pause]:
    """Pauses in order, overlapping or touching ones joined; nothing follows an open one."""
    merged: list[Pause] = []
    for begin, resume in sorted(paused, key=lambda pause: pause[0]):
        if resume is not None and resume < begin:
            raise ValueError(f"a pause from {begin} cannot end on {resume}")
        first, last = merged.pop() if merged else (begin, begin)
        if last is not None and begin > last:
            merged.append((first, last))
            first = last = begin
        merged.append((first, None if last is None or resume is None else max(last, resume)))
    return merged


def package_years() -> dict[int, YearRules]:
    """The announced years that the package chinesecalendar knows, from 2004."""
    days: dict[int, dict[date, SpecialDay]] = {}
    for table, works in ((constants.holidays, False), (constants.workdays, True)):
        for day, name in table.items():
            word = Holiday(name).chinese
            label = word if word.endswith(("旦", "节", "日")) else word + "节"
            days.setdefault(day.year, {})[day] = SpecialDay(works, label)
    return {year: YearRules(announced=True, days=rules) for year, rules in days.items()}


def _special_days(years: Mapping[int, YearRules]) -> Iterator[tuple[date, SpecialDay]]:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        rules = years.get(year)
        if rules is None or not rules.announced:
            for (month, day), name in FIXED_HOLIDAYS.items():
                yield date(year, month, day), SpecialDay(False, name)
        if rules is not None:
            yield from rules.days.items()


def _days(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


def _missing(year: int) -> Refused:
    return Refused(
        "calendar_year_missing",
        f"工作日历只含 {FIRST_YEAR} 至 {LAST_YEAR} 年，不能推算 {year} 年的期限。请检查日期。",
        status=422,
    )
