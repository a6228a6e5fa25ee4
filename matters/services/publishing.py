"""Putting versions into force: now, on a day, or as the initial import.

`_put_into_force` is the only place where an edition goes into force and another out of it.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import localdate as local_date

from accounts.models import User
from common import clock
from common.errors import Refused
from matters import rules, snapshot
from matters.models import Matter, MatterVersion
from matters.services.checking import check_complete, measure, refuse_gaps, whole
from matters.services.editions import next_number
from matters.services.indexing import index_versions
from matters.services.moves import lock_matter, lock_version, move_version, move_versions
from matters.services.texts import store_texts
from matters.workflow import MatterStatus, VersionEvent, VersionStatus


@transaction.atomic
def publish_versions(
    *, version_ids: Sequence[int], by: User | None, moment: datetime.datetime
) -> list[MatterVersion]:
    """Put drafts read from files into force: the initial import, without a second pair of eyes.

    Raises `GuideHasGaps` (422) with all blocking gaps of all guides; then nothing is published.
    """
    locked = Matter.objects.select_for_update(no_key=True).order_by("pk")
    list(locked.filter(versions__in=version_ids).values_list("pk"))
    versions = list(whole(version_ids).select_for_update(of=("self",), no_key=True))
    _put_into_force(versions, VersionEvent.LOAD, by=by, moment=moment)
    return versions


@transaction.atomic
def publish_now(*, version_id: int, by: User) -> MatterVersion:
    """Put an approved version into force at once. Refused (422) with the full list of gaps."""
    version = _lock_way_into_force(version_id)
    version.effective_on = clock.today()
    return _put_into_force([version], VersionEvent.PUBLISH, by=by, moment=clock.now())[0]


@transaction.atomic
def schedule_version(*, version_id: int, by: User, effective_on: datetime.date) -> MatterVersion:
    """Let an approved version come into force at 00:00 of a later day (policy §10.8)."""
    version = _lock_way_into_force(version_id)
    move_version(version, VersionEvent.SCHEDULE, by=by, reason=f"{effective_on:%Y-%m-%d} 生效")
    if effective_on <= clock.today():
        message = "生效日期应晚于今天。要马上生效，请用“立即发布”。"
        raise Refused("day_not_ahead", message, status=422)
    if version.retire_on and version.retire_on <= effective_on:
        message = f"生效日期应早于计划取消日期 {version.retire_on:%Y-%m-%d}。"
        raise Refused("day_after_retirement", message, status=422)
    check_complete([version])
    version.effective_on = effective_on
    version.save(update_fields=["status", "effective_on"])
    return version


@transaction.atomic
def unschedule_version(*, version_id: int, by: User) -> MatterVersion:
    """Take a scheduled version off the clock; it stays approved."""
    version = lock_version(version_id)
    move_version(version, VersionEvent.UNSCHEDULE, by=by)
    version.effective_on = None
    version.save(update_fields=["status", "effective_on"])
    return version


@transaction.atomic
def take_effect(*, version_id: int) -> MatterVersion | None:
    """Put a scheduled version into force whose day has come; None when it is not due (any more)."""
    version = _lock_way_into_force(version_id)
    day = version.effective_on
    if version.status != VersionStatus.SCHEDULED or day is None or day > clock.today():
        return None
    return _put_into_force([version], VersionEvent.TAKE_EFFECT, by=None, moment=clock.now())[0]


def _lock_way_into_force(version_id: int) -> MatterVersion:
    """The version with all parts, its matter and itself held; matter first, as everywhere."""
    found = MatterVersion.objects.filter(pk=version_id).values_list("matter", flat=True).first()
    if found is None:
        return lock_version(version_id)
    matter = lock_matter(found)
    lock_version(version_id)
    if matter.status == MatterStatus.WITHDRAWN:
        raise Refused("matter_withdrawn", "这个事项已取消，不能再发布新版本。")
    return whole([version_id]).get()


def _put_into_force(
    versions: list[MatterVersion],
    event: VersionEvent,
    *,
    by: User | None,
    moment: datetime.datetime,
) -> list[MatterVersion]:
    """Freeze versions with their snapshots and let them replace those in force."""
    found = {}
    move_versions(versions, event, by=by, moment=moment)
    for version in versions:
        if event != VersionEvent.LOAD:
            version.number = _number_in_force(version)
        guide = snapshot.build(version) | {"published_on": local_date(moment).isoformat()}
        gaps = rules.gaps(guide) if event == VersionEvent.LOAD else measure(version, guide)
        found[version.pk] = [gap for gap in gaps if gap.blocking]
        version.snapshot = guide
        version.published_at, version.published_by = moment, by
    refuse_gaps({version.pk: version.name for version in versions}, found)
    _supersede([version.matter_id for version in versions], by=by, moment=moment)
    MatterVersion.objects.bulk_update(
        versions,
        ["snapshot", "status", "number", "effective_on", "published_at", "published_by"],
        batch_size=50,
    )
    if event != VersionEvent.LOAD:
        _rename_matters(versions)
        store_texts(versions)  # after an import of hundreds the clock does it
    index_versions(versions)
    return versions


def _number_in_force(version: MatterVersion) -> int:
    """Editions in force are numbered in their order, also when a file was loaded meanwhile."""
    later = MatterVersion.objects.filter(matter=version.matter, number__gt=version.number)
    return next_number(version.matter) if later.exists() else version.number


def _supersede(matter_ids: Sequence[int], *, by: User | None, moment: datetime.datetime) -> None:
    former = MatterVersion.objects.published().filter(matter__in=matter_ids).defer("snapshot")
    replaced = list(former)
    move_versions(replaced, VersionEvent.SUPERSEDE, by=by, moment=moment)
    MatterVersion.objects.filter(pk__in=[version.pk for version in replaced]).update(
        status=VersionStatus.SUPERSEDED, superseded_at=moment
    )


def _rename_matters(versions: list[MatterVersion]) -> None:
    """The matter carries the name in force."""
    for version in versions:
        Matter.objects.filter(pk=version.matter_id).exclude(name=version.name).update(
            name=version.name
        )
