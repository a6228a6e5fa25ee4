"""Which calendar holds: the table first, the package for older years, provisional after that."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from common.models import CalendarDay, CalendarState, CalendarYear
from common.rowerrors import RowError, RowErrors
from common.workdays import Calendar, SpecialDay, YearRules, package_years

COLUMNS = ("date", "holiday", "kind", "detail", "source")
CONTENT = ("date", "kind", "holiday", "statutory", "source")
KINDS = {label: value for value, label in CalendarDay.Kind.choices}
ESTIMATED = "推算"  # in `source`: the notice of that year is not out yet
ALERT_DAYS = 60


def current_calendar() -> Calendar:
    """The calendar as the table has it now; costs one primary-key read, rebuilt when changed."""
    version = CalendarState.objects.values_list("changed_at", flat=True).first()
    return _build(version)


@lru_cache(maxsize=2)
def _build(version: datetime | None) -> Calendar:
    years = package_years()
    for year, rules in _table_years().items():
        if rules.announced or year not in years:  # an announced year beats an estimate
            years[year] = rules
    return Calendar(years, version)


def _table_years() -> dict[int, YearRules]:
    days: dict[int, dict[date, SpecialDay]] = defaultdict(dict)
    for day in CalendarDay.objects.all():
        works = day.kind == CalendarDay.Kind.WORK
        days[day.year_id][day.date] = SpecialDay(works, day.holiday)
    years = CalendarYear.objects.all()
    return {row.year: YearRules(row.announced, days[row.year]) for row in years}


def years_to_announce(calendar: Calendar, today: date) -> tuple[int, ...]:
    """Years that begin to matter within 60 days and whose notice is not entered yet."""
    return calendar.provisional_years(today, today + timedelta(days=ALERT_DAYS))


@dataclass(frozen=True)
class Loaded:
    """What `load_calendar` did, by year; `kept` are announced here and estimated in the file."""

    changed: list[int]
    unchanged: list[int]
    kept: list[int]


def load_calendar(path: Path) -> Loaded:
    """Replace every year of the CSV `path` (columns COLUMNS) as a whole; raises RowErrors.

    A year whose rows say 推算 in `source` is loaded as provisional and never replaces an announced
    one. Loading the same file again writes nothing, so the version stays.
    """
    days = sorted(_read(path), key=lambda day: day.date)
    result = Loaded([], [], [])
    with transaction.atomic():
        for year, of_year in groupby(days, key=lambda day: day.year_id):
            _store(result, year, list(of_year)).append(year)
    return result


def _store(result: Loaded, year: int, days: list[CalendarDay]) -> list[int]:
    """Write one year where it differs; answers the list of `result` it belongs to."""
    announced = not any(ESTIMATED in day.source for day in days)
    source = "；".join(dict.fromkeys(day.source for day in days))[:200]
    found = CalendarYear.objects.select_for_update().filter(year=year).first()
    if found and found.announced and not announced:
        return result.kept
    values = {"announced": announced, "source": source}
    stored = list(CalendarDay.objects.filter(year=year).values_list(*CONTENT))
    same_days = stored == [tuple(getattr(day, name) for name in CONTENT) for day in days]
    if same_days and CalendarYear.objects.filter(year=year, **values).exists():
        return result.unchanged
    CalendarYear.objects.update_or_create(year=year, defaults=values)
    CalendarDay.objects.filter(year=year).delete()
    CalendarDay.objects.bulk_create(days)
    return result.changed


def _read(path: Path) -> list[CalendarDay]:
    errors: list[RowError] = []
    days: dict[date, CalendarDay] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
            raise RowErrors([RowError(path.name, 1, name, "", "缺少这一列。") for name in missing])
        for number, row in enumerate(reader, start=2):
            cells = {name: (row[name] or "").strip() for name in COLUMNS}
            try:
                day = _day(cells)
                if days.setdefault(day.date, day) is not day:
                    raise ValidationError({"date": "与前面的一行重复。"})
            except ValidationError as error:
                for name, why in error.message_dict.items():
                    column = name if name in cells else "date"
                    errors.append(RowError(path.name, number, column, cells[column], "".join(why)))
    if errors:
        raise RowErrors(errors)
    return list(days.values())


def _day(cells: dict[str, str]) -> CalendarDay:
    """The row as a day; raises ValidationError by column."""
    statutory = cells["detail"].startswith("法定")
    known = {name: cells[name] for name in ("date", "holiday", "source")}
    day = CalendarDay(kind=KINDS.get(cells["kind"], cells["kind"]), statutory=statutory, **known)
    day.clean_fields(exclude=["year"])
    day.year_id = day.date.year
    CalendarYear(year=day.year_id, source=day.source or "-").validate_constraints()
    day.validate_constraints()
    return day
