"""A list of matters as every list page shows it: filter panel, chips, sort links, one page of rows.

The address holds the whole state. Values the portal does not know are left out and said in a
sentence; nothing in a query string can break a page.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, F, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast, Collate
from django.http import HttpRequest, QueryDict

from matters import exports, filters
from matters.cards import Card, card, with_card_parts
from matters.models import SearchEntry
from matters.models.choices import TimeUnit
from matters.statistics import everyday_seqs

PAGE_SIZE = 20
ELDER_PAGE_SIZE = 10
#: a group with more choices than this becomes a drop-down
MOST_RADIOS = 6
SORTS = {"": "常办在前", "name": "名称拼音", "limit": "时限短的在前"}
SHOWN_VALUE = 20
FEW = 5
#: sentences about unknown values of one group; an address may hold a thousand
MOST_NOTES = 3


@dataclass
class Listing:
    """What `templates/matters/list_block.html` prints."""

    action: str
    page_obj: Page
    total: int
    cards: list[Card]
    groups: list[dict[str, Any]]
    hidden: list[dict[str, str]]
    chips: list[dict[str, str]]
    sorts: list[dict[str, Any]]
    notes: list[str] = field(default_factory=list)
    clear_url: str = ""
    #: every row behind the pages, in their order, and the search hits that explain them
    rows: QuerySet | None = None
    hits: dict[int, Any] | None = None
    export: dict[str, str] = field(default_factory=dict)

    @property
    def has_panel(self) -> bool:
        """A handful of rows is read faster than it is filtered."""
        return bool(self.chips) or self.total > FEW

    @property
    def is_narrowed(self) -> bool:
        """Whether the reader has chosen something or turned the page."""
        return bool(self.chips) or self.page_obj.number > 1


@dataclass(frozen=True)
class State:
    """The part of the query string a list page understands."""

    chosen: dict[str, list[str]]
    sort: str
    carried: dict[str, str]
    notes: list[str]

    def query(self, *, without: tuple[str, str] | None = None, sort: str | None = None) -> str:
        """The state as a query string, perhaps without one choice or with another order."""
        data = QueryDict(mutable=True)
        data.update(self.carried)
        for name, values in self.chosen.items():
            data.setlist(name, [value for value in values if (name, value) != without])
        if order := self.sort if sort is None else sort:
            data["sort"] = order
        return "?" + data.urlencode()


def read_state(
    data: QueryDict, groups: tuple[filters.Group, ...], carry: tuple[str, ...] = ()
) -> State:
    """Known choices of the query string, and a sentence for each unknown one."""
    chosen: dict[str, list[str]] = {}
    notes = []
    for group in groups:
        known = {choice.value for choice in group.choices}
        values = list(dict.fromkeys(value for value in data.getlist(group.name) if value))
        good = [value for value in values if value in known]
        if good:
            chosen[group.name] = good if group.adds_up else good[-1:]
        unknown = [value for value in values if value not in known]
        notes += [_unknown(group.legend, value) for value in unknown[:MOST_NOTES]]
    sort = data.get("sort", "")
    if sort not in SORTS:
        notes.append(_unknown("排序", sort))
        sort = ""
    carried = {name: data[name] for name in carry if data.get(name)}
    return State(chosen, sort, carried, notes)


def _unknown(legend: str, value: str) -> str:
    short = value if len(value) <= SHOWN_VALUE else f"{value[:SHOWN_VALUE]}…"
    return f"没有“{legend}：{short}”这个条件，已忽略，下面按其余条件显示。"


def narrow(base: QuerySet, groups: tuple[filters.Group, ...], state: State) -> QuerySet:
    """The rows of `base` that answer to everything chosen."""
    data = QueryDict(mutable=True)
    for name, values in state.chosen.items():
        data.setlist(name, values)
    return filters.filter_set(groups)(data, queryset=base).qs


def listing(
    request: HttpRequest,
    base: QuerySet,
    groups: tuple[filters.Group, ...],
    *,
    hits: dict[int, Any] | None = None,
    carried: dict[str, str] | None = None,
) -> Listing:
    """The list page of `base`; `hits` (seq → search hit, best first) ranks and explains rows."""
    state = read_state(request.GET, groups)
    state.carried.update(carried or {})
    rows = narrow(base, groups, state)
    size = ELDER_PAGE_SIZE if request.display.elder else PAGE_SIZE
    ordered = in_order(with_card_parts(rows), state.sort, hits)
    paginator = Paginator(ordered, size)
    page = paginator.get_page(request.GET.get("page"))
    return Listing(
        action=request.path,
        page_obj=page,
        total=paginator.count,
        cards=[_card(version, hits) for version in page],
        groups=panel(base, groups, state),
        hidden=_hidden(state),
        chips=chips(groups, state),
        sorts=_sorts(state, hits is not None),
        notes=state.notes,
        clear_url=request.path + State({}, "", state.carried, []).query().rstrip("?"),
        rows=ordered,
        hits=hits,
        export=exports.links(request),
    )


def _card(version: Any, hits: dict[int, Any] | None) -> Card:
    hit = hits[version.matter.seq] if hits else None
    return card(version, terms=hit.terms, reason=hit.reason) if hit else card(version)


def in_order(versions: QuerySet, sort: str, hits: dict[int, Any] | None = None) -> QuerySet:
    """Rows by pinyin, by promised limit, by rank of the search, or everyday matters first."""
    if sort == "name":
        return versions.annotate(by=Collate(Subquery(_pinyin()), "C")).order_by("by", "matter__seq")
    if sort == "limit":
        # five working days are a week: limits of both units compare as sevenths of a working day
        weight = Case(When(statutory_unit=TimeUnit.WORKDAY, then=7), default=5)
        return versions.order_by(F("promised_value") * weight, "matter__seq")
    first = list(hits) if hits else everyday_seqs()
    ranks = [When(matter__seq=seq, then=rank) for rank, seq in enumerate(first)]
    rank = Case(*ranks, default=len(first), output_field=IntegerField())
    return versions.order_by(rank, "matter__seq")


def _pinyin() -> QuerySet:
    """Stored pinyin of the row's name; the name comes first in the entry."""
    seq = Cast(OuterRef("matter__seq"), CharField())
    entries = SearchEntry.objects.filter(kind=SearchEntry.Kind.MATTER, reference=seq)
    return entries.values("pinyin")[:1]


