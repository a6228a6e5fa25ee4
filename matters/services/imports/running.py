"""What a worker does: claim a job, check or write it, and say how far it is.

The row is the queue. A claim carries a lease and a token; a worker that dies simply stops
renewing, and the next one takes the job over. A worker whose lease was taken finds another token
and leaves everything as it was.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.db.models.functions import Now

from common import clock
from matters.intake.refusal import Problems
from matters.models import ImportJob
from matters.models.import_job import TAKEN_AS, ImportState
from matters.services.imports import (
    checks,
    comparing,
    guides,
    places,
    previewing,
    sandbox,
    staging,
    writing,
)
from matters.services.imports.sandbox import Reading

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
PLAN_CHANGED = "您确认以后目录又有变化，没有写入。下面是新的预览，请再看一遍。"
GAVE_UP = "处理了几次都没有完成，已经停止，目录没有改动。请把文件拆小后再上传，或联系系统管理员。"


class LeaseLost(Exception):
    """Another worker has the job now."""


@dataclass
class Claim:
    """One job in the hands of this process."""

    job: ImportJob
    token: uuid.UUID
    #: a connection of its own, so that progress is seen while the work is one open transaction
    side: BaseDatabaseWrapper | None = None

    def tell(self, progress: int, doing: str) -> None:
        """Say how far it is and renew the lease."""
        if self.side is None:
            self.side = connection.copy()
        with self.side.cursor() as cursor:
            cursor.execute(
                "UPDATE matters_importjob SET progress = %s, doing = %s,"
                " lease_until = clock_timestamp() + make_interval(secs => %s)"
                " WHERE id = %s AND lease_token = %s",
                [progress, doing, LEASE.total_seconds(), self.job.pk, self.token],
            )

    def close(self) -> None:
        """Give the side connection back."""
        if self.side is not None:
            self.side.close()


def run_next() -> bool:
    """Claim and finish one job; whether there was one."""
    claim = claim_next()
    if claim is None:
        return False
    try:
        work(claim)
    finally:
        claim.close()
    return True


def claim_next() -> Claim | None:
    """The oldest job that waits, or whose worker is gone; locked by nobody meanwhile."""
    token = uuid.uuid4()
    with transaction.atomic():
        free = Q(state__in=TAKEN_AS) | Q(state__in=TAKEN_AS.values(), lease_until__lt=Now())
        jobs = ImportJob.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        job = jobs.filter(free).order_by("created_at").first()
        if job is None:
            return None
        job.state = TAKEN_AS.get(ImportState(job.state), job.state)
        job.lease_token, job.lease_until = token, Now() + LEASE
        job.attempts = F("attempts") + 1
        job.save(update_fields=["state", "lease_token", "lease_until", "attempts"])
    return Claim(ImportJob.objects.select_related("created_by").get(pk=job.pk), token)


def work(claim: Claim) -> None:
    """Check or write a claimed job. Whatever goes wrong, the catalogue is old or new."""
    job = claim.job
    try:
        if job.attempts > MOST_ATTEMPTS:
            _finish(claim, state=ImportState.REFUSED, **_whole(GAVE_UP))
        elif job.state == ImportState.CHECKING:
            check(claim)
        else:
            apply(claim)
    except LeaseLost:
        logger.warning("import %s: another worker has taken it over", job.pk)


# --- checking ---


def check(claim: Claim) -> None:
    """Read the file, compare, and leave a preview or the list of errors."""
    claim.tell(5, "正在读取文件")
    reading = sandbox.read_file(claim.job.folder, _teller(claim))
    problems = Problems(list(reading.errors), reading.total)
    with transaction.atomic(), connection.cursor() as cursor:
        found = _compared(cursor, claim, reading, problems) if reading.sheets else {}
        transaction.set_rollback(True)
    values = {"kind": reading.kind, "rows": reading.rows} | found
    if problems.total:
        values |= {"state": ImportState.REFUSED, "preview": [], **_listed(problems)}
    else:
        values |= {"state": ImportState.READY, "doing": "", "errors": [], "error_total": 0}
    _finish(claim, **values)


def _teller(claim: Claim) -> sandbox.Tell:
    def tell(rows: int) -> None:
        # the whole is not known beforehand: the bar comes closer to two thirds and never jumps
        claim.tell(5 + int(60 * rows / (rows + 20_000)), f"正在检查，已读 {rows} 行")

    return tell


def _compared(cursor: Any, claim: Claim, reading: Reading, problems: Problems) -> dict[str, Any]:
    by = claim.job.created_by
    claim.tell(70, "正在和现行目录比对")
    staged = staging.stage(cursor, claim.job.folder, reading, by.pk)
    comparing.compare(cursor, staged)
    comparing.same_as_published(cursor, staged)
    checks.check_catalogue(cursor, staged, problems, by=by)
    counts = comparing.counts(cursor)
    found: dict[str, Any] = {"counts": vars(counts), "notes": []}
    if problems.total:
        return found
    claim.tell(85, "正在核对各项规则")
    if counts.added + counts.changed <= guides.MEASURED:
        found["notes"] = guides.measure(cursor, staged, problems, by=by)
    if not problems.total:
        found |= {
            "preview": previewing.preview(cursor, staged),
            "plan_hash": comparing.plan_hash(cursor),
        }
    return found


# --- writing ---


def apply(claim: Claim) -> None:
    """Write the confirmed plan in one transaction, or hand back a new preview."""
    claim.tell(10, "正在准备写入")
    job = claim.job
    reading = sandbox.staged_before(job.folder) or sandbox.read_file(job.folder, lambda rows: None)
    with transaction.atomic(), connection.cursor() as cursor:
        staged = staging.stage(cursor, job.folder, reading, job.created_by_id, hold=True)
        comparing.compare(cursor, staged)
        comparing.same_as_published(cursor, staged)
        if comparing.plan_hash(cursor) != job.plan_hash:
            _again(claim)
            return
        claim.tell(40, "正在写入草稿")
        writing.write(cursor, staged, by=job.created_by)
        claim.tell(95, "正在收尾")
        _finish(claim, state=ImportState.DONE, doing="", progress=100)


def _again(claim: Claim) -> None:
    """Back to the check: what was confirmed is no longer what would be written."""
    _finish(claim, state=ImportState.WAITING, progress=0, doing=PLAN_CHANGED[:60], finished_at=None)


# --- the end of a claim ---


def _finish(claim: Claim, **values: Any) -> None:
    """Write the result, if the job is still ours."""
    values = {"progress": 100, "finished_at": clock.now(), "doing": ""} | values
    mine = ImportJob.objects.filter(pk=claim.job.pk, lease_token=claim.token)
    if not mine.update(lease_token=None, lease_until=None, **values):
        raise LeaseLost


def _listed(problems: Problems) -> dict[str, Any]:
    ordered = sorted(problems.listed, key=lambda error: (error.file, error.row))
    errors = [
        {
            "sheet": error.file,
            "row": error.row,
            "column": error.column,
            "value": error.value,
            "reason": error.reason,
        }
        for error in ordered
    ]
    return {"errors": errors, "error_total": problems.total}


def _whole(reason: str) -> dict[str, Any]:
    problems = Problems()
    problems.add("", 0, "", "", reason)
    return _listed(problems)


def purge() -> int:
    """Delete files older than `places.KEEP_DAYS`; the rows stay as history."""
    old = ImportJob.objects.filter(
        purged_at=None, created_at__lt=clock.now() - timedelta(days=places.KEEP_DAYS)
    ).exclude(state__in=[*TAKEN_AS, *TAKEN_AS.values()])
    for job in old:
        places.forget(job.folder)
    return ImportJob.objects.filter(pk__in=[job.pk for job in old]).update(purged_at=clock.now())
