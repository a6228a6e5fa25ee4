"""Which calendar holds: the table first, the package for older years, provisional after that."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.db import transaction

from common.models import CalendarDay, CalendarState, CalendarYear
from common.rowerrors import RowError, RowErrors
from common.workdays import (
    FIRST_YEAR,
    LAST_YEAR,
    Calendar,
    SpecialDay,
    YearRules,
    package_years,
)

COLUMNS = ("date", "holiday", "kind", "detail", "source")
KINDS = {label: value for value, label in CalendarDay.Kind.choices}
ESTIMATED = "推算"  # in `source`: the notice of that year is not out yet
ALERT_DAYS = 60


def current_calendar() -> Calendar:
    """The calendar as the table has it now; costs one primary-key read, rebuilt when changed."""
    version = CalendarState.objects.values_list("changed_at", flat=True).first()
    return _build(version)


@lru_cache(maxsize=2)
def _build(version) -> Calendar:
    years = package_years()
    for year, rules in _table_years().items():
        if rules.announced or year not in years:  # an announced year beats an estimate
            years[year] = rules
    return Calendar(years, version)


def _table_years() -> dict[int, YearRules]:
    rows = CalendarYear.objects.prefetch_related("days")
    return {row.year: YearRules(row.announced, _special(row.days.all())) for row in rows}


def _special(days: Iterable[CalendarDay]) -> dict[date, SpecialDay]:
    work = CalendarDay.Kind.WORK
    return {day.date: SpecialDay(day.kind == work, day.holiday) for day in days}


def years_to_announce(calendar: Calendar, today: date) -> tuple[int, ...]:
    """Years that begin to matter within 60 days and whose notice is not entered yet."""
    return calendar.provisional_years(today, today + timedelta(days=ALERT_DAYS))


# --- loading a file ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Loaded:
    """What `load_calendar` did, by year."""

    changed: list[int]
    unchanged: list[int]
    kept: list[int]  # announced here, only estimated in the file


def load_calendar(path: Path) -> Loaded:
    """Replace every year of the CSV `path` (columns COLUMNS) as a whole; raises RowErrors.

    A year whose rows say 推算 in `source` is loaded as provisional and never replaces an announced
    one. Loading the same file again writes nothing, so the version stays.
    """
    years = _read(path)
    result = Loaded([], [], [])
    with transaction.atomic():
        for year, days in sorted(years.items()):
            _outcome(result, year, days).append(year)
    return result


def _outcome(result: Loaded, year: int, days: list[CalendarDay]) -> list[int]:
    announced = not any(ESTIMATED in day.source for day in days)
    source = "；".join(dict.fromkeys(day.source for day in days))[:200]
    found = CalendarYear.objects.select_for_update().filter(year=year).first()
    if found and found.announced and not announced:
        return result.kept
    same_year = found and (found.announced, found.source) == (announced, source)
    if same_year and list(map(_content, found.days.all())) == list(map(_content, days)):
        return result.unchanged
    CalendarYear.objects.update_or_create(
        year=year, defaults={"announced": announced, "source": source}
    )
    CalendarDay.objects.filter(year=year).delete()
    CalendarDay.objects.bulk_create(days)
    return result.changed


def _content(day: CalendarDay) -> tuple:
    return day.date, day.kind, day.holiday, day.statutory, day.source


def _read(path: Path) -> dict[int, list[CalendarDay]]:
    """Days by year, in order of date."""
    errors: list[RowError] = []
    days: dict[date, CalendarDay] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
            raise RowErrors([RowError(path.name, 1, name, "", "缺少这一列。") for name in missing])
        for number, row in enumerate(reader, start=2):
            wrong = _wrong_cells(row, days)
            errors += [
                RowError(path.name, number, name, row[name] or "", why) for name, why in wrong
            ]
            if not wrong:
                day = _day(row)
                days[day.date] = day
    if errors:
        raise RowErrors(errors)
    by_year: dict[int, list[CalendarDay]] = {}
    for day in sorted(days.values(), key=lambda day: day.date):
        by_year.setdefault(day.year_id, []).append(day)
    return by_year


def _wrong_cells(row: dict[str, str], seen: dict[date, CalendarDay]) -> list[tuple[str, str]]:
    wrong = [(name, "不能为空。") for name in COLUMNS if not (row[name] or "").strip()]
    if wrong:
        return wrong
    if row["kind"] not in KINDS:
        wrong.append(("kind", f"应为 {' 或 '.join(KINDS)}。"))
    if len(row["holiday"]) > 20 or len(row["source"]) > 200:
        wrong.append(("holiday", "节日最多 20 字，来源最多 200 字。"))
    day = _date(row["date"])
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        wrong.append(("date", f"应为 {FIRST_YEAR} 年以后的日期，写作 2026-01-31。"))
    elif day in seen:
        wrong.append(("date", "与前面的一行重复。"))
    elif row["kind"] == CalendarDay.Kind.WORK.label and day.weekday() < 5:
        wrong.append(("date", "这一天不是周末，不能是调休上班。"))
    return wrong


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(row: dict[str, str]) -> CalendarDay:
    day = date.fromisoformat(row["date"])
    return CalendarDay(
        year_id=day.year,
        date=day,
        kind=KINDS[row["kind"]],
        holiday=row["holiday"],
        statutory=row["detail"].startswith("法定"),
        source=row["source"],
    )
