"""The gate every change of a status passes: lock, move table, person, move row, status.

Other services call these inside their transaction; the order of locks is matter before version.
"""

from collections.abc import Iterable
from datetime import date, datetime

from accounts.models import User
from audit.chain import append_all
from common import clock
from common.errors import Refused
from matters import policies, workflow
from matters.models import Matter, MatterMove, MatterVersion, VersionMove
from matters.workflow import MatterEvent, VersionEvent


def lock_matter(matter_id: int) -> Matter:
    """The matter, held until the end of the transaction; 404 when there is none."""
    matter = Matter.objects.select_for_update(no_key=True).filter(pk=matter_id).first()
    if matter is None:
        raise Refused("no_matter", "没有这个事项。请从事项列表重新打开。", status=404)
    return matter


def lock_version(version_id: int) -> MatterVersion:
    """The version, held until the end of the transaction; 404 when there is none."""
    versions = MatterVersion.objects.select_for_update(of=("self",), no_key=True)
    version = versions.select_related("matter").filter(pk=version_id).first()
    if version is None:
        raise Refused(
            "no_version", "没有这个版本，可能已被删除。请从事项列表重新打开。", status=404
        )
    return version


def move_version(
    version: MatterVersion, event: VersionEvent, *, by: User | None, reason: str = ""
) -> None:
    """Check the table and the person, record the move and set the status; the caller saves.

    Call on a locked row. `by` is empty only for the clock. Raises `Refused` (409 or 403).
    """
    move_versions([version], event, by=by, moment=clock.now(), reason=reason)


def move_versions(
    versions: Iterable[MatterVersion],
    event: VersionEvent,
    *,
    by: User | None,
    moment: datetime,
    reason: str = "",
) -> None:
    """As `move_version` for several versions at one moment."""
    rows = []
    for version in versions:
        target = workflow.check_move(version.status, event)
        if by is not None and event in workflow.ROLES:
            policies.check_may(by, event, version)
        rows.append(
            VersionMove(
                version=version,
                event=event,
                from_status=version.status,
                to_status=target,
                by=by,
                at=moment,
                reason=reason,
            )
        )
        version.status = target
    append_all(rows)


def move_matter(
    matter: Matter, event: MatterEvent, *, by: User | None, reason: str = "", on: date | None = None
) -> None:
    """As `move_version`, for a matter."""
    target = workflow.check_matter_move(matter.status, event)
    if by is not None:
        policies.check_may_switch(by, event, matter)
    row = MatterMove(
        matter=matter,
        event=event,
        from_status=matter.status,
        to_status=target,
        by=by,
        on=on,
        reason=reason,
    )
    append_all([row])
    matter.status = target


def require_reason(reason: str) -> str:
    """The reason without its margins; `Refused` (422) when nothing is said."""
    if not reason.strip():
        raise Refused("reason_missing", "请写明原因，让办理下一步的人知道为什么。", status=422)
    return reason.strip()
