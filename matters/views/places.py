"""身边的大厅: the list of centres, the page of one, and the licences it receives."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matters import exports, filters, halls
from matters.views.agencies import agency_links
from matters.views.list_files import list_page, table_file
from matters.views.listing import listing
from organisations import search
from organisations.models import Agency, ServiceCentre, Street

Kind = ServiceCentre.Kind
UNSET = "（待配置）"


@login_not_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """All centres by kind; `?street=120102001` keeps those for the residents of one street."""
    code = request.GET.get("street", "")
    streets = list(Street.objects.all())
    chosen = next((street for street in streets if street.code == code), None)
    centres = list(search.centres_for(chosen))
    deciding = halls.agencies_by_centre()
    for centre in centres:
        _describe(centre, deciding.get(centre.pk, []))
    own_windows = deciding.get(None, [])
    context = {
        "crumbs": [{"label": "身边的大厅"}],
        "counts": [(kind.label, len(_of(centres, kind))) for kind in Kind if _of(centres, kind)],
        "district": _of(centres, Kind.DISTRICT),
        "specialised": _of(centres, Kind.SPECIALISED),
        "street_centres": _of(centres, Kind.STREET),
        "street_matters": sum(c.matter_count for c in _of(centres, Kind.STREET)),  # type: ignore[attr-defined]
        "total": len(centres),
        "export": exports.links(request),
        "licences": sum(_matters(agencies) for agencies in deciding.values()),
        "own_windows": own_windows,
        "without_hall": _without_hall(streets, centres),
        "own_windows_total": _matters(own_windows),
        "complete": all(centre.is_complete for centre in centres),
        "chosen": chosen,
        "own": [centre for centre in centres if chosen and centre.street_id == chosen.pk],
        "unknown_street": bool(code) and chosen is None,
        "filter_groups": [_street_group(streets, chosen)],
        "chips": [{"label": chosen.name, "remove_url": request.path}] if chosen else [],
    }
    if wanted := exports.requested(request):
        return table_file(wanted, _places_table(centres))
    return render(request, "matters/places.html", context)


PLACE_COLUMNS = (
    exports.Column("名称", 34),
    exports.Column("类别", 20),
    exports.Column("地址", 40),
    exports.Column("开放时间", 30),
    exports.Column("电话", 20),
    exports.Column("能办的许可事项", 16),
    exports.Column("窗口", 50),
)


def _places_table(centres: list[Any]) -> exports.Table:
    rows = (
        [
            centre.name,
            centre.get_kind_display(),
            centre.address or UNSET,
            centre.hours or UNSET,
            centre.phone or UNSET,
            centre.matter_count,
            "、".join(centre.window_names),
        ]
        for centre in centres
    )
    return exports.Table("河东区政务服务大厅", "hedong-places", PLACE_COLUMNS, lambda: rows)


def _describe(centre: Any, agencies: list[Agency]) -> None:
    """Hang on a centre what its card says: matters, deciding agencies, windows."""
    centre.matter_count = _matters(agencies)
    centre.deciding = agency_links(agencies)
    centre.window_names = [window.name for window in centre.windows.all()]
    centre.windows_are_demonstration = any(w.is_demonstration for w in centre.windows.all())


def _matters(agencies: list[Agency]) -> int:
    return sum(agency.matter_count for agency in agencies)  # type: ignore[attr-defined]


def _of(centres: list[ServiceCentre], kind: Kind) -> list[ServiceCentre]:
    return [centre for centre in centres if centre.kind == kind]


def _without_hall(streets: list[Street], centres: list[ServiceCentre]) -> list[Street]:
    """Streets without a centre of their own, such as the exclave."""
    served = {centre.street_id for centre in centres}
    return [street for street in streets if street.pk not in served]


def _street_group(streets: list[Street], chosen: Street | None) -> dict:
    options = [{"value": "", "label": "全部街道", "checked": chosen is None}]
    options += [{"value": s.code, "label": s.name, "checked": s == chosen} for s in streets]
    return {"legend": "您住在哪个街道", "name": "street", "kind": "select", "options": options}


@login_not_required
@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """One centre: what can be done there, where, when, which windows, which agencies."""
    centre = get_object_or_404(search.centre_with_windows(), slug=slug)
    windows = list(centre.windows.all())
    deciding = halls.agencies_by_centre().get(centre.pk, [])
    others = [
        agency
        for agency in search.agencies_at(centre)
        if agency.pk not in {row.pk for row in deciding}
    ]
    context = {
        "crumbs": [_list_crumb(), {"label": centre.name}],
        "centre": centre,
        "matter_count": _matters(deciding),
        "themes": _theme_links(centre),
        "district": ServiceCentre.objects.filter(kind=Kind.DISTRICT).exclude(pk=centre.pk).first(),
        "deciding": agency_links(deciding),
        "windows": windows,
        "numbered": any(window.number for window in windows),
        "has_demonstration": any(window.is_demonstration for window in windows),
        # Only agencies of the licence catalogue have matters to show on their page.
        "linked": [agency for agency in others if agency.in_catalogue],
        "others": [agency for agency in others if not agency.in_catalogue],
    }
    return render(request, "matters/place.html", context)


def _list_crumb() -> dict:
    return {"label": "身边的大厅", "url": reverse("matters:places")}


def _theme_links(centre: ServiceCentre) -> list[dict]:
    """Rows for `components/link_list.html`: one theme's licences in this hall."""
    address = reverse("matters:place_matters", args=[centre.slug])
    return [
        {
            "label": theme.name,
            "icon": theme.icon,
            "count": theme.matter_count,  # type: ignore[attr-defined]
            "url": f"{address}?theme={theme.slug}",
        }
        for theme in halls.themes_at(centre)
    ]


@login_not_required
@require_safe
def place_matters(request: HttpRequest, slug: str) -> HttpResponse:
    """The licences one centre receives, as a list with filters."""
    centre = get_object_or_404(ServiceCentre, slug=slug)
    context = {
        "centre": centre,
        "listing": listing(request, halls.licences_at(centre), filters.every_group()),
        "crumbs": [
            _list_crumb(),
            {"label": centre.name, "url": reverse("matters:place", args=[centre.slug])},
            {"label": "能办的许可事项"},
        ],
    }
    name = f"{centre.name}能办的事项"
    return list_page(request, "matters/place_matters.html", context, name)
