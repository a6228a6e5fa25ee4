"""The working-day table: loaded whole or not at all, and never answered from a stale copy."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from common.calendars import current_calendar, load_calendar, years_to_announce
from common.models import CalendarDay, CalendarState, CalendarYear
from common.rowerrors import RowErrors

pytestmark = pytest.mark.django_db
TABLE = Path(django_settings.BASE_DIR) / "data" / "holidays_2025_2027.csv"
HEADER = "date,holiday,kind,detail,source\n"


@pytest.fixture
def sheet(tmp_path):
    def write(*rows: str, header: str = HEADER) -> Path:
        path = tmp_path / "calendar.csv"
        path.write_text(header + "".join(row + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def version():
    return CalendarState.objects.values_list("changed_at", flat=True).first()


def test_the_delivered_table_loads_and_loading_again_changes_nothing():
    assert load_calendar(TABLE).changed == [2025, 2026, 2027]
    before, days = version(), list(CalendarDay.objects.values_list())
    assert load_calendar(TABLE).unchanged == [2025, 2026, 2027]
    assert (version(), list(CalendarDay.objects.values_list())) == (before, days)


def test_a_year_of_estimates_is_provisional():
    load_calendar(TABLE)
    assert dict(CalendarYear.objects.values_list("year", "announced")) == {
        2025: True,
        2026: True,
        2027: False,
    }
    calendar = current_calendar()
    assert calendar.describe(date(2027, 2, 5)).label == "春节（除夕）"
    assert calendar.explain(date(2026, 12, 28), 5).provisional_years == (2027,)


def test_without_a_table_the_package_answers_for_its_years():
    calendar = current_calendar()
    assert calendar.version is None
    assert calendar.add_workdays(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert calendar.describe(date(2010, 2, 14)).label == "春节"


def test_the_calendar_is_kept_until_the_table_changes(django_assert_num_queries):
    load_calendar(TABLE)
    first = current_calendar()
    with django_assert_num_queries(1):
        assert current_calendar() is first
    CalendarDay.objects.filter(date="2026-02-14").delete()
    changed = current_calendar()
    assert changed.version > first.version
    assert not changed.is_workday(date(2026, 2, 14))


@pytest.mark.parametrize(
    "change",
    [
        lambda: CalendarYear.objects.filter(year=2027).update(announced=True),
        lambda: CalendarDay.objects.filter(date="2027-06-09").update(holiday="端午"),
        lambda: CalendarDay.objects.get(date="2027-06-09").delete(),
        lambda: CalendarYear.objects.create(year=2028, source="测试"),
    ],
)
def test_every_road_to_the_table_gives_a_new_version(change):
    load_calendar(TABLE)
    before = version()
    change()
    assert version() > before


def test_a_change_that_is_rolled_back_leaves_no_trace_in_the_cached_calendar():
    load_calendar(TABLE)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        CalendarDay.objects.filter(date="2026-02-14").delete()
        assert not current_calendar().is_workday(date(2026, 2, 14))
        _ = 1 / 0
    assert current_calendar().is_workday(date(2026, 2, 14))
    CalendarDay.objects.filter(date="2026-02-28").delete()
    assert current_calendar().is_workday(date(2026, 2, 14))


def test_an_announced_year_beats_an_estimate_of_the_table():
    CalendarYear.objects.create(year=2026, announced=False, source="推算")
    assert current_calendar().is_workday(date(2026, 2, 14))
    assert not current_calendar().is_provisional(date(2026, 1, 1), date(2026, 12, 31))


def test_estimates_never_replace_an_announced_year(sheet):
    load_calendar(sheet("2027-02-20,春节,调休上班,周末上班,国办发明电〔2026〕99号"))
    loaded = load_calendar(TABLE)
    assert (loaded.kept, loaded.changed) == ([2027], [2025, 2026])
    assert current_calendar().is_workday(date(2027, 2, 20))


def test_a_changed_year_is_replaced_as_a_whole(sheet):
    load_calendar(TABLE)
    notice = "国办发明电〔2026〕99号"
    rows = [f"2027-01-01,元旦,放假,法定,{notice}", f"2027-02-20,春节,调休上班,周末上班,{notice}"]
    assert load_calendar(sheet(*rows)).changed == [2027]
    days = CalendarDay.objects.filter(year=2027)
    assert [(day.date, day.kind, day.statutory) for day in days] == [
        (date(2027, 1, 1), "off", True),
        (date(2027, 2, 20), "work", False),
    ]
    assert current_calendar().provisional_years(date(2025, 1, 1), date(2027, 12, 31)) == ()


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("2027-13-01,元旦,放假,法定,通知", "date", "错误的日期"),
        ("1999-01-01,元旦,放假,法定,通知", "date", "2004"),
        ("2027-01-01,元旦,休息,法定,通知", "kind", "放假 或 调休上班"),
        ("2027-01-01,,放假,法定,通知", "holiday", "不能为空"),
        ("2027-01-01,元旦", "kind", "不能为空"),
        ("2027-01-04,元旦,调休上班,法定,通知", "date", "只能是周六或周日"),
        ("2027-02-01,元旦,放假,法定,通知", "date", "重复"),
        (f"2027-01-01,{'长' * 21},放假,法定,通知", "holiday", "20"),
    ],
)
def test_one_wrong_row_stops_the_whole_file_and_is_named(sheet, row, column, reason):
    with pytest.raises(RowErrors) as refusal:
        load_calendar(sheet("2027-02-01,元旦,放假,法定,通知", row))
    error = refusal.value.errors[0]
    assert (error.row, error.column) == (3, column)
    assert reason in error.reason
    assert not CalendarYear.objects.exists()


def test_all_wrong_rows_are_told_at_once(sheet):
    with pytest.raises(RowErrors) as refusal:
        load_calendar(sheet("x,元旦,放假,法定,通知", "2027-01-04,元旦,上班,法定,通知"))
    assert [(error.row, error.column) for error in refusal.value.errors] == [
        (2, "date"),
        (3, "kind"),
    ]


def test_a_missing_column_is_named(sheet):
    with pytest.raises(RowErrors) as refusal:
        load_calendar(sheet(header="date,holiday,kind\n"))
    assert [error.column for error in refusal.value.errors] == ["detail", "source"]


def test_the_command_says_what_it_did(sheet):
    out = StringIO()
    call_command("load_calendar", str(TABLE), stdout=out)
    assert out.getvalue() == "已更新：2025、2026、2027 年\n"
    call_command("load_calendar", str(TABLE), stdout=out)
    assert out.getvalue().endswith("没有变化：2025、2026、2027 年\n")
    with pytest.raises(CommandError, match="第 2 行“date”（x）.*\n共 1 处错误，没有载入任何一行"):
        call_command("load_calendar", str(sheet("x,元旦,放假,法定,通知")))
    with pytest.raises(CommandError, match="读不了"):
        call_command("load_calendar", "nowhere.csv")


def test_sixty_days_before_an_unannounced_year_it_is_called_for():
    load_calendar(TABLE)
    calendar = current_calendar()
    assert years_to_announce(calendar, date(2026, 11, 1)) == ()
    assert years_to_announce(calendar, date(2026, 11, 2)) == (2027,)


@pytest.mark.parametrize(
    "values",
    [
        {"date": date(2028, 1, 1), "kind": "off"},
        {"date": date(2027, 1, 4), "kind": "work"},
        {"date": date(2027, 6, 9), "kind": "off"},
    ],
)
def test_the_database_refuses_a_day_that_cannot_be(values):
    load_calendar(TABLE)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(year_id=2027, holiday="元旦", **values)


def test_the_state_is_one_row():
    load_calendar(TABLE)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO common_calendarstate (id, changed_at) VALUES (2, now())")
