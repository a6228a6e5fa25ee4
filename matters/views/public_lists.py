"""清单公开: one page that leads to every published list, and the lists themselves."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from common.clock import today
from matters import exports, statistics
from matters.public_lists.rows import Row
from matters.public_lists.table import BY_SLUG, LISTS, PublicList
from matters.querytext import tidy
from matters.views.list_files import table_file

PAGE_SIZE = 25
DISTRICT = "天津市河东区"


@dataclass(frozen=True)
class Selection:
    """The rows of a list that answer to the reader's words and agency."""

    shown: PublicList
    rows: list[Row]
    total: int
    query: str
    agency: str
    agencies: list[str]

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is chosen, each with the address without it."""
        found = []
        if self.query:
            found.append({"label": f"包含“{self.query}”", "remove_url": self.url(q="")})
        if self.agency:
            found.append({"label": f"部门：{self.agency}", "remove_url": self.url(dept="")})
        return found

    def parameters(self, **changed: str) -> str:
        """The query string of the selection, "" for the whole list."""
        chosen = {"q": self.query, "dept": self.agency} | changed
        words = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{words}" if words else ""

    def url(self, **changed: str) -> str:
        """The list page under a changed choice."""
        return self.shown.url + self.parameters(**changed)


@login_not_required
@require_safe
def public_lists(request: HttpRequest) -> HttpResponse:
    """All lists with their counts, and the ratios with numerator, denominator and definition."""
    counts = statistics.counts()
    groups = [
        {"label": group, "cards": [_card(entry) for entry in entries]}
        for group, entries in groupby(LISTS, lambda entry: entry.group)
    ]
    context = {
        "groups": groups,
        "licences": counts.total,
        "ratios": counts.ratios,
        "counted_on": today(),
        "crumbs": [{"label": "清单公开"}],
    }
    return render(request, "matters/public_lists.html", context)


def _card(entry: PublicList) -> dict:
    count = entry.count()
    return {
        "title": entry.name,
        "url": entry.url,
        "text": entry.lead,
        "facts": [{"label": "收录", "value": f"{count} {entry.unit}" if count else "待配置"}],
    }


@login_not_required
@require_safe
def public_list(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One list: what it is, its ratio, its rows; with ?export= the rows as a file."""
    chosen = _selection(request, slug)
    if wanted := exports.requested(request):
        return table_file(wanted, _table(chosen))
    shown = chosen.shown
    page = Paginator(chosen.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "list": shown,
        "chosen": chosen,
        "page_obj": page,
        "rows": [_cells(shown, row) for row in page],
        "ratios": shown.ratios(),
        "counted_on": today(),
        "export": exports.links(request),
        "crumbs": [
            {"label": "清单公开", "url": reverse("matters:public_lists")},
            {"label": shown.name},
        ],
    }
    return render(request, "matters/public_list.html", context)


def _cells(shown: PublicList, row: Row) -> list[dict]:
    return [
        {
            "label": column.heading,
            "value": value,
            "url": row.url if position == shown.linked else "",
            "head": position == shown.linked,
        }
        for position, (column, value) in enumerate(zip(shown.columns, row.cells, strict=True))
    ]


def _table(chosen: Selection) -> exports.Table:
    shown = chosen.shown
    return exports.Table(
        f"{DISTRICT}{shown.name}",
        f"hedong-list-{shown.slug}",
        shown.columns,
        lambda: (row.cells for row in chosen.rows),
    )


def _selection(request: HttpRequest, slug: str) -> Selection:
    shown = BY_SLUG.get(slug)
    if shown is None:
        raise Http404("没有这张清单。")
    rows = list(shown.rows())
    agencies = sorted({row.agency for row in rows})
    query = tidy(request.GET.get("q", ""))
    agency = request.GET.get("dept", "")
    agency = agency if agency in agencies else ""
    found = [row for row in rows if _answers(row, query, agency)]
    return Selection(shown, found, len(rows), query, agency, agencies)


def _answers(row: Row, query: str, agency: str) -> bool:
    """Every word stands in one of the cells, and the agency is the one asked for."""
    if agency and row.agency != agency:
        return False
    words = query.lower().split()
    text = " ".join(str(cell) for cell in row.cells).lower() if words else ""
    return all(word in text for word in words)
