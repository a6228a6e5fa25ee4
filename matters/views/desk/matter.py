"""The list of all matters, and the desk page of one: editions, whose turn, what can be done."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matters import desk_search, exports, policies, sections
from matters.models import CatalogueFinding, Matter, MatterMove, MatterVersion, VersionMove
from matters.policies import READERS
from matters.views.desk.access import EDITOR, for_roles, side_links
from matters.views.desk.files import matters_table
from matters.views.desk.frame import VARIANTS, deed_links, gap_rows, section_url, whole_version
from matters.views.list_files import table_file
from matters.workflow import (
    FROZEN,
    HOLDERS,
    OPEN,
    MatterEvent,
    MatterStatus,
    VersionEvent,
    VersionStatus,
)

PAGE_SIZE = 30
HISTORY_SHOWN = 40
MATTER_VARIANTS = {
    MatterStatus.ACTIVE: "ok",
    MatterStatus.SUSPENDED: "warn",
    MatterStatus.WITHDRAWN: "err",
}


@for_roles(*READERS)
@require_safe
def matters(request: HttpRequest) -> HttpResponseBase:
    """全部事项, with filters in the address."""
    found = desk_search.matter_list(request.GET)
    words = dict(VersionStatus.choices)
    if wanted := exports.requested(request):
        return table_file(wanted, matters_table(found.rows, words))
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for matter in page:
        matter.open_word = words.get(matter.open_status, "")
        matter.open_variant = VARIANTS.get(matter.open_status, "")
    context = {
        "side_links": side_links(request, "desk_list"),
        "found": found,
        "page_obj": page,
        "clear_url": request.path,
        "export": exports.links(request),
    }
    return render(request, "matters/desk/list.html", context)


@for_roles(*READERS)
@require_safe
def matter(request: HttpRequest, seq: int) -> HttpResponse:
    """One matter at the desk."""
    found = get_object_or_404(Matter.objects.select_related("base_item"), seq=seq)
    editions = list(desk_search.editions_of(found))
    current = next((v for v in editions if v.status == VersionStatus.PUBLISHED), None)
    opened = next((v for v in editions if v.status in OPEN), None)
    context = {
        "side_links": side_links(request, ""),
        "matter": found,
        "current": current,
        "opened": _opened(request, opened) if opened else None,
        "editions": [_edition(version) for version in editions],
        "matter_actions": _matter_actions(request, found),
        "prepare": _prepare(request, found, current, opened),
        "history": _history(found),
        "findings": CatalogueFinding.objects.unresolved()
        .visible_to(request.user)
        .filter(matter=found),
        "gone": found.status == MatterStatus.WITHDRAWN,
        "matter_variant": MATTER_VARIANTS[found.status],
    }
    return render(request, "matters/desk/matter.html", context)


def _opened(request: HttpRequest, version: MatterVersion) -> dict[str, Any]:
    """The edition being worked on: whose turn, what is missing, what I can do."""
    gaps = gap_rows(whole_version(version.pk))
    last = VersionMove.objects.filter(version=version).select_related("by").last()
    return {
        "version": version,
        "variant": VARIANTS.get(version.status, ""),
        "holder": HOLDERS[version.status].label,
        "last": last,
        "was_returned": bool(last and last.event == VersionEvent.RETURN),
        "gaps": gaps,
        "blocking": sum(gap["blocking"] for gap in gaps),
        "comments": _comments(version),
        "editable": policies.may_edit(request.user, version),
        "edit_url": section_url(version, "basic"),
        "preview_url": reverse("matters:desk_preview", args=[version.pk]),
        "diff_url": reverse("matters:desk_diff", args=[version.pk]),
        "actions": deed_links(request, version),
    }


def _comments(version: MatterVersion) -> list:
    """Open remarks, each with the name of its section."""
    rows = list(version.comments.filter(resolved_at=None).select_related("by"))
    for row in rows:
        section = sections.BY_KEY.get(row.part)
        row.label = section.label if section else "整份指南"
    return rows


def _edition(version: MatterVersion) -> dict[str, Any]:
    return {
        "version": version,
        "variant": VARIANTS.get(version.status, ""),
        "url": reverse("matters:desk_preview", args=[version.pk]),
        "diff_url": reverse("matters:desk_diff", args=[version.pk]),
        "was_in_force": version.status in FROZEN,
    }


def _matter_actions(request: HttpRequest, found: Matter) -> list[dict[str, str]]:
    """Pause, resume, withdraw; a planned withdrawal is a withdrawal with a later day."""
    events = policies.available_matter_actions(found, request.user)
    return [
        {
            "label": event.label,
            "url": reverse("matters:desk_matter_deed", args=[found.seq, event.value]),
            "kind": "secondary",
        }
        for event in events
        if event != MatterEvent.PLAN_WITHDRAWAL
    ]


def _prepare(
    request: HttpRequest,
    found: Matter,
    current: MatterVersion | None,
    opened: MatterVersion | None,
) -> str:
    """`yes` for whoever may begin an edition, `elsewhere` for an editor of other agencies."""
    ready = current is not None and opened is None and found.status != MatterStatus.WITHDRAWN
    if not ready or not request.user.has_role(EDITOR):
        return ""
    return "yes" if policies.may_edit_guides_of(request.user, current.agency_id) else "elsewhere"


def _history(found: Matter) -> list[dict[str, Any]]:
    """Moves of the matter and of its editions in one line of time, newest first."""
    versions = VersionMove.objects.filter(version__matter=found).select_related("by", "version")
    own = MatterMove.objects.filter(matter=found).select_related("by")
    rows = [
        {
            "at": move.at,
            "what": f"第 {move.version.number} 版　{move.get_event_display()}",
            "who": move.by.display_name if move.by else "系统",
            "reason": move.reason,
        }
        for move in versions.order_by("-at")[:HISTORY_SHOWN]
    ]
    rows += [
        {
            "at": move.at,
            "what": f"事项　{move.get_event_display()}",
            "who": move.by.display_name if move.by else "系统",
            "reason": move.reason,
        }
        for move in own.order_by("-at")[:HISTORY_SHOWN]
    ]
    return sorted(rows, key=lambda row: row["at"], reverse=True)[:HISTORY_SHOWN]
