"""Preparing, changing and discarding a draft beside the edition in force."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from audit.chain import append
from common import clock
from common.errors import Refused
from matters import policies
from matters.models import ElementChange, Matter, MatterVersion, VersionMove
from matters.services.copying import copy_version
from matters.services.moves import lock_matter, lock_version, move_version, require_reason
from matters.workflow import EDITABLE, MatterStatus, VersionEvent, VersionStatus


@transaction.atomic
def prepare_version(*, matter_id: int, by: User) -> MatterVersion:
    """A new draft with the whole content of the edition in force; the live one stays as it is.

    Refused (409) when the matter is withdrawn, has nothing in force, or another edition of it is
    being worked on.
    """
    matter = lock_matter(matter_id)
    current = MatterVersion.objects.published().filter(matter=matter).first()
    if current is None:
        message = "这个事项还没有发布过版本，不能复制。请在已有的草稿上继续编辑。"
        raise Refused("nothing_in_force", message)
    policies.check_may_edit(by, current.agency_id)
    if matter.status == MatterStatus.WITHDRAWN:
        raise Refused("matter_withdrawn", "这个事项已取消，不能再编辑新版本。")
    check_no_open_version(matter)
    draft = copy_version(current, number=next_number(matter))
    record_prepared(draft, by=by)
    return draft


def check_no_open_version(matter: Matter) -> None:
    """Refuse (409) when an edition is being worked on; says which and in whose hands."""
    opened = MatterVersion.objects.being_edited().filter(matter=matter).first()
    if opened is not None:
        raise Refused(
            "version_open",
            f"“{opened.name}”已有正在办理的第 {opened.number} 版"
            f"（{opened.get_status_display()}）。请打开那一版继续，或先把它作废。",
        )


def next_number(matter: Matter) -> int:
    """Number after the last one; a discarded draft leaves its number free."""
    kept = MatterVersion.objects.filter(matter=matter).exclude(status=VersionStatus.DISCARDED)
    return (kept.aggregate(last=Max("number"))["last"] or 0) + 1


def record_prepared(draft: MatterVersion, *, by: User) -> None:
    """The first link of a version's history."""
    append(
        VersionMove(
            version=draft, event=VersionEvent.PREPARE, to_status=draft.status, by=by, at=clock.now()
        )
    )


def lock_draft(version_id: int, *, by: User) -> MatterVersion:
    """The draft, held until the end of the transaction, for whoever may change it.

    Every save of the desk starts here. Refused: 409 when it is no draft (any more), 403 when the
    person may not edit it.
    """
    version = lock_version(version_id)
    policies.check_may_edit(by, version.agency_id)
    if version.status != EDITABLE:
        raise Refused(
            "not_a_draft",
            f"这个版本现在是“{version.get_status_display()}”，内容不能改。"
            "请先撤回或请审核人退回，再修改。",
        )
    return version


def record_change(
    *, version: MatterVersion, element: str, before: Any, after: Any, by: User
) -> ElementChange | None:
    """Keep what an element was before and after a save; nothing when nothing changed.

    Call in the transaction of the save, on the row `lock_draft` returned. `before` and `after` are
    JSON-ready (None for a row added or removed).
    """
    if before == after:
        return None
    change = ElementChange(
        version=version, element=element, before=before, after=after, by=by, at=clock.now()
    )
    return append(change)


@transaction.atomic
def discard_draft(*, version_id: int, by: User, reason: str) -> MatterVersion:
    """Drop a draft for good; it stays in the history, its number becomes free."""
    version = lock_version(version_id)
    move_version(version, VersionEvent.DISCARD, by=by, reason=require_reason(reason))
    version.save(update_fields=["status"])
    return version
