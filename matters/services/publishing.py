"""Putting a version into force. The only writer of published versions and of search entries."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate as local_date

from accounts.models import User
from common.errors import Refused
from common.sortkeys import initials, sort_key
from matters import rules, snapshot
from matters.models import Matter, MatterVersion, SearchEntry
from matters.workflow import VersionStatus

GUIDE_PARTS = (
    "themes",
    "joint_agencies",
    "items",
    "situations__options",
    "conditions",
    "materials__items",
    "materials__paper__alternatives",
    "steps",
    "faqs",
    "legal_bases",
)
SINGLE_PARTS = (
    "matter__base_item",
    "agency",
    "supervisor",
    "centre",
    "window",
    "fee",
    "result",
)


def publish_version(*, version_id: int, by: User | None, moment: datetime) -> MatterVersion:
    """Put one version into force; see `publish_versions`."""
    return publish_versions(version_ids=[version_id], by=by, moment=moment)[0]


@transaction.atomic
def publish_versions(
    *, version_ids: Sequence[int], by: User | None, moment: datetime
) -> list[MatterVersion]:
    """Freeze versions with their snapshots and let them replace those in force.

    `by` is empty only for the import of the initial catalogue. Raises `Refused` (422) with all
    blocking gaps when a guide is incomplete or contradicts itself; then nothing is published.
    """
    locked = Matter.objects.select_for_update(no_key=True).order_by("pk")
    list(locked.filter(versions__in=version_ids).values_list("pk"))
    versions = list(_whole(version_ids))
    for version in versions:
        version.snapshot = _complete_guide(version, moment)
        version.status = VersionStatus.PUBLISHED
        version.published_at, version.published_by = moment, by
    _supersede([version.matter_id for version in versions], moment)
    MatterVersion.objects.bulk_update(
        versions, ["snapshot", "status", "published_at", "published_by"], batch_size=50
    )
    index_versions(versions)
    return versions


def _complete_guide(version: MatterVersion, moment: datetime) -> dict:
    guide = snapshot.build(version) | {"published_on": local_date(moment).isoformat()}
    blocking = [gap.message for gap in rules.gaps(guide) if gap.blocking]
    if blocking:
        message = f"“{version.name}”不能发布：" + "；".join(blocking)
        raise Refused("guide_has_gaps", message, status=422)
    return guide


def _supersede(matter_ids: Sequence[int], moment: datetime) -> None:
    MatterVersion.objects.published().filter(matter__in=matter_ids).update(
        status=VersionStatus.SUPERSEDED, superseded_at=moment
    )


def index_versions(versions: Sequence[MatterVersion]) -> None:
    """Rewrite the search entries of published versions."""
    SearchEntry.objects.bulk_create(
        [_entry(version.snapshot or {}) for version in versions],
        update_conflicts=True,
        unique_fields=["kind", "reference"],
        update_fields=["title", "aliases", "body", "pinyin", "initials"],
    )


def _entry(guide: dict) -> SearchEntry:
    names = [guide["name"], *guide["keywords"]]
    return SearchEntry(
        kind=SearchEntry.Kind.MATTER,
        reference=str(guide["seq"]),
        title=guide["name"],
        aliases=guide["keywords"],
        body=_searchable(guide),
        pinyin=" ".join(sort_key(name) for name in names)[:600],
        initials=" ".join(initials(name) for name in names)[:300],
    )


def _whole(version_ids: Sequence[int]) -> QuerySet[MatterVersion]:
    return (
        MatterVersion.objects.filter(pk__in=version_ids)
        .select_related(*SINGLE_PARTS)
        .prefetch_related(*GUIDE_PARTS)
    )


def _searchable(guide: dict) -> str:
    """Texts of a guide a citizen's words may hit, one per line."""
    lines = [
        guide["summary"],
        guide["applicants"],
        guide["result"]["name"],
        guide["agency"]["name"],
        guide["agency"]["short_name"],
        guide["identity"]["implementation_code"],
        guide["base_code"],
        *(theme["name"] for theme in guide["themes"]),
        *(item["name"] for item in guide["items"]),
    ]
    return "\n".join(line for line in lines if line)