def panel(base: QuerySet, groups: tuple[filters.Group, ...], state: State) -> list[dict[str, Any]]:
    """Groups for `components/filter_panel.html`, with a count beside every choice."""
    counted = filters.counts(base, groups, state.chosen)
    return [_panel_group(group, state.chosen.get(group.name, []), counted) for group in groups]


def _panel_group(
    group: filters.Group, chosen: list[str], counted: dict[tuple[str, str], int]
) -> dict[str, Any]:
    options = [
        {
            "value": choice.value,
            "label": choice.label,
            "count": counted[group.name, choice.value],
            "checked": choice.value in chosen,
        }
        for choice in group.choices
    ]
    if group.adds_up:
        return {
            "legend": group.legend,
            "name": group.name,
            "kind": "checkbox",
            "options": options,
        }
    kind = "select" if len(options) > MOST_RADIOS or group.column else "radio"
    if kind == "select":
        options = [option for option in options if option["count"] or option["checked"]]
    everything = {"value": "", "label": "不限", "count": "", "checked": not chosen}
    return {
        "legend": group.legend,
        "name": group.name,
        "kind": kind,
        "options": [everything, *options],
    }


def chips(groups: tuple[filters.Group, ...], state: State) -> list[dict[str, str]]:
    """What is chosen, each with the address that takes it off."""
    return [
        {
            "label": f"{group.legend}：{choice.label}",
            "remove_url": state.query(without=(group.name, choice.value)),
        }
        for group in groups
        for choice in group.choices
        if choice.value in state.chosen.get(group.name, [])
    ]


def _hidden(state: State) -> list[dict[str, str]]:
    values = state.carried | ({"sort": state.sort} if state.sort else {})
    return [{"name": name, "value": value} for name, value in values.items()]


def _sorts(state: State, is_search: bool) -> list[dict[str, Any]]:
    labels = SORTS | ({"": "最相关"} if is_search else {})
    return [
        {"label": label, "url": state.query(sort=value), "current": value == state.sort}
        for value, label in labels.items()
    ]
