"""Between the draft and the decision: submit, recall, approve, return, and remarks."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from common import clock
from common.errors import Refused
from matters import policies
from matters.models import MatterVersion, VersionComment
from matters.models.comment import COMMENT_SIZE
from matters.services.checking import check_complete
from matters.services.moves import lock_version, move_version, require_reason
from matters.workflow import VersionEvent


@transaction.atomic
def submit_version(*, version_id: int, by: User, note: str = "") -> MatterVersion:
    """Hand a draft to the reviewer; from here its content is fixed.

    Refused (422) with the full list of gaps when the guide is not complete.
    """
    version = lock_version(version_id)
    move_version(version, VersionEvent.SUBMIT, by=by, reason=note.strip())
    check_complete([version])
    version.save(update_fields=["status"])
    return version


@transaction.atomic
def recall_version(*, version_id: int, by: User, reason: str = "") -> MatterVersion:
    """Take a submitted version back to edit it again."""
    version = lock_version(version_id)
    move_version(version, VersionEvent.RECALL, by=by, reason=reason.strip())
    version.save(update_fields=["status"])
    return version


@transaction.atomic
def approve_version(*, version_id: int, by: User, note: str = "") -> MatterVersion:
    """The second pair of eyes says yes. Never by a person who edited or submitted the version."""
    version = lock_version(version_id)
    move_version(version, VersionEvent.APPROVE, by=by, reason=note.strip())
    check_complete([version])
    version.save(update_fields=["status"])
    return version


@transaction.atomic
def return_version(*, version_id: int, by: User, reasons: Mapping[str, str]) -> MatterVersion:
    """Give a submitted, approved or scheduled version back to its editors.

    `reasons`: section id → what to change there ("" for the whole guide); each becomes a comment.
    """
    said = {part: text.strip() for part, text in reasons.items() if text.strip()}
    reason = require_reason("；".join(said.values()))
    version = lock_version(version_id)
    move_version(version, VersionEvent.RETURN, by=by, reason=reason)
    version.effective_on = None
    version.save(update_fields=["status", "effective_on"])
    for part, text in said.items():
        _comment(version, part=part, text=text, by=by)
    return version


@transaction.atomic
def add_comment(*, version_id: int, by: User, text: str, part: str = "") -> VersionComment:
    """Leave a remark on a section of a version that is being worked on."""
    version = lock_version(version_id)
    policies.check_may_comment(by, version)
    return _comment(version, part=part, text=require_reason(text), by=by)


@transaction.atomic
def resolve_comment(*, comment_id: int, by: User) -> VersionComment:
    """Mark a remark as dealt with; a second time changes nothing."""
    rows = VersionComment.objects.select_for_update(of=("self",), no_key=True)
    comment = rows.select_related("version").filter(pk=comment_id).first()
    if comment is None:
        raise Refused("no_comment", "没有这条意见。请刷新页面。", status=404)
    policies.check_may_comment(by, comment.version)
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = clock.now(), by
        comment.save(update_fields=["resolved_at", "resolved_by"])
    return comment


def _comment(version: MatterVersion, *, part: str, text: str, by: User) -> VersionComment:
    if len(text) > COMMENT_SIZE:
        message = f"一条意见最多 {COMMENT_SIZE} 字，现在有 {len(text)} 字。请分成几条写。"
        raise Refused("comment_too_long", message, status=422)
    return VersionComment.objects.create(version=version, part=part, text=text, by=by)
