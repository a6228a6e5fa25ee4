"""Working days: the statute's counting, the notices' days, and the algebra of both."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.errors import Refused
from common.workdays import (
    Calendar,
    DayKind,
    SpecialDay,
    YearRules,
    merge_pauses,
    package_years,
)

CALENDAR = Calendar(package_years(), version="v1")
DAY = timedelta(days=1)

#: Test vectors computed from the notices: start (not counted), working days, due.
VECTORS = [
    ("2025-01-24", 5, "2025-02-07"),
    ("2025-01-24", 20, "2025-02-27"),
    ("2025-04-25", 5, "2025-05-06"),
    ("2025-09-26", 5, "2025-10-10"),
    ("2025-09-26", 10, "2025-10-16"),
    ("2025-09-26", 20, "2025-10-30"),
    ("2026-01-02", 1, "2026-01-04"),
    ("2026-02-13", 1, "2026-02-14"),
    ("2026-02-13", 5, "2026-02-27"),
    ("2026-02-13", 20, "2026-03-19"),
    ("2026-04-30", 5, "2026-05-11"),
    ("2026-09-18", 5, "2026-09-24"),
    ("2026-09-18", 10, "2026-10-09"),
    ("2026-09-30", 1, "2026-10-08"),
    ("2026-09-30", 20, "2026-11-03"),
    ("2026-10-12", 45, "2026-12-14"),
    ("2026-11-23", 20, "2026-12-21"),
    # year end, leap day, ends of make-up weeks
    ("2024-12-31", 1, "2025-01-02"),
    ("2025-12-31", 1, "2026-01-04"),
    ("2024-02-28", 1, "2024-02-29"),
    ("2024-02-29", 1, "2024-03-01"),
    ("2023-12-29", 1, "2024-01-02"),
    ("2026-02-27", 1, "2026-02-28"),
    ("2026-02-28", 1, "2026-03-02"),
]
MAKE_UPS = {
    2024: "2-4 2-18 4-7 4-28 5-11 9-14 9-29 10-12",
    2025: "1-26 2-8 4-27 9-28 10-11",
    2026: "1-4 2-14 2-28 5-9 9-20 10-10",
}
DATES = st.dates(date(2005, 1, 1), date(2040, 12, 31))
LIMITS = st.integers(0, 250)
#: Days off as the State Council's notices print them: 国办发明电〔2024〕12号, 2025-11-04 notice.
DAYS_OFF = {
    2025: "1.1 1.28-2.4 4.4-4.6 5.1-5.5 5.31-6.2 10.1-10.8",
    2026: "1.1-1.3 2.15-2.23 4.4-4.6 5.1-5.5 6.19-6.21 9.25-9.27 10.1-10.7",
}


def d(text: str) -> date:
    return date.fromisoformat(text)


def refusal_code(call, *args) -> str:
    with pytest.raises(Refused) as error:
        call(*args)
    assert error.value.status == 422
    assert error.value.message.endswith("。")
    return error.value.code


@pytest.mark.parametrize(("start", "days", "due"), VECTORS)
def test_a_limit_ends_on_the_day_the_notices_give(start, days, due):
    assert CALENDAR.add_workdays(d(start), days) == d(due)
    assert CALENDAR.explain(d(start), days).due == d(due)
    assert CALENDAR.workdays_between(d(start), d(due)) == days


def test_a_limit_suspended_over_the_holidays_ends_ten_days_later():
    pause = [(d("2026-09-22"), d("2026-10-13"))]
    assert CALENDAR.due_date(d("2026-09-18"), 20, pause) == d("2026-11-05")
    assert CALENDAR.workdays_between(d("2026-09-21"), d("2026-10-12")) == 10


@pytest.mark.parametrize(("year", "days"), MAKE_UPS.items())
def test_make_up_days_are_worked(year, days):
    expected = {date(year, *map(int, day.split("-"))) for day in days.split()}
    every = (date(year, 1, 1) + n * DAY for n in range(366))
    notes = (CALENDAR.describe(day) for day in every if day.year == year)
    assert {note.day for note in notes if note.kind is DayKind.MAKE_UP} == expected


def days_off(year: int) -> set[date]:
    off = set()
    for span in DAYS_OFF[year].split():
        first, last = ([date(year, *map(int, d.split("."))) for d in span.split("-")] * 2)[:2]
        off |= {first + n * DAY for n in range((last - first).days + 1)}
    return off


@pytest.mark.parametrize("year", DAYS_OFF)
def test_every_day_of_the_year_is_as_the_notice_prints_it(year):
    off = days_off(year)
    make_ups = {date(year, *map(int, day.split("-"))) for day in MAKE_UPS[year].split()}
    for day in (date(year, 1, 1) + n * DAY for n in range(365)):
        at_work = day in make_ups or (day.weekday() < 5 and day not in off)
        assert CALENDAR.is_workday(day) == at_work, day
        assert (CALENDAR.describe(day).kind is DayKind.HOLIDAY) == (day in off), day


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_year_has_the_working_days_of_its_notice(year):
    assert CALENDAR.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == 248


def test_every_day_since_2004_agrees_with_the_package():
    day, last = date(2004, 1, 1), date(2026, 12, 31)
    differing = []
    while day <= last:
        if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += DAY
    assert differing == []


# --- properties -------------------------------------------------------------------------


@given(DATES, LIMITS)
def test_the_array_agrees_with_counting_day_by_day(start, days):
    day, left = start, days
    while left:
        day += DAY
        left -= CALENDAR.is_workday(day)
    assert CALENDAR.add_workdays(start, days) == day


@given(DATES, DATES, LIMITS)
def test_a_later_start_never_ends_earlier(one, other, days):
    first, second = sorted((one, other))
    assert CALENDAR.add_workdays(first, days) <= CALENDAR.add_workdays(second, days)


@given(DATES, LIMITS, LIMITS)
def test_two_limits_in_a_row_are_one(start, first, second):
    both = CALENDAR.add_workdays(CALENDAR.add_workdays(start, first), second)
    assert both == CALENDAR.add_workdays(start, first + second)


@given(DATES, LIMITS)
def test_counting_back_undoes_counting_on_from_a_working_day(start, days):
    at_work = CALENDAR.add_workdays(start, 1)
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(at_work, days), -days) == at_work


@given(DATES, LIMITS)
def test_a_limit_holds_exactly_its_working_days(start, days):
    due = CALENDAR.add_workdays(start, days)
    assert CALENDAR.workdays_between(start, due) == days
    assert CALENDAR.workdays_between(due, start) == -days
    assert due == start if days == 0 else CALENDAR.is_workday(due)


@st.composite
def limits_with_pauses(draw):
    start, days = draw(DATES), draw(st.integers(0, 60))
    near = st.integers(-30, 90).map(lambda n: start + n * DAY)
    spans = draw(st.lists(st.tuples(near, st.integers(0, 40)), max_size=4))
    return start, days, [(begin, begin + span * DAY) for begin, span in spans]


@given(limits_with_pauses())
@settings(max_examples=300)
def test_a_paused_limit_agrees_with_counting_day_by_day(limit):
    start, days, pauses = limit
    day, left = start, days
    while left:
        day += DAY
        paused = any(begin <= day < resume for begin, resume in pauses)
        left -= CALENDAR.is_workday(day) and not paused
    assert CALENDAR.due_date(start, days, pauses) == day


@given(limits_with_pauses())
def test_an_explanation_names_every_day_and_counts_the_limit(limit):
    start, days, pauses = limit
    why = CALENDAR.explain(start, days, pauses)
    assert why.due == CALENDAR.due_date(start, days, pauses)
    assert [note.day for note in why.notes] == [
        start + n * DAY for n in range(1, (why.due - start).days + 1)
    ]
    assert why.counted == days
    assert all(note.label for note in why.notes)
    assert len(why.skipped) + why.counted == len(why.notes)


# --- pauses and explanations --------------------------------------------------------------


def test_overlapping_pauses_count_once():
    one = [(d("2026-11-02"), d("2026-11-06"))]
    twice = [*one, (d("2026-11-04"), d("2026-11-06")), (d("2026-11-03"), d("2026-11-05"))]
    start = d("2026-10-30")
    assert CALENDAR.due_date(start, 5, twice) == CALENDAR.due_date(start, 5, one)
    assert merge_pauses(twice) == one


def test_a_pause_after_the_limit_or_before_it_changes_nothing():
    start, due = d("2026-11-02"), d("2026-11-09")
    assert CALENDAR.due_date(start, 5, [(d("2026-11-10"), d("2026-11-20"))]) == due
    assert CALENDAR.due_date(start, 5, [(d("2026-10-10"), d("2026-11-03"))]) == due
    assert CALENDAR.due_date(start, 0, [(d("2026-10-10"), d("2026-11-20"))]) == start


def test_an_open_pause_leaves_the_due_date_unknown():
    why = CALENDAR.explain(d("2026-11-02"), 5, [(d("2026-11-05"), None)])
    assert why.due is None
    assert [note.label for note in why.notes] == ["工作日", "工作日", "暂停计时"]
    assert CALENDAR.due_date(d("2026-11-02"), 5, [(d("2026-11-10"), None)]) == d("2026-11-09")
    nested = [(d("2026-11-03"), None), (d("2026-11-04"), d("2026-11-05"))]
    assert merge_pauses(nested) == [(d("2026-11-03"), None)]


def test_a_pause_that_ends_before_it_begins_is_a_mistake():
    with pytest.raises(ValueError, match="cannot end"):
        merge_pauses([(d("2026-11-03"), d("2026-11-02"))])


def test_each_skipped_day_has_its_reason():
    why = CALENDAR.explain(d("2026-09-18"), 5, [(d("2026-09-22"), d("2026-09-23"))])
    assert [(note.day.day, note.label) for note in why.notes] == [
        (19, "周末"),
        (20, "调休上班（国庆节）"),
        (21, "工作日"),
        (22, "暂停计时"),
        (23, "工作日"),
        (24, "工作日"),
        (25, "中秋节"),
        (26, "中秋节"),
        (27, "中秋节"),
        (28, "工作日"),
    ]
    assert why.provisional_years == ()


# --- years --------------------------------------------------------------------------------


def test_a_year_that_is_not_announced_is_provisional_and_keeps_fixed_holidays():
    assert not CALENDAR.is_provisional(d("2026-01-01"), d("2026-12-31"))
    assert CALENDAR.provisional_years(d("2026-12-30"), d("2028-01-03")) == (2027, 2028)
    assert CALENDAR.explain(d("2026-12-30"), 5).provisional_years == (2027,)
    off = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
    for month, day in off:
        assert not CALENDAR.is_workday(date(2030, month, day))
    assert CALENDAR.is_workday(d("2030-05-06"))


def test_a_provisional_year_uses_the_days_it_has():
    rules = YearRules(False, {d("2027-02-05"): SpecialDay(False, "春节（除夕）")})
    calendar = Calendar({**package_years(), 2027: rules})
    assert calendar.describe(d("2027-02-05")).label == "春节（除夕）"
    assert calendar.describe(d("2027-10-01")).label == "国庆节"
    assert calendar.is_provisional(d("2027-03-01"), d("2027-03-01"))


def test_an_announced_year_is_exactly_its_notice():
    calendar = Calendar({2030: YearRules(True, {d("2030-05-01"): SpecialDay(False, "劳动节")})})
    assert calendar.is_workday(d("2030-05-02"))
    assert not calendar.is_provisional(d("2030-01-01"), d("2030-12-31"))


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(1999, 1, 1), date(2101, 1, 1)])
def test_a_date_outside_the_calendar_is_refused_loudly(day):
    for call in (CALENDAR.is_workday, CALENDAR.describe):
        assert refusal_code(call, day) == "calendar_year_missing"
    for days in (-1, 0, 1, 20):
        assert refusal_code(CALENDAR.add_workdays, day, days) == "calendar_year_missing"
    assert refusal_code(CALENDAR.workdays_between, day, d("2026-01-01")) == "calendar_year_missing"


def test_a_limit_that_leaves_the_calendar_is_refused_loudly():
    assert refusal_code(CALENDAR.add_workdays, d("2100-12-30"), 5) == "calendar_year_missing"
    assert refusal_code(CALENDAR.add_workdays, d("2004-01-05"), -5) == "calendar_year_missing"


def test_a_calendar_carries_its_version():
    assert CALENDAR.version == "v1"
