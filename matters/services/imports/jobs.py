"""What a person does with an import: hand in a file, confirm what was found, or drop it."""

import hashlib
from collections.abc import Iterable
from typing import Protocol

from django.db import transaction

from accounts.models import User
from common import clock
from common.errors import Refused
from matters import policies
from matters.models import ImportJob
from matters.models.import_job import ImportState, random_name
from matters.services.imports import places

#: waiting and unconfirmed jobs one person may have at a time
MOST_OPEN = 10


class Upload(Protocol):
    """What a form hands over: a name and the bytes in pieces."""

    name: str | None

    def chunks(self) -> Iterable[bytes]: ...


def hand_in(*, upload: Upload, by: User) -> ImportJob:
    """Store the file outside the web root under a random name and queue it for checking.

    Refused: 403 without the role 目录编辑, 409 with too many imports open.
    """
    policies.check_may_edit(by, None)
    states = [ImportState.WAITING, ImportState.CHECKING, ImportState.READY]
    if ImportJob.objects.visible_to(by).filter(state__in=states).count() >= MOST_OPEN:
        message = f"您有 {MOST_OPEN} 份导入还没有处理。请先确认或放弃其中几份，再上传新的。"
        raise Refused("too_many_imports", message)
    folder = random_name()
    size, digest = _store(folder, upload)
    return ImportJob.objects.create(
        created_by=by,
        file_name=_shown_name(upload.name),
        file_size=size,
        file_hash=digest,
        folder=folder,
    )


def _store(folder: str, upload: Upload) -> tuple[int, str]:
    path = places.file_of(folder)
    path.parent.mkdir(parents=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _shown_name(name: str | None) -> str:
    """The name for people: its last part, without characters that would disturb a line."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in last if character.isprintable())
    return kept[-200:] or "未命名的文件"


@transaction.atomic
def confirm(*, job_id: int, by: User, plan_hash: str) -> ImportJob:
    """Let a worker write what the preview shows.

    Refused (409) when the job is in another state, or the page showed an older preview.
    """
    job = _locked(job_id, by)
    if job.state != ImportState.READY or job.plan_hash != plan_hash:
        message = f"这份导入现在是“{job.get_state_display()}”，或者预览已有变化。请看过再确认。"
        raise Refused("import_not_ready", message)
    job.state, job.progress, job.doing = ImportState.CONFIRMED, 0, "排队等待写入"
    job.confirmed_at = clock.now()
    job.attempts = 0
    job.save(update_fields=["state", "progress", "doing", "confirmed_at", "attempts"])
    return job


@transaction.atomic
def cancel(*, job_id: int, by: User) -> ImportJob:
    """Drop an import that has not been confirmed; its file is deleted."""
    job = _locked(job_id, by)
    if not job.can_be_cancelled:
        message = f"这份导入现在是“{job.get_state_display()}”，不能放弃。"
        raise Refused("import_not_open", message)
    job.state, job.finished_at = ImportState.CANCELLED, clock.now()
    job.purged_at = clock.now()
    job.save(update_fields=["state", "finished_at", "purged_at"])
    transaction.on_commit(lambda: places.forget(job.folder))
    return job


def _locked(job_id: int, by: User) -> ImportJob:
    policies.check_may_edit(by, None)
    jobs = ImportJob.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    job = jobs.filter(pk=job_id).first()
    if job is None:
        raise Refused("no_import", "没有这份导入，或者不是您上传的。", status=404)
    return job
