"""How each kind of element is typed in: one control per kind of model field.

Texts, help and limits come from the model, so a new element appears with its words at once.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from matters.models import Matter

#: from this many characters on a text gets a box of several lines
LONG_TEXT = 160
LONGER_TEXT = 250
#: choices up to this number stand side by side, more become a drop-down
MOST_RADIOS = 4
NOTHING = "（空）"
UNSET_CHOICE = "（待配置）"
HOLDERS = (
    ("applicant", "申请人"),
    ("legal_rep", "法定代表人"),
    ("responsible_person", "负责人"),
    ("agent", "代办人"),
    ("staff", "从业人员"),
    ("partner", "合作方"),
    ("guardian", "监护人"),
    ("premises", "场所"),
    ("project", "项目"),
    ("contractor", "施工单位"),
    ("designer", "设计单位"),
    ("other", "其他"),
)
DELIVERY = (("窗口领取", "窗口领取"), ("邮寄", "邮寄"), ("电子证照", "电子证照"))


class LinesField(forms.CharField):
    """A list of short texts, one a line; empty lines and repetitions are dropped."""

    def __init__(self, *, longest: int, noun: str, **kwargs: Any):
        self.longest, self.noun = longest, noun
        super().__init__(widget=forms.Textarea(attrs={"rows": 7}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(line) for line in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in (value or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for line in value:
            if len(line) > self.longest:
                raise ValidationError(
                    f"“{line[:12]}……”有 {len(line)} 个字，每行最多 {self.longest} 个字，请精简。"
                )

    def run_validators(self, value: Any) -> None:
        """The length of the whole box has no limit of its own."""


class MattersField(LinesField):
    """Numbers of other matters, one a line."""

    def to_python(self, value: Any) -> list[int]:
        lines = super().to_python(value)
        strange = [line for line in lines if not (line.isascii() and line.isdigit())]
        if strange:
            raise ValidationError(f"“{strange[0][:20]}”不是事项序号，请每行只填一个数字。")
        numbers = [int(line) for line in lines]
        known = set(Matter.objects.filter(seq__in=numbers).values_list("seq", flat=True))
        for number in numbers:
            if number not in known:
                raise ValidationError(f"没有序号为 {number} 的事项，请核对。")
        return numbers

    def validate(self, value: list) -> None:
        forms.Field.validate(self, value)


class WhenField(forms.MultipleChoiceField):
    """适用情形 of a material: answers it is needed for, `{key: [option, …]}` in the database."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return [f"{key}/{option}" for key, options in value.items() for option in options]
        return value

    def clean(self, value: Any) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for pair in super().clean(value):
            key, _, option = pair.partition("/")
            found.setdefault(key, []).append(option)
        return found


class AgencyChoice(forms.ModelMultipleChoiceField):
    """Several rows of a list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


def control(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """Form field of a model field; Django's `formfield_callback`."""
    words = {"label": field.verbose_name, "help_text": field.help_text}
    if isinstance(field, ArrayField):
        return _array(field, words)
    if isinstance(field, models.JSONField):
        return WhenField(required=False, **words)
    if isinstance(field, models.ManyToManyField):
        return AgencyChoice(field.related_model.objects.all(), required=not field.blank, **words)
    if field.name == "holder":
        return forms.ChoiceField(choices=HOLDERS, initial=field.default, **words)
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    found = field.formfield(**kwargs)
    _dress(found, field)
    return found


def _array(field: ArrayField, words: dict[str, Any]) -> forms.Field:
    required = not field.blank
    choices = field.base_field.choices or (DELIVERY if field.name == "delivery" else None)
    if choices:
        return forms.MultipleChoiceField(
            choices=choices, required=required, widget=forms.CheckboxSelectMultiple, **words
        )
    if isinstance(field.base_field, models.IntegerField):
        return MattersField(longest=9, noun="序号", required=required, **words)
    return LinesField(
        longest=field.base_field.max_length, noun=field.verbose_name, required=required, **words
    )


def _dress(found: forms.Field, field: models.Field) -> None:
    """Widget and sentences by the size of what is asked."""
    length = getattr(field, "max_length", None) or 0
    plain = type(found) is forms.CharField
    if isinstance(field, models.TextField) or (plain and length >= LONG_TEXT):
        found.widget = forms.Textarea(
            attrs={"rows": 2 if length >= LONGER_TEXT or not length else 1}
        )
        if length:
            found.widget.attrs["maxlength"] = length
    elif isinstance(found, forms.DateField):
        found.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    elif isinstance(found, forms.TypedChoiceField):
        found.choices = _choices(field)
        if len(found.choices) <= MOST_RADIOS:
            found.widget = forms.RadioSelect(choices=found.choices)
    elif isinstance(found, forms.ModelChoiceField):
        found.empty_label = UNSET_CHOICE if not found.required else None
    if isinstance(found, forms.IntegerField):
        found.widget.attrs |= {"inputmode": "numeric"}
    _say(found)


def _choices(field: models.Field) -> list[tuple[str, str]]:
    """Choices with one way to say “not yet”, and only where that is allowed."""
    named = [(value, label) for value, label in field.flatchoices if value != ""]
    own = next((label for value, label in field.flatchoices if value == ""), UNSET_CHOICE)
    return [("", own), *named] if field.blank else named


def _say(found: forms.Field) -> None:
    found.error_messages |= {
        "required": f"请填写“{found.label}”。",
        "invalid_choice": f"“{found.label}”里没有这个选项，请重新选。",
    }
    for validator in found.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = "最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请精简。"


def words(found: forms.Field, value: Any) -> str:
    """What a value reads like to a person: labels of choices, 是/否, one line a list entry."""
    if isinstance(value, bool):
        return "是" if value else "否"
    value = found.prepare_value(value)
    if value is None or value == "" or value == []:
        return NOTHING
    labels = _labels(found)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "、".join(labels.get(str(entry), str(entry)) for entry in value)
    return labels.get(str(value), str(value))


def _labels(found: forms.Field) -> dict[str, str]:
    return {str(value): str(label) for value, label in getattr(found, "choices", ())}
