"""身边的大厅: the list of centres and the page of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisations import search
from organisations.models import ServiceCentre, Street


@login_not_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """All centres by kind; `?street=120102001` keeps those for the residents of one street."""
    code = request.GET.get("street", "")
    streets = list(Street.objects.all())
    chosen = next((street for street in streets if street.code == code), None)
    centres = list(search.centres_for(chosen))
    context = {
        "crumbs": [{"label": "身边的大厅"}],
        "groups": _by_kind(centres),
        "total": len(centres),
        "complete": all(centre.is_complete for centre in centres),
        "chosen": chosen,
        "own": [centre for centre in centres if chosen and centre.street_id == chosen.pk],
        "unknown_street": bool(code) and chosen is None,
        "filter_groups": [_street_group(streets, chosen)],
        "chips": [{"label": chosen.name, "remove_url": request.path}] if chosen else [],
    }
    return render(request, "organisations/places.html", context)


@login_not_required
@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """One centre: where, when, which windows, which agencies."""
    centre = get_object_or_404(search.centre_with_windows(), slug=slug)
    windows = list(centre.windows.all())
    agencies = search.agencies_at(centre)
    context = {
        "crumbs": [
            {"label": "身边的大厅", "url": reverse("organisations:places")},
            {"label": centre.name},
        ],
        "centre": centre,
        "windows": windows,
        "has_demonstration": any(window.is_demonstration for window in windows),
        # Only agencies of the licence catalogue have matters to show on their page.
        "linked": [agency for agency in agencies if agency.in_catalogue],
        "others": [agency for agency in agencies if not agency.in_catalogue],
    }
    return render(request, "organisations/place.html", context)


def _by_kind(centres: list[ServiceCentre]) -> list[dict]:
    groups = [
        {"label": kind.label, "kind": kind.value, "centres": [c for c in centres if c.kind == kind]}
        for kind in ServiceCentre.Kind
    ]
    return [group for group in groups if group["centres"]]


def _street_group(streets: list[Street], chosen: Street | None) -> dict:
    options = [{"value": "", "label": "全部街道", "checked": chosen is None}]
    options += [{"value": s.code, "label": s.name, "checked": s == chosen} for s in streets]
    return {"legend": "您住在哪个街道", "name": "street", "kind": "select", "options": options}
