"""The working-day table: days that differ from their weekday, by year."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

OTHER_YEAR = "日期不在所属年份内。请改正日期或年份。"


def _stamp() -> pgtrigger.Trigger:
    """Whoever changes the table, by whatever road, gives the calendar a new version."""
    return pgtrigger.Trigger(
        name="stamp_calendar",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="INSERT INTO common_calendarstate (id, changed_at) VALUES (1, clock_timestamp())"
        " ON CONFLICT (id) DO UPDATE SET changed_at = clock_timestamp(); RETURN NULL;",
    )


class CalendarState(models.Model):
    """One row: when the table last changed, which is the version every due date carries."""

    changed_at = models.DateTimeField("最近变更", help_text="历法版本，随每次变更自动更新。")

    class Meta:
        verbose_name = verbose_name_plural = "工作日历版本"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="calendar_state_is_one_row")]

    def __str__(self) -> str:
        return f"{self.changed_at:%Y-%m-%d %H:%M:%S.%f}"


class CalendarYear(models.Model):
    """A year with rows of its own, announced by a State Council notice or still provisional."""

    year = models.PositiveSmallIntegerField("年份", primary_key=True, help_text="2004 年及以后。")
    announced = models.BooleanField(
        "已公布",
        default=False,
        help_text="录入国务院办公厅放假通知的全部日期后勾选。未勾选时，涉及该年的期限标为“暂定”。",
    )
    source = models.CharField(
        "依据", max_length=200, help_text="放假通知的文号，例如 国办发明电〔2024〕12号。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["-year"]
        triggers = [_stamp()]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2004, year__lte=2100),
                name="calendar_year_in_range",
                violation_error_message="工作日历从 2004 年起，到 2100 年止。请改正年份。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} 年（{'已公布' if self.announced else '暂定'}）"


class CalendarDay(models.Model):
    """A day off or a make-up working day."""

    class Kind(models.TextChoices):
        OFF = "off", "放假"
        WORK = "work", "调休上班"

    year = models.ForeignKey(
        CalendarYear,
        verbose_name="年份",
        on_delete=models.PROTECT,
        related_name="days",
        help_text="日期所在的年份。",
    )
    date = models.DateField("日期", unique=True, help_text="与平常周末、平日不同的一天。")
    kind = models.CharField(
        "安排",
        max_length=4,
        choices=Kind,
        error_messages={"invalid_choice": "“%(value)s”不是可选的安排。应为 放假 或 调休上班。"},
        help_text="当天放假还是上班。",
    )
    holiday = models.CharField("节日", max_length=20, help_text="因哪个节日，例如 春节。")
    statutory = models.BooleanField(
        "法定",
        default=False,
        help_text="法定节日当天或其补休，见《全国年节及纪念日放假办法》。",
    )
    source = models.CharField(
        "来源", max_length=200, blank=True, help_text="与年份的依据不同时填写。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "放假与调休"
        ordering = ["date"]
        triggers = [_stamp()]
        constraints = [
            models.CheckConstraint(
                condition=Q(date__year=F("year")),
                name="calendar_day_in_its_year",
                violation_error_message=OTHER_YEAR,
            ),
            models.CheckConstraint(
                condition=Q(kind="off") | Q(date__iso_week_day__gte=6),
                name="calendar_make_up_on_weekend",
                violation_error_message="调休上班只能是周六或周日。请改正日期或安排。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}（{self.holiday}）"

    def clean(self) -> None:
        """The rule of `calendar_day_in_its_year`, which a form inside its year does not reach."""
        if self.date and self.year_id and self.date.year != self.year_id:
            raise ValidationError({"date": OTHER_YEAR})
