"""管理后台：工作日历。"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from common import clock
from common.calendars import current_calendar, years_to_announce
from common.models import CalendarDay, CalendarYear


class CalendarDayInline(admin.TabularInline):
    model = CalendarDay
    extra = 3


@admin.register(CalendarYear)
class CalendarYearAdmin(admin.ModelAdmin):
    """One year with its days; a saved change gives the calendar a new version."""

    list_display = ["year", "announced", "arrangement", "source"]
    list_filter = ["announced"]
    fields = ["year", "announced", "source"]
    inlines = [CalendarDayInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarYear]:
        return super().get_queryset(request).prefetch_related("days")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return ["year"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False  # due dates were computed from it

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        for year in years_to_announce(current_calendar(), clock.today()):
            messages.warning(
                request,
                f"{year} 年的放假安排还没有录入，涉及该年的期限按暂定历法推算。"
                "通知公布后请在此录入全部日期并勾选“已公布”。",
            )
        return super().changelist_view(request, extra_context)

    @admin.display(description="安排")
    def arrangement(self, year: CalendarYear) -> str:
        kinds = [day.kind for day in year.days.all()]
        return f"放假 {kinds.count('off')} 天，调休上班 {kinds.count('work')} 天"
