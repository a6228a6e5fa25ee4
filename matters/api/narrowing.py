"""Filters of the lists. A value that cannot be meant is refused; one nobody has gives no rows."""

import functools

from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import rest_framework as filters
from drf_spectacular.drainage import set_override
from rest_framework.exceptions import ValidationError

from matters.filters import of_theme
from matters.models import BusinessItem, Material, MatterVersion
from matters.models.choices import HandlingType, ItemKind, Necessity, ServiceObject
from matters.workflow import MatterStatus

SLUG = r"^[A-Za-z0-9_-]{1,60}$"
NUMBER = r"^[0-9]{1,9}$"


def _describe(one: filters.Filter, **shape: object) -> None:
    """What the description says of a filter."""
    set_override(one, "field", {"type": "string", "title": one.label, **shape})


class Flag(filters.TypedChoiceFilter):
    """true or false, spelt so; anything else is refused instead of being taken for "all"."""

    def __init__(self, field_name: str, label: str):
        super().__init__(
            field_name=field_name,
            label=label,
            choices=(("true", "是"), ("false", "否")),
            coerce=lambda value: value == "true",
            empty_value=None,
        )
        _describe(self, enum=["true", "false"])


class Slug(filters.CharFilter):
    """The short name of a theme, an agency or a paper."""

    def __init__(self, **kwargs):
        shape = RegexValidator(SLUG, "应为 1 至 60 个字母、数字、下划线或短横线。")
        super().__init__(validators=[shape], strip=False, **kwargs)
        _describe(self, pattern=SLUG)


class Seq(filters.CharFilter):
    """The number of a matter."""

    def __init__(self, field_name: str):
        shape = RegexValidator(NUMBER, "应为事项序号，是不超过 9 位的数字。")
        super().__init__(
            field_name=field_name, validators=[shape], strip=False, label="只看这一个事项（序号）"
        )
        _describe(self, pattern=NUMBER)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset.filter(**{self.field_name: int(value)}) if value else queryset


@functools.lru_cache(maxsize=256)
def only(whole: type[filters.FilterSet], names: frozenset[str]) -> type[filters.FilterSet]:
    """The filter set with the filters in use: an instance copies every filter its class has."""
    part = type(whole.__name__, (whole,), {})
    part.base_filters = {name: whole.base_filters[name] for name in names}
    return part


def narrow(whole: type[filters.FilterSet], queryset: QuerySet, data: QueryDict) -> QuerySet:
    """Rows that answer to every filter in `data`. Raises ValidationError beside the parameter."""
    names = frozenset(data) & frozenset(whole.base_filters)
    if not names:
        return queryset
    chosen = only(whole, names)(data, queryset=queryset)
    if not chosen.is_valid():
        raise ValidationError(chosen.errors)
    return chosen.qs


class MatterFilter(filters.FilterSet):
    """?agency=…&theme=…&online=true"""

    agency = Slug(field_name="agency__slug", label="实施主体，见 /agencies/ 的 slug")
    theme = Slug(method="of_theme", label="主题或生命周期，见 /themes/ 的 slug")
    audience = filters.ChoiceFilter(
        choices=ServiceObject.choices, method="of_audience", label="服务对象"
    )
    handling_type = filters.ChoiceFilter(choices=HandlingType.choices, label="办件类型")
    status = filters.ChoiceFilter(
        field_name="matter__status",
        choices=[choice for choice in MatterStatus.choices if choice[0] != MatterStatus.WITHDRAWN],
        label="办理状态",
    )
    online = Flag("online", "网上办")
    instant = Flag("instant", "马上办")
    commitment = Flag("commitment", "告知承诺")
    deferrable = Flag("deferrable", "容缺受理")
    cross_province = Flag("cross_province", "跨省通办")
    charged = Flag("fee__charged", "收费")

    class Meta:
        model = MatterVersion
        fields: list[str] = []

    def of_theme(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(of_theme(value))

    def of_audience(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(audience__contains=[value])


class ItemFilter(filters.FilterSet):
    """?matter=113&kind=new"""

    matter = Seq("version__matter__seq")
    kind = filters.ChoiceFilter(choices=ItemKind.choices, label="类别")

    class Meta:
        model = BusinessItem
        fields: list[str] = []


class MaterialFilter(filters.FilterSet):
    """?matter=113&necessity=required&paper=business-licence"""

    matter = Seq("version__matter__seq")
    paper = Slug(field_name="paper__key", label="标准材料")
    necessity = filters.ChoiceFilter(choices=Necessity.choices, label="必要性")

    class Meta:
        model = Material
        fields: list[str] = []
