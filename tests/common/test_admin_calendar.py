"""The calendar in the admin: a year with its days, mistakes said in Chinese."""

from datetime import date

import pytest
from django.contrib.admin.sites import site
from django.contrib.messages.storage.fallback import FallbackStorage

from common import clock
from common.admin import CalendarYearAdmin
from common.calendars import current_calendar
from common.models import CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return CalendarYearAdmin(CalendarYear, site)


@pytest.fixture
def request_of(rf, django_user_model, monkeypatch):
    user = django_user_model.objects.create_user("calendar-keeper", display_name="历法维护")
    monkeypatch.setattr(django_user_model, "has_perm", lambda self, perm, obj=None: True)

    def make(method: str = "get", data: dict | None = None):
        request = getattr(rf, method)("/", data or {})
        request.user, request.session = user, {}
        request._messages = FallbackStorage(request)
        request._dont_enforce_csrf_checks = True
        return request

    return make


def form_data(**day) -> dict:
    days = {f"days-0-{name}": value for name, value in day.items()}
    counts = {"days-TOTAL_FORMS": "1", "days-INITIAL_FORMS": "0"}
    return {"year": "2028", "announced": "on", "source": "国办发明电〔2027〕9号", **counts, **days}


def test_a_saved_year_changes_the_calendar(page, request_of):
    before = current_calendar()
    data = form_data(date="2028-02-12", kind="work", holiday="春节")
    assert page.add_view(request_of("post", data)).status_code == 302
    after = current_calendar()
    assert after.version != before.version
    assert after.is_workday(date(2028, 2, 12))
    assert not after.is_provisional(date(2028, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ({"date": "2028-02-14", "kind": "work", "holiday": "春节"}, "调休上班只能是周六或周日"),
        ({"date": "2027-02-13", "kind": "work", "holiday": "春节"}, "日期不在所属年份内"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(page, request_of, day, sentence):
    response = page.add_view(request_of("post", form_data(**day)))
    response.render()
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not CalendarYear.objects.exists()


def test_the_list_counts_days_and_calls_for_the_missing_year(page, request_of):
    year = CalendarYear.objects.create(year=2025, announced=True, source="国办发明电〔2024〕12号")
    for day, kind in ((1, "off"), (26, "work")):
        CalendarDay.objects.create(year=year, date=date(2025, 1, day), kind=kind, holiday="春节")
    request = request_of()
    with clock.at(date(2026, 11, 23)):
        response = page.changelist_view(request)
    response.render()
    assert [str(message) for message in request._messages][0].startswith("2027 年的放假安排")
    row = page.get_queryset(request).get(year=2025)
    assert page.arrangement(row) == "放假 1 天，调休上班 1 天"


def test_a_year_is_never_deleted_and_never_renumbered(page, request_of):
    year = CalendarYear.objects.create(year=2025, source="测试")
    assert not page.has_delete_permission(request_of(), year)
    assert page.get_readonly_fields(request_of(), year) == ["year"]
    assert page.get_readonly_fields(request_of()) == []
    assert str(year) == "2025 年（暂定）"
