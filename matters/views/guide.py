"""The guide page and the list of its editions."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matters.models import Matter, MatterVersion
from matters.presenting.guide import ESTIMATED_NOTE, present
from matters.selfcheck import chosen_item
from matters.views.breadcrumbs import guide_crumbs
from matters.views.lookup import with_guide
from matters.workflow import FROZEN, MatterStatus


@login_not_required
@require_safe
@with_guide
def guide(request: HttpRequest, version: MatterVersion) -> HttpResponse:
    """办事指南 for one business item (`?item=02`; an unknown one shows the first)."""
    item = chosen_item(version.snapshot, request.GET.get("item"))
    context = guide_context(request, version, version.snapshot, item)
    return render(request, "matters/guide.html", context)


def guide_context(
    request: HttpRequest, version: MatterVersion, snapshot: dict[str, Any], item: dict[str, Any]
) -> dict[str, Any]:
    """What the guide page shows of a snapshot; the editing desk previews a draft with it."""
    return {
        "page": present(snapshot, item),
        "guide": snapshot,
        "version": version,
        "matter": version.matter,
        "suspended": version.matter.status == MatterStatus.SUSPENDED,
        "crumbs": guide_crumbs(snapshot),
        "related": _related(snapshot),
        "centre_url": _centre_address(snapshot["centre"]),
        "check_url": f"{reverse('matters:check', args=[snapshot['seq']])}?item={item['suffix']}",
        "page_url": settings.PUBLIC_BASE_URL + request.path,
        "estimated_note": ESTIMATED_NOTE,
    }


def _centre_address(centre: dict[str, str] | None) -> str:
    return reverse("matters:place", args=[centre["slug"]]) if centre else ""


def _related(snapshot: dict) -> list[dict[str, str]]:
    found = Matter.objects.filter(seq__in=snapshot["related"]).exclude(
        status=MatterStatus.WITHDRAWN
    )
    names = dict(found.values_list("seq", "name"))
    return [
        {"label": names[seq], "url": reverse("matters:guide", args=[seq])}
        for seq in snapshot["related"]
        if seq in names
    ]


@login_not_required
@require_safe
@with_guide
def history(request: HttpRequest, version: MatterVersion) -> HttpResponse:
    """Published editions of one matter, newest first; old texts are for staff."""
    editions = MatterVersion.objects.filter(matter=version.matter, status__in=FROZEN)
    context = {
        "guide": version.snapshot,
        "crumbs": guide_crumbs(version.snapshot, "历次版本"),
        "editions": editions.only(
            "number", "status", "published_at", "superseded_at", "effective_on"
        ).order_by("-number"),
    }
    return render(request, "matters/history.html", context)
