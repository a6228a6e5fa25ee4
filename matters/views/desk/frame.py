"""What stands around every page about one version: its head, its sections, its gaps."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from common import clock
from matters import policies, rules, sections, snapshot
from matters.models import MatterVersion
from matters.services.checking import measure, whole
from matters.workflow import VersionEvent

#: status → variant of its tag
VARIANTS = {
    "draft": "accent",
    "submitted": "warn",
    "approved": "info",
    "scheduled": "info",
    "published": "ok",
}
#: buttons that move the edition on come filled
FORWARD = (VersionEvent.SUBMIT, VersionEvent.APPROVE, VersionEvent.PUBLISH)


def whole_version(pk: int) -> MatterVersion:
    """A version with every part of its guide, in a few queries; 404 when there is none."""
    version = whole([pk]).first()
    if version is None:
        raise Http404("没有这个版本。它可能已被作废，请回到事项页查看。")
    return version


def guide_of(version: MatterVersion) -> dict[str, Any] | None:
    """The guide as it would be published now; None while a single part (fee, result) is missing."""
    if not (hasattr(version, "fee") and hasattr(version, "result")):
        return None
    return snapshot.build(version) | {"published_on": _public_day(version)}


def _public_day(version: MatterVersion) -> str:
    day = version.published_at or clock.now()
    return localdate(day).isoformat()


def gap_rows(version: MatterVersion) -> list[dict[str, Any]]:
    """Open gaps of a version, each with the section it is mended in."""
    guide = guide_of(version)
    found = measure(version, guide) if guide else [_part_missing(version)]
    return [gap_row(version, gap) for gap in found]


def _part_missing(version: MatterVersion) -> rules.Gap:
    part, word = ("result", "办理结果") if hasattr(version, "fee") else ("fee", "收费")
    return rules.Gap("part_missing", part, f"“{word}”还没有填写过，请打开这一节填好并保存。")


def gap_row(version: MatterVersion, gap: rules.Gap) -> dict[str, Any]:
    """A gap with the section it is mended in."""
    field = gap.field
    section = sections.section_of(gap.part, field) or sections.BY_KEY["basic"]
    return {
        "message": gap.message,
        "blocking": gap.blocking,
        "section": section,
        "field": field.rpartition(".")[2],
        "path": field,
        "url": section_url(version, section.key),
    }


def section_url(version: MatterVersion, key: str) -> str:
    """Address of one section of a version."""
    return reverse("matters:desk_section", args=[version.pk, key])


def section_links(
    version: MatterVersion, current: str, gaps: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Sections in groups, with the number of gaps of each."""
    counts: dict[str, list[int]] = {}
    for gap in gaps:
        counts.setdefault(gap["section"].key, [0, 0])[not gap["blocking"]] += 1
    return [
        {
            "label": label,
            "links": [
                {
                    "label": sections.BY_KEY[key].label,
                    "url": section_url(version, key),
                    "current": key == current,
                    "blocking": counts.get(key, [0, 0])[0],
                    "open": counts.get(key, [0, 0])[1],
                }
                for key in keys
            ],
        }
        for label, keys in sections.GROUPS
    ]


def status_tag(version: MatterVersion) -> dict[str, str]:
    """Status of a version for `components/tag.html`."""
    return {
        "label": version.get_status_display(),
        "variant": VARIANTS.get(version.status, ""),
    }


def version_frame(request: HttpRequest, version: MatterVersion, current: str) -> dict[str, Any]:
    """Context shared by the pages about one version."""
    gaps = gap_rows(version)
    return {
        "version": version,
        "matter": version.matter,
        "status_tag": status_tag(version),
        "gaps": gaps,
        "blocking_count": sum(gap["blocking"] for gap in gaps),
        "section_groups": section_links(version, current, gaps),
        "editable": policies.may_edit(request.user, version),
        "matter_url": reverse("matters:desk_matter", args=[version.matter.seq]),
        "preview_url": reverse("matters:desk_preview", args=[version.pk]),
        "diff_url": reverse("matters:desk_diff", args=[version.pk]),
    }


def deed_links(request: HttpRequest, version: MatterVersion) -> list[dict[str, str]]:
    """Buttons of what this person can do to the version now; those that move it on are filled."""
    return [
        {
            "label": event.label,
            "url": reverse("matters:desk_deed", args=[version.pk, event.value]),
            "kind": "" if event in FORWARD else "secondary",
        }
        for event in policies.available_actions(version, request.user)
    ]
