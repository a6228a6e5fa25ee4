"""Comparing two editions and talking about it: `/desk/matters/version/<pk>/diff/`."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from matters import difference, sections
from matters.models import MatterVersion
from matters.policies import READERS
from matters.services import reviewing
from matters.views.desk.access import CATALOGUE, for_roles
from matters.views.desk.frame import deed_links, guide_of, version_frame, whole_version
from matters.workflow import OPEN, VersionStatus

KINDS = {"added": "ok", "removed": "err", "changed": "info", "moved": "info"}


@for_roles(*READERS)
@require_safe
def diff(request: HttpRequest, pk: int) -> HttpResponse:
    """This edition beside another one (`?with=<pk>`; the one it replaces when nothing is said)."""
    version = whole_version(pk)
    others = list(_others(version))
    other = _chosen(others, request.GET.get("with", ""), version)
    changes = difference.difference(_guide(other), _guide(version)) if other else []
    frame = version_frame(request, version, "")
    context = frame | {
        "other": other,
        "others": others,
        "blocks": _blocks(version, changes),
        "total": len(changes),
        "may_comment": version.status in OPEN and request.user.has_role(*CATALOGUE),
        "whole_comments": version.comments.filter(part="").select_related("by", "resolved_by"),
        "actions": deed_links(request, version),
        "parts": list(sections.in_order()),
    }
    return render(request, "matters/desk/diff.html", context)


def _others(version: MatterVersion) -> Any:
    """Editions it can be compared with, newest first."""
    editions = MatterVersion.objects.filter(matter=version.matter_id).exclude(pk=version.pk)
    return editions.exclude(status=VersionStatus.DISCARDED).defer("snapshot").order_by("-number")


def _chosen(others: list[MatterVersion], asked: str, version: MatterVersion) -> Any:
    """The edition asked for; else the one in force, or the one this edition replaced."""
    found = next((other for other in others if str(other.pk) == asked), None)
    if found is None and version.status in OPEN:
        found = next((other for other in others if other.status == VersionStatus.PUBLISHED), None)
    if found is None:
        found = next((other for other in others if other.number < version.number), None)
    return found


def _guide(version: MatterVersion) -> dict[str, Any]:
    """What was published, or what would be published now."""
    whole = whole_version(version.pk)
    return whole.snapshot or guide_of(whole) or {}


def _blocks(version: MatterVersion, changes: list[Any]) -> list[dict[str, Any]]:
    """Sections with changes or remarks, in the order of the editing desk."""
    remarks = list(version.comments.exclude(part="").select_related("by", "resolved_by"))
    blocks = [
        {
            "section": section,
            "changes": [_row(c) for c in changes if _section(c.part, c.path) == section],
            "comments": [c for c in remarks if _section(c.part) == section],
            "url": reverse("matters:desk_section", args=[version.pk, section.key]),
        }
        for section in sections.in_order()
    ]
    return [block for block in blocks if block["changes"] or block["comments"]]


def _section(part: str, path: str = "") -> sections.Section:
    return sections.section_of(part, path) or sections.BY_KEY["basic"]


def _row(change: Any) -> dict[str, Any]:
    return {"change": change, "variant": KINDS[change.kind], "words": change.words}


@for_roles(*CATALOGUE)
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a remark on one section, or on the whole guide."""
    part = request.POST.get("part", "")
    part = part if part in sections.BY_KEY else ""
    reviewing.add_comment(
        version_id=pk, by=request.user, text=request.POST.get("text", ""), part=part
    )
    messages.success(request, "意见已记下，编辑人会在那一节看到。")
    return redirect(reverse("matters:desk_diff", args=[pk]) + (f"#part-{part}" if part else ""))


@for_roles(*CATALOGUE)
@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a remark as dealt with, and go back to where the person was."""
    found = reviewing.resolve_comment(comment_id=pk, by=request.user)
    messages.success(request, "这条意见已标为处理好。")
    if request.POST.get("from") == "section" and found.part in sections.BY_KEY:
        return redirect(reverse("matters:desk_section", args=[found.version_id, found.part]))
    return redirect(reverse("matters:desk_diff", args=[found.version_id]))
