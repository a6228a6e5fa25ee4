"""The list of all matters at the editing desk: filters, counts, order.

Unlike the public lists it shows matters that are paused, withdrawn or not yet published, and what
is being worked on beside the edition in force.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from matters.models import CatalogueFinding, Matter, MatterVersion
from matters.models.choices import ItemType
from matters.workflow import MatterStatus
from organisations.models import Agency

LONGEST_QUERY = 100
STATES = (
    ("draft", "有草稿"),
    ("submitted", "待审核"),
    ("approved", "已审定"),
    ("scheduled", "待生效"),
    ("none", "没有在改"),
)
GAPS = (("blocking", "有须改正的问题"), ("configure", "有待配置的要素"), ("none", "没有问题"))


@dataclass
class MatterList:
    """The rows and what the filter panel shows. `chosen`: name → value in force."""

    rows: QuerySet
    groups: list[dict[str, Any]]
    chips: list[dict[str, str]] = field(default_factory=list)
    query: str = ""
    total: int = 0


def all_matters() -> QuerySet:
    """Every matter of this district's catalogue with what a row prints."""
    editions = MatterVersion.objects.filter(matter=OuterRef("pk"))
    current, opened = editions.published(), editions.being_edited()
    open_findings = CatalogueFinding.objects.unresolved().filter(matter=OuterRef("pk"))
    by_severity = open_findings.order_by().values("matter").annotate(n=Count("pk"))
    return (
        Matter.objects.exclude(kind=ItemType.EXTERNAL)
        .annotate(
            current_number=Subquery(current.values("number")[:1]),
            published_at=Subquery(current.values("published_at")[:1]),
            open_id=Subquery(opened.values("pk")[:1]),
            open_number=Subquery(opened.values("number")[:1]),
            open_status=Subquery(opened.values("status")[:1]),
            desk_agency=Coalesce(
                Subquery(current.values("agency")[:1]), Subquery(opened.values("agency")[:1])
            ),
            agency_name=Coalesce(
                Subquery(current.values("agency__short_name")[:1]),
                Subquery(opened.values("agency__short_name")[:1]),
            ),
            blocking=Subquery(by_severity.filter(severity="blocking").values("n")),
            configure=Subquery(by_severity.filter(severity="configure").values("n")),
        )
        .order_by("seq")
    )


def matter_list(data: QueryDict) -> MatterList:
    """The list the address asks for; unknown values are ignored."""
    base = all_matters()
    groups = _groups(base)
    chosen = {
        group["name"]: value
        for group in groups
        if (value := data.get(group["name"], ""))
        in {option["value"] for option in group["options"]}
    }
    query = " ".join(data.get("q", "").split())[:LONGEST_QUERY]
    rows = _narrow(base, chosen, query)
    for group in groups:
        for option in group["options"]:
            option["checked"] = option["value"] == chosen.get(group["name"], "")
    return MatterList(rows, groups, _chips(groups, chosen, query), query, rows.count())


def _narrow(rows: QuerySet, chosen: dict[str, str], query: str) -> QuerySet:
    if agency := chosen.get("agency"):
        rows = rows.filter(desk_agency=int(agency))
    if status := chosen.get("status"):
        rows = rows.filter(status=status)
    if state := chosen.get("state"):
        rows = rows.filter(open_status=None if state == "none" else state)
    if gaps := chosen.get("gaps"):
        rows = rows.filter(_gap_filter(gaps))
    if query:
        words = Q(name__icontains=query) | Q(base_item__code__icontains=query)
        rows = rows.filter(words | Q(seq=int(query)) if _is_number(query) else words)
    return rows


def _is_number(query: str) -> bool:
    return query.isascii() and query.isdigit() and len(query) < 7


def _gap_filter(value: str) -> Q:
    if value == "none":
        return Q(blocking=None, configure=None)
    return Q(**{f"{value}__isnull": False})


def _groups(base: QuerySet) -> list[dict[str, Any]]:
    counts = base.aggregate(
        **{f"status_{value}": Count("pk", filter=Q(status=value)) for value in MatterStatus.values},
        **{
            f"state_{value}": Count("pk", filter=Q(open_status=None if value == "none" else value))
            for value, _ in STATES
        },
        **{f"gaps_{value}": Count("pk", filter=_gap_filter(value)) for value, _ in GAPS},
    )
    return [
        _group("编辑进度", "state", STATES, counts),
        _group("质量", "gaps", GAPS, counts),
        _group("办理状态", "status", MatterStatus.choices, counts),
        _agencies(base),
    ]


def _group(legend: str, name: str, choices: Any, counts: dict[str, int]) -> dict[str, Any]:
    options = [
        {"value": str(value), "label": label, "count": counts[f"{name}_{value}"]}
        for value, label in choices
    ]
    return {
        "legend": legend,
        "name": name,
        "kind": "radio",
        "options": [{"value": "", "label": "不限", "count": ""}, *options],
    }


def _agencies(base: QuerySet) -> dict[str, Any]:
    counted = dict(base.order_by().values_list("desk_agency").annotate(n=Count("pk")))
    agencies = Agency.objects.filter(pk__in=[pk for pk in counted if pk]).order_by("sort_key")
    options = [
        {"value": str(agency.pk), "label": agency.short_name, "count": counted[agency.pk]}
        for agency in agencies
    ]
    everything = {"value": "", "label": "全部部门", "count": ""}
    return {
        "legend": "实施主体",
        "name": "agency",
        "kind": "select",
        "options": [everything, *options],
    }


def _chips(groups: list, chosen: dict[str, str], query: str) -> list[dict[str, str]]:
    state = {name: value for name, value in {**chosen, "q": query}.items() if value}
    labels = {
        group["name"]: f"{group['legend']}：{option['label']}"
        for group in groups
        for option in group["options"]
        if option["value"] and option["value"] == chosen.get(group["name"])
    }
    if query:
        labels["q"] = f"名称含“{query}”"
    return [
        {"label": label, "remove_url": _address({k: v for k, v in state.items() if k != name})}
        for name, label in labels.items()
    ]


def _address(state: dict[str, str]) -> str:
    data = QueryDict(mutable=True)
    data.update(state)
    return "?" + data.urlencode()


def editions_of(matter: Matter) -> QuerySet:
    """Every edition of a matter, newest first; without snapshots."""
    versions = MatterVersion.objects.filter(matter=matter).defer("snapshot")
    counted = versions.annotate(change_count=Count("changes"))
    return counted.select_related("published_by", "agency").order_by("-pk")
