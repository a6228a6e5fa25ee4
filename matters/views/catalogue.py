"""行政许可事项清单: every licence as one row, with the same rows as CSV and XLSX."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matters import exports, filters, statistics
from matters.facts import audience_words, promised_words, statutory_words
from matters.models import MatterVersion
from matters.models.choices import Certainty
from matters.querytext import tidy
from matters.views.list_files import table_file
from matters.views.listing import ELDER_PAGE_SIZE, State, chips, narrow, panel, read_state

NAME = "天津市河东区行政许可事项清单"
PAGE_SIZE = 25
ALL_ROWS = 1000
COLUMNS = (
    exports.Column("序号", 7),
    exports.Column("事项名称", 46),
    exports.Column("实施主体", 24),
    exports.Column("基本编码", 16),
    exports.Column("编码状态", 10),
    exports.Column("法定时限", 14),
    exports.Column("承诺时限", 14),
    exports.Column("设定依据", 60),
    exports.Column("可靠程度", 14),
    exports.Column("服务对象", 16),
    exports.Column("办件类型", 10),
)


@dataclass(frozen=True)
class Row:
    """One licence as the catalogue prints it. `bases`: every law with its articles."""

    seq: int
    name: str
    url: str
    agency: str
    agency_name: str
    code: str
    is_provisional: bool
    statutory: str
    promised: str
    bases: tuple[str, ...]
    certainty: str
    is_estimated: bool
    audience: str
    handling: str

    @property
    def short_basis(self) -> str:
        """The first law; the page says how many there are."""
        return self.bases[0] if self.bases else ""

    @property
    def more_bases(self) -> bool:
        return len(self.bases) > 1

    def cells(self) -> list[exports.Cell]:
        """Values in the order of `COLUMNS`."""
        return [
            self.seq,
            self.name,
            self.agency_name,
            self.code,
            "暂编" if self.is_provisional else "正式",
            self.statutory,
            self.promised,
            "；".join(self.bases),
            self.certainty,
            self.audience,
            self.handling,
        ]


@dataclass(frozen=True)
class Selection:
    """Rows asked for by the query string, and the panel's view of it."""

    base: QuerySet
    groups: tuple[filters.Group, ...]
    state: State
    query: str
    versions: QuerySet


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    chosen = _selection(request)
    size = ELDER_PAGE_SIZE if request.display.elder else PAGE_SIZE
    size = ALL_ROWS if request.GET.get("rows") == "all" else size
    page = Paginator(chosen.versions, size).get_page(request.GET.get("page"))
    query = chosen.state.query()
    context = {
        "rows": catalogue_rows(page),
        "page_obj": page,
        "all": statistics.licences_in_force().count(),
        "groups": panel(chosen.base, chosen.groups, chosen.state),
        "chips": _chips(chosen),
        "notes": chosen.state.notes,
        "query": chosen.query,
        "clear_url": request.path,
        "export": {
            "csv": reverse("matters:catalogue_csv") + query,
            "xlsx": reverse("matters:catalogue_xlsx") + query,
        },
        "crumbs": [{"label": "行政许可事项清单"}],
    }
    return render(request, "matters/catalogue.html", context)


@login_not_required
@require_safe
def catalogue_csv(request: HttpRequest) -> HttpResponseBase:
    return table_file("csv", _table(request))


@login_not_required
@require_safe
def catalogue_xlsx(request: HttpRequest) -> HttpResponseBase:
    return table_file("xlsx", _table(request))


def _table(request: HttpRequest) -> exports.Table:
    versions = _selection(request).versions
    return exports.Table(
        NAME,
        "hedong-catalogue",
        COLUMNS,
        lambda: (row.cells() for row in catalogue_rows(versions)),
    )


def _selection(request: HttpRequest) -> Selection:
    groups = (
        filters.agency_group(),
        filters.theme_group(),
        filters.AUDIENCE,
        filters.TYPE,
        filters.WAYS,
        filters.FEE,
        filters.list_group(),
    )
    state = read_state(request.GET, groups)
    query = tidy(request.GET.get("q", ""))
    if query:
        state.carried["q"] = query
    base = _containing(statistics.licences_in_force(), query)
    versions = (
        narrow(base, groups, state)
        .for_list()
        .select_related("matter__base_item")
        .prefetch_related("legal_bases")
        .order_by("matter__seq")
    )
    return Selection(base, groups, state, query, versions)


def _containing(versions: QuerySet, query: str) -> QuerySet:
    """Every word of `query` stands in the name, the code or the agency's name."""
    for word in query.split():
        versions = versions.filter(
            Q(name__icontains=word)
            | Q(matter__base_item__code__startswith=word)
            | Q(implementation_code__startswith=word)
            | Q(agency__name__contains=word)
            | Q(agency__short_name__contains=word)
        )
    return versions


def _chips(chosen: Selection) -> list[dict]:
    rows = chips(chosen.groups, chosen.state)
    if chosen.query:
        without = State(chosen.state.chosen, chosen.state.sort, {}, [])
        rows.insert(0, {"label": f"包含“{chosen.query}”", "remove_url": without.query()})
    return rows


def catalogue_rows(versions: Iterable[MatterVersion]) -> list[Row]:
    """Rows of versions loaded with agency, base item and legal bases."""
    return [_row(version) for version in versions]


def _row(version: MatterVersion) -> Row:
    base_item = version.matter.base_item
    return Row(
        seq=version.matter.seq,
        name=version.name,
        url=reverse("matters:guide", args=[version.matter.seq]),
        agency=version.agency.short_name,
        agency_name=version.agency.name,
        code=base_item.code if base_item else "",
        is_provisional=bool(base_item and base_item.code_is_provisional),
        statutory=statutory_words(version.statutory_value, version.statutory_unit),
        promised=promised_words(version.promised_value, version.statutory_unit),
        bases=tuple(str(basis) for basis in version.legal_bases.all()),
        certainty=version.matter.get_certainty_display(),
        is_estimated=version.matter.certainty == Certainty.ESTIMATED,
        audience=audience_words(version.audience),
        handling=version.get_handling_type_display(),
    )
