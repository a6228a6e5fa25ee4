"""Filters of every list of matters, and how many matters each choice would leave.

One table says what a choice means (`CHOICES`); the filter set and the counts both read it, so a
number beside a choice is always the number of rows behind it. Counts of a group respect every
other group, never the group itself (except for 服务方式, whose choices add up).
"""

from collections.abc import Callable
from dataclasses import dataclass

import django_filters
from django.db.models import Count, Q, QuerySet

from matters.models import CatalogueList, CatalogueListing, MatterVersion, Theme, VersionTheme
from matters.models.choices import HandlingType, ServiceObject, ThemeKind
from organisations.models import Agency


@dataclass(frozen=True)
class Choice:
    """One option of a group: its words and the rows it means."""

    value: str
    label: str
    condition: Q


@dataclass(frozen=True)
class Group:
    """One question of the filter panel.

    `adds_up`: several choices, all of which must hold. `column`: the choices are the values of
    this column, counted by grouping.
    """

    name: str
    legend: str
    choices: tuple[Choice, ...]
    adds_up: bool = False
    column: str = ""


AUDIENCE = Group(
    "audience",
    "服务对象",
    (
        Choice("person", "个人", Q(audience__contains=[ServiceObject.PERSON])),
        Choice("organisation", "企业和组织", Q(audience__contains=[ServiceObject.ORGANISATION])),
    ),
)
TYPE = Group(
    "type",
    "办件类型",
    (
        Choice("instant", "即办件（当场办结）", Q(handling_type=HandlingType.INSTANT)),
        Choice("promised", "承诺件（按时限办结）", Q(handling_type=HandlingType.PROMISED)),
    ),
)
WAYS = Group(
    "way",
    "服务方式",
    (
        Choice("online", "网上办", Q(online=True)),
        Choice("quick", "马上办", Q(instant=True)),
        Choice("once", "一次办", Q(visits__lte=1)),
        Choice("deferrable", "容缺受理", Q(deferrable=True)),
        Choice("commitment", "告知承诺", Q(commitment=True)),
        Choice("cross", "跨省通办", Q(cross_province=True)),
    ),
    adds_up=True,
)
FEE = Group(
    "fee",
    "费用",
    (
        Choice("free", "不收费", Q(fee__charged=False)),
        Choice("charged", "收费", Q(fee__charged=True)),
    ),
)
#: groups whose choices stand in the code; themes and agencies come from the database
FIXED = (AUDIENCE, TYPE, WAYS, FEE)


def of_theme(slug: str) -> Q:
    """Versions filed under a theme or stage; a sub-query, so that no join multiplies rows."""
    return Q(pk__in=VersionTheme.objects.filter(theme__slug=slug).values("version"))


def of_agency(slug: str) -> Q:
    """Versions the agency decides, alone or with others."""
    return Q(agency__slug=slug)


def theme_group(kind: str = ThemeKind.THEME) -> Group:
    """All themes (or stages) as choices."""
    rows = Theme.objects.filter(kind=kind).values_list("slug", "name")
    legend = "主题" if kind == ThemeKind.THEME else "生命周期"
    return Group(
        str(kind), legend, tuple(Choice(slug, name, of_theme(slug)) for slug, name in rows)
    )


def agency_group() -> Group:
    """All agencies of the licence list as choices, by pinyin."""
    rows = Agency.objects.in_catalogue().values_list("slug", "short_name")
    choices = tuple(Choice(slug, name, of_agency(slug)) for slug, name in rows)
    return Group("dept", "部门", choices, column="agency__slug")


def list_group() -> Group:
    """Published lists (跨省通办, 投资项目 …) as choices; a list without matters is no choice."""
    rows = CatalogueList.objects.filter(listings__isnull=False).exclude(slug="licences").distinct()
    choices = tuple(
        Choice(
            slug,
            name,
            Q(
                matter__in=CatalogueListing.objects.filter(catalogue_list__slug=slug).values(
                    "matter"
                )
            ),
        )
        for slug, name in rows.values_list("slug", "name")
    )
    return Group("list", "列入的清单", choices)


def every_group() -> tuple[Group, ...]:
    """All groups, for lists that are not about one audience, theme or agency already."""
    return (AUDIENCE, theme_group(), agency_group(), TYPE, WAYS, FEE)


def _apply(group: Group) -> Callable[[QuerySet, str, str | list[str]], QuerySet]:
    def method(queryset: QuerySet, name: str, chosen: str | list[str]) -> QuerySet:
        values = chosen if isinstance(chosen, list) else [chosen]
        for choice in group.choices:
            if choice.value in values:
                queryset = queryset.filter(choice.condition)
        return queryset

    return method


def filter_set(groups: tuple[Group, ...]) -> type[django_filters.FilterSet]:
    """A filter set over versions with one filter a group."""
    filters = {
        group.name: (
            django_filters.MultipleChoiceFilter if group.adds_up else django_filters.ChoiceFilter
        )(
            label=group.legend,
            choices=[(choice.value, choice.label) for choice in group.choices],
            method=_apply(group),
        )
        for group in groups
    }
    meta = type("Meta", (), {"model": MatterVersion, "fields": []})
    return type("MatterFilterSet", (django_filters.FilterSet,), {**filters, "Meta": meta})


def chosen_condition(groups: tuple[Group, ...], chosen: dict[str, list[str]]) -> Q:
    """Everything chosen in `groups`, together."""
    condition = Q()
    for group in groups:
        for choice in group.choices:
            if choice.value in chosen.get(group.name, []):
                condition &= choice.condition
    return condition


def counts(
    base: QuerySet, groups: tuple[Group, ...], chosen: dict[str, list[str]]
) -> dict[tuple[str, str], int]:
    """(group, choice) → rows of `base` that choice would leave.

    One query for all groups of fixed choices and one for each group that is a column.
    """
    grounds = {group.name: _ground(group, groups, chosen) for group in groups}
    found = _fixed_counts(base, [group for group in groups if not group.column], grounds)
    for group in groups:
        if group.column:
            rows = base.filter(grounds[group.name]).order_by().values_list(group.column)
            counted = dict(rows.annotate(Count("pk")))
            found |= {
                (group.name, choice.value): counted.get(choice.value, 0) for choice in group.choices
            }
    return found


def _ground(group: Group, groups: tuple[Group, ...], chosen: dict[str, list[str]]) -> Q:
    """What the rest of the panel asks for; a group that adds up counts as part of the rest."""
    others = tuple(other for other in groups if other is not group or group.adds_up)
    return chosen_condition(others, chosen)


def _fixed_counts(
    base: QuerySet, groups: list[Group], grounds: dict[str, Q]
) -> dict[tuple[str, str], int]:
    wanted = [(group.name, choice) for group in groups for choice in group.choices]
    if not wanted:
        return {}
    found = base.order_by().aggregate(
        **{
            f"n{position}": Count("pk", filter=grounds[name] & choice.condition)
            for position, (name, choice) in enumerate(wanted)
        }
    )
    return {
        (name, choice.value): found[f"n{position}"]
        for position, (name, choice) in enumerate(wanted)
    }
