"""Editing a sheet of a model dossier."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from matters.models.sample import NoteKind, SamplePage, SheetLayout
from matters.services.sample_editing import notes_by_kind

LONGEST_BODY = 4000
LONGEST_NOTE = 300
MOST_NOTES = 12
#: what only a real person or firm has: mobile number, identity number, credit code
REAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?![0-9A-Za-z])|\b9[0-9A-Z]{17}\b")
NOT_REAL = (
    "这里有像真实手机号、证件号或信用代码的一串：{}。样板卷是公开的，请换成示例，例如 138××××0000。"
)


def _area(label: str, hint: str, rows: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": "样张不能是空的，请至少写一行。",
            "max_length": "最多 %(limit_value)d 个字，现在有 %(show_value)d 个。",
        },
    )


class SheetForm(forms.Form):
    """Content and call-outs of one sheet, as lines of text."""

    layout = forms.ChoiceField(label="样式", choices=SheetLayout.choices, help_text="画成哪种样子")
    body = _area(
        "样张内容",
        "一行一项：“栏目：示例值”；“# 标题”；“| 一 | 二 |”是表格的一行；其余为正文。"
        "{办理项} 会换成读者选的业务办理项。",
        16,
        required=True,
    )
    tip = _area("填写提示", "一行一条，会自动指向说到的那一栏", 4)
    check = _area("窗口会核对", "一行一条", 4)
    mistake = _area("常见错误", "一行一条", 4)

    @classmethod
    def of(cls, page: SamplePage) -> "SheetForm":
        """The form as the sheet stands."""
        notes = {kind: "\n".join(lines) for kind, lines in notes_by_kind(page).items()}
        return cls(initial={"layout": page.layout, "body": page.body} | notes)

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n").strip()
        return _invented(body)

    def clean_tip(self) -> list[str]:
        return self._lines("tip")

    def clean_check(self) -> list[str]:
        return self._lines("check")

    def clean_mistake(self) -> list[str]:
        return self._lines("mistake")

    def _lines(self, name: str) -> list[str]:
        lines = [line.strip() for line in _invented(self.cleaned_data[name]).splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_NOTES:
            raise ValidationError(f"最多 {MOST_NOTES} 条，现在有 {len(lines)} 条，请合并。")
        long = next((line for line in lines if len(line) > LONGEST_NOTE), "")
        if long:
            raise ValidationError(f"“{long[:20]}…”超过 {LONGEST_NOTE} 字，请分成几条。")
        return lines

    @property
    def notes(self) -> dict[str, Any]:
        """Kind → lines, for the service."""
        return {kind: self.cleaned_data[kind] for kind in NoteKind.values}


def _invented(text: str) -> str:
    if found := REAL.search(text):
        raise ValidationError(NOT_REAL.format(found.group()))
    return text


class VideoForm(forms.Form):
    """Where the film about the matter is."""

    video_url = forms.URLField(
        label="视频地址",
        help_text="https 开头；还没有的留空，页面显示“待配置”",
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"], message="请填写 https 开头的网址。")],
        error_messages={"invalid": "请填写 https 开头的网址。"},
    )
