"""按部门找: the deciding agencies, and one agency with its matters."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matters import exports, filters, statistics
from matters.views.list_files import list_page, table_file
from matters.views.listing import listing
from organisations.models import Agency

KIND_ORDER = list(Agency.Kind)


@login_not_required
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    deciding = statistics.agencies_with_counts()
    context = {
        "groups": _by_kind(deciding),
        "agency_count": len(deciding),
        "total": sum(agency.matter_count for agency in deciding),
        "largest": max(deciding, key=lambda agency: agency.matter_count, default=None),
        "supervising": agency_links(_supervising({agency.pk for agency in deciding})),
        "export": exports.links(request),
        "crumbs": [{"label": "按部门找"}],
    }
    if wanted := exports.requested(request):
        return table_file(wanted, _agencies_table(deciding))
    return render(request, "matters/agency_list.html", context)


AGENCY_COLUMNS = (
    exports.Column("部门", 24),
    exports.Column("全称", 40),
    exports.Column("类别", 20),
    exports.Column("实施的行政许可事项", 20),
)


def _agencies_table(agencies: list[Agency]) -> exports.Table:
    ranked = sorted(agencies, key=lambda agency: KIND_ORDER.index(agency.kind))
    rows = (
        [agency.short_name, agency.name, agency.get_kind_display(), agency.matter_count]
        for agency in ranked
    )
    return exports.Table(
        "河东区实施行政许可的部门", "hedong-agencies", AGENCY_COLUMNS, lambda: rows
    )


def agency_links(agencies: list[Agency]) -> list[dict]:
    """Rows for `components/link_list.html`."""
    return [
        {
            "label": agency.short_name,
            "url": reverse("matters:agency", args=[agency.slug]),
            "count": agency.matter_count,
        }
        for agency in agencies
    ]


def _by_kind(agencies: list[Agency]) -> list[dict]:
    """One block a kind, in the order of the code list; agencies keep their pinyin order."""
    ranked = sorted(agencies, key=lambda agency: KIND_ORDER.index(agency.kind))
    return [
        {"label": Agency.Kind(kind).label, "links": agency_links(list(rows))}
        for kind, rows in groupby(ranked, key=lambda agency: agency.kind)
    ]


def _supervising(deciding: set[int]) -> list[Agency]:
    """Agencies that decide nothing here but supervise what others decide."""
    found = dict(
        statistics.licences_in_force()
        .exclude(supervisor=None)
        .exclude(supervisor__in=deciding)
        .order_by()
        .values_list("supervisor")
        .annotate(Count("pk"))
    )
    rows = list(Agency.objects.filter(pk__in=found))
    for agency in rows:
        agency.matter_count = found[agency.pk]
    return rows


@login_not_required
@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Agency.objects.select_related("parent"), slug=slug)
    licences = statistics.licences_in_force()
    decided = licences.filter(agency=shown)
    supervised = licences.filter(supervisor=shown).exclude(agency=shown)
    decides = decided.exists()
    groups = (
        filters.AUDIENCE,
        filters.theme_group(),
        filters.TYPE,
        filters.WAYS,
        filters.FEE,
    )
    context = {
        "agency": shown,
        "decides": decides,
        "facts": _facts(shown),
        "listing": listing(request, decided if decides else supervised, groups),
        "supervised": _supervised_links(supervised) if decides else [],
        "crumbs": [
            {"label": "按部门找", "url": reverse("matters:agencies")},
            {"label": shown.short_name},
        ],
    }
    return list_page(request, "matters/agency.html", context, f"{shown.short_name}的事项")


def _facts(agency: Agency) -> list[dict]:
    rows = [
        {"label": "全称", "value": agency.name},
        {"label": "类别", "value": agency.get_kind_display()},
        {"label": "咨询电话", "value": agency.consultation_phone},
        {"label": "监督投诉电话", "value": agency.supervision_phone},
    ]
    if agency.parent:
        rows.insert(2, {"label": "所属机构", "value": agency.parent.name})
    return rows


def _supervised_links(supervised) -> list[dict]:
    return [
        {"label": name, "url": reverse("matters:guide", args=[seq])}
        for seq, name in supervised.order_by("matter__seq").values_list("matter__seq", "name")
    ]
