"""Life of a matter and of its editions: statuses, legal moves, whose turn. Pure; no database.

A *version* (edition) carries the content and is decided by people; a *matter* is only switched on,
paused or withdrawn. 优化营商环境条例 art. 40: nothing outside the published list may be exercised.
`MOVES` and `MATTER_MOVES` are the only places that say what may follow what: services, buttons,
triggers and tests read them.
"""

from django.db import models

from accounts.roles import Role
from common.errors import Refused


class VersionStatus(models.TextChoices):
    """Life of one version of a guide."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审核"
    APPROVED = "approved", "已审定"
    SCHEDULED = "scheduled", "待生效"
    PUBLISHED = "published", "已发布"
    SUPERSEDED = "superseded", "已被新版替代"
    DISCARDED = "discarded", "已作废"


class MatterStatus(models.TextChoices):
    """Whether a matter can be applied for today."""

    ACTIVE = "active", "在办"
    SUSPENDED = "suspended", "暂停办理"
    WITHDRAWN = "withdrawn", "已取消"


class VersionEvent(models.TextChoices):
    """What can happen to a version; the word is also the button."""

    PREPARE = "prepare", "新建草稿"
    SUBMIT = "submit", "提交审核"
    RECALL = "recall", "撤回修改"
    APPROVE = "approve", "审核通过"
    RETURN = "return", "退回修改"
    PUBLISH = "publish", "立即发布"
    SCHEDULE = "schedule", "定时发布"
    UNSCHEDULE = "unschedule", "取消定时"
    TAKE_EFFECT = "take_effect", "到期生效"
    SUPERSEDE = "supersede", "被新版替代"
    DISCARD = "discard", "作废草稿"
    LOAD = "load", "数据导入"


class MatterEvent(models.TextChoices):
    """What can happen to a matter."""

    OPEN = "open", "登记事项"
    SUSPEND = "suspend", "暂停办理"
    RESUME = "resume", "恢复办理"
    PLAN_WITHDRAWAL = "plan_withdrawal", "计划取消"
    KEEP = "keep", "撤销取消计划"
    WITHDRAW = "withdraw", "取消事项"


class Holder(models.TextChoices):
    """Whose turn it is."""

    EDITOR = "editor", "编辑人"
    REVIEWER = "reviewer", "审核人"
    CLOCK = "clock", "系统到期办理"
    NOBODY = "nobody", "已办结"


S, E = VersionStatus, VersionEvent
MOVES: dict[tuple[VersionStatus, VersionEvent], VersionStatus] = {
    (S.DRAFT, E.SUBMIT): S.SUBMITTED,
    (S.DRAFT, E.DISCARD): S.DISCARDED,
    (S.DRAFT, E.LOAD): S.PUBLISHED,
    (S.SUBMITTED, E.RECALL): S.DRAFT,
    (S.SUBMITTED, E.RETURN): S.DRAFT,
    (S.SUBMITTED, E.APPROVE): S.APPROVED,
    (S.APPROVED, E.RETURN): S.DRAFT,
    (S.APPROVED, E.PUBLISH): S.PUBLISHED,
    (S.APPROVED, E.SCHEDULE): S.SCHEDULED,
    (S.SCHEDULED, E.UNSCHEDULE): S.APPROVED,
    (S.SCHEDULED, E.RETURN): S.DRAFT,
    (S.SCHEDULED, E.TAKE_EFFECT): S.PUBLISHED,
    (S.PUBLISHED, E.SUPERSEDE): S.SUPERSEDED,
}
HOLDERS: dict[VersionStatus, Holder] = {
    S.DRAFT: Holder.EDITOR,
    S.SUBMITTED: Holder.REVIEWER,
    S.APPROVED: Holder.REVIEWER,
    S.SCHEDULED: Holder.CLOCK,
    S.PUBLISHED: Holder.NOBODY,
    S.SUPERSEDED: Holder.NOBODY,
    S.DISCARDED: Holder.NOBODY,
}
#: Role of the person an event needs; an event that is not here is the system's own.
ROLES: dict[VersionEvent, Role] = {
    E.PREPARE: Role.CATALOGUE_EDITOR,
    E.SUBMIT: Role.CATALOGUE_EDITOR,
    E.RECALL: Role.CATALOGUE_EDITOR,
    E.DISCARD: Role.CATALOGUE_EDITOR,
    E.APPROVE: Role.CATALOGUE_REVIEWER,
    E.RETURN: Role.CATALOGUE_REVIEWER,
    E.PUBLISH: Role.CATALOGUE_REVIEWER,
    E.SCHEDULE: Role.CATALOGUE_REVIEWER,
    E.UNSCHEDULE: Role.CATALOGUE_REVIEWER,
}
#: Events of the second pair of eyes: never by a person who edited or submitted the version.
INDEPENDENT = frozenset({E.APPROVE, E.PUBLISH, E.SCHEDULE})
#: Events that make a person one of the version's editors.
EDITING = frozenset({E.PREPARE, E.SUBMIT, E.RECALL})
#: Events that put a version into force.
INTO_FORCE = frozenset({E.PUBLISH, E.TAKE_EFFECT, E.LOAD})

M, ME = MatterStatus, MatterEvent
MATTER_MOVES: dict[tuple[MatterStatus, MatterEvent], MatterStatus] = {
    (M.ACTIVE, ME.SUSPEND): M.SUSPENDED,
    (M.SUSPENDED, ME.RESUME): M.ACTIVE,
    (M.ACTIVE, ME.PLAN_WITHDRAWAL): M.ACTIVE,
    (M.SUSPENDED, ME.PLAN_WITHDRAWAL): M.SUSPENDED,
    (M.ACTIVE, ME.KEEP): M.ACTIVE,
    (M.SUSPENDED, ME.KEEP): M.SUSPENDED,
    (M.ACTIVE, ME.WITHDRAW): M.WITHDRAWN,
    (M.SUSPENDED, ME.WITHDRAW): M.WITHDRAWN,
}
MATTER_ROLES: dict[MatterEvent, Role] = {
    ME.OPEN: Role.CATALOGUE_EDITOR,
    ME.SUSPEND: Role.CATALOGUE_REVIEWER,
    ME.RESUME: Role.CATALOGUE_REVIEWER,
    ME.PLAN_WITHDRAWAL: Role.CATALOGUE_REVIEWER,
    ME.KEEP: Role.CATALOGUE_REVIEWER,
    ME.WITHDRAW: Role.CATALOGUE_REVIEWER,
}

#: A version in one of these was once in force; running cases and old receipts point at it.
FROZEN = frozenset({S.PUBLISHED, S.SUPERSEDED})
#: Being worked on: at most one version of a matter.
OPEN = frozenset({S.DRAFT, S.SUBMITTED, S.APPROVED, S.SCHEDULED})
#: The only status in which content may change; to edit again, return or recall to it.
EDITABLE = S.DRAFT


def check_move(status: str, event: str) -> VersionStatus:
    """The status that follows, or `Refused` (409): someone was faster, or the page is old."""
    target = MOVES.get((VersionStatus(status), VersionEvent(event)))
    if target is None:
        now, wanted = VersionStatus(status).label, VersionEvent(event).label
        raise Refused(
            "illegal_move",
            f"这个版本现在是“{now}”，不能“{wanted}”。可能刚被别人办理过，请刷新页面查看。",
        )
    return target


def check_matter_move(status: str, event: str) -> MatterStatus:
    """As `check_move`, for a matter."""
    target = MATTER_MOVES.get((MatterStatus(status), MatterEvent(event)))
    if target is None:
        now, wanted = MatterStatus(status).label, MatterEvent(event).label
        raise Refused(
            "illegal_move",
            f"这个事项现在是“{now}”，不能“{wanted}”。可能刚被别人办理过，请刷新页面查看。",
        )
    return target


def next_events(status: str) -> list[VersionEvent]:
    """Events the table allows from a status, in the order of the table."""
    return [event for (origin, event) in MOVES if origin == status]


def next_matter_events(status: str) -> list[MatterEvent]:
    """Events the table allows from a matter's status."""
    return [event for (origin, event) in MATTER_MOVES if origin == status]
