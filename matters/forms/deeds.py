"""One deed on an edition or a matter: the reason, the day, the remarks per section."""

import datetime

from django import forms
from django.core.exceptions import ValidationError

from common import clock
from matters import sections

LONGEST = 500
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _text(label: str, hint: str, *, required: bool, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST}),
        error_messages={
            "required": "请写明原因，让办理下一步的人知道为什么。",
            "max_length": "最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请精简。",
        },
    )


class NoteForm(forms.Form):
    """A deed that may carry a note."""

    reason = _text("说明", "办理下一步的人会看到，可以不写。", required=False)


class ReasonForm(forms.Form):
    """A deed nobody may do without saying why."""

    reason = _text("原因", "记入办理历史，同事和督办人员都能看到。", required=True)


class WithdrawForm(ReasonForm):
    """Taking a matter off the list, today or on a day."""

    on = forms.DateField(
        label="取消日期",
        required=False,
        help_text="到这一天 0 时取消；不填就是今天。已受理的照常办完。",
        widget=DAY,
        error_messages={"invalid": "日期看不懂，请按 2026-03-01 这样填写。"},
    )

    def clean_on(self) -> datetime.date | None:
        """Today or later."""
        day = self.cleaned_data["on"]
        if day and day < clock.today():
            raise ValidationError("取消日期不能早于今天。")
        return day


class ScheduleForm(forms.Form):
    """The day an approved edition comes into force."""

    effective_on = forms.DateField(
        label="生效日期",
        help_text="到这一天 0 时（北京时间）自动发布，替换现行版。",
        widget=DAY,
        error_messages={
            "required": "请选一个日期。",
            "invalid": "日期看不懂，请按 2026-03-01 这样填写。",
        },
    )

    def clean_effective_on(self) -> datetime.date:
        """Tomorrow or later; today is “立即发布”."""
        day = self.cleaned_data["effective_on"]
        if day <= clock.today():
            raise ValidationError("生效日期应晚于今天。要马上生效，请用“立即发布”。")
        return day


class ReturnForm(forms.Form):
    """Giving an edition back: at least one remark, on a section or on the whole guide."""

    whole = _text("对整份指南的意见", "哪里要改、怎样改。也可以只在下面分节写。", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for section in sections.in_order():
            self.fields[f"part-{section.key}"] = _text(section.label, "", required=False, rows=2)

    def clean(self) -> dict:
        """At least one remark."""
        if not any(self.cleaned_data.get(name) for name in self.fields) and not self.errors:
            self.add_error("whole", "退回要写明原因：写对整份指南的意见，或者在要改的那一节写。")
        return self.cleaned_data

    def reasons(self) -> dict[str, str]:
        """Section key ("" = whole guide) → remark."""
        return {
            name.removeprefix("part-") if name != "whole" else "": text
            for name, text in self.cleaned_data.items()
            if text
        }

    def part_fields(self) -> list:
        """Bound fields of the sections."""
        return [self[name] for name in self.fields if name.startswith("part-")]
