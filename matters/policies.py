"""May this person do this to the catalogue: one rule for the gate and for the buttons.

The second pair of eyes: whoever prepared, changed, submitted or recalled a version never approves
or publishes it (policy §10.7: only 审核, another person than the editor, publishes).
"""

from accounts.models import User
from accounts.roles import Role
from common import clock
from common.errors import Refused
from matters import workflow
from matters.models import ElementChange, Matter, MatterVersion, VersionMove
from matters.workflow import MatterEvent, VersionEvent
from organisations.models import Membership

#: Roles that read drafts, old editions, history and comments.
READERS = (
    Role.CATALOGUE_EDITOR,
    Role.CATALOGUE_REVIEWER,
    Role.SUPERVISOR,
    Role.SYSTEM_ADMIN,
    Role.AUDITOR,
)
SAME_PERSON = "您编辑或提交过这个版本，不能由您审核或发布。请交给另一位审核人办理。"


def editors_of(version: MatterVersion) -> set[int]:
    """Ids of everyone who prepared, changed, submitted or recalled the version."""
    moves = VersionMove.objects.filter(version=version, event__in=workflow.EDITING)
    changes = ElementChange.objects.filter(version=version)
    return {
        *moves.exclude(by=None).values_list("by", flat=True),
        *changes.values_list("by", flat=True),
    }


def may(by: User, event: str, version: MatterVersion) -> bool:
    """Whether a person may do this to the version, whatever its status."""
    return not _objection(by, VersionEvent(event), version)


def check_may(by: User, event: str, version: MatterVersion) -> None:
    """Refuse (403) who may not, see `may`."""
    if objection := _objection(by, VersionEvent(event), version):
        raise objection


def check_may_edit(by: User, agency_id: int | None) -> None:
    """Refuse (403) who may not prepare or change guides of the agency."""
    if objection := _post_objection(by, Role.CATALOGUE_EDITOR, agency_id):
        raise objection


def may_edit_guides_of(by: User, agency_id: int | None) -> bool:
    """Whether a person may prepare and change guides of the agency: the rule of the gate."""
    return not _post_objection(by, Role.CATALOGUE_EDITOR, agency_id)


def may_edit(by: User, version: MatterVersion) -> bool:
    """Whether a person may change the content of this version now."""
    return version.status == workflow.EDITABLE and may_edit_guides_of(by, version.agency_id)


def check_may_comment(by: User, version: MatterVersion) -> None:
    """Refuse (403) who works neither as editor nor as reviewer on the agency's guides."""
    objections = [
        _post_objection(by, role, version.agency_id)
        for role in (Role.CATALOGUE_EDITOR, Role.CATALOGUE_REVIEWER)
    ]
    found = [objection for objection in objections if objection]
    if len(found) == len(objections):
        raise found[0]


def may_read_drafts(user: User) -> bool:
    """Whether a person sees drafts, old editions, history and comments."""
    return user.is_authenticated and user.has_role(*READERS)


def check_may_read_former(user: User) -> None:
    """Refuse (403) who is no member of staff: former editions are kept for running cases."""
    if not user.is_staff:
        message = "旧版指南只供工作人员核对。请看现行的办事指南。"
        raise Refused("staff_only", message, status=403)


def available_actions(version: MatterVersion, user: User) -> list[VersionEvent]:
    """What this person can do to the version now, in the order of the move table."""
    return [event for event in workflow.next_events(version.status) if may(user, event, version)]


def check_may_switch(by: User, event: str, matter: Matter) -> None:
    """Refuse (403) who may not pause, resume or withdraw the matter."""
    if objection := _switch_objection(by, MatterEvent(event), matter):
        raise objection


def available_matter_actions(matter: Matter, user: User) -> list[MatterEvent]:
    """What this person can do to the matter now, in the order of the move table."""
    return [
        event
        for event in workflow.next_matter_events(matter.status)
        if not _switch_objection(user, event, matter)
        and (event != MatterEvent.KEEP or matter.withdraw_on)
    ]


def _objection(by: User, event: VersionEvent, version: MatterVersion) -> Refused | None:
    role = workflow.ROLES.get(event)
    if role is None:
        return Refused("system_only", f"“{event.label}”由系统办理，不能手工操作。", status=403)
    if objection := _post_objection(by, role, version.agency_id):
        return objection
    if event in workflow.INDEPENDENT and by.pk in editors_of(version):
        return Refused("same_person", SAME_PERSON, status=403)
    return None


def _switch_objection(by: User, event: MatterEvent, matter: Matter) -> Refused | None:
    current = MatterVersion.objects.published().filter(matter=matter).only("agency").first()
    agency_id = current.agency_id if current else None
    return _post_objection(by, workflow.MATTER_ROLES[event], agency_id)


def _post_objection(by: User, role: Role, agency_id: int | None) -> Refused | None:
    if not by.has_role(role):
        message = f"这一步需要“{role.label}”岗位。请联系系统管理员授予，或交给有这个岗位的同事。"
        return Refused("role_missing", message, status=403)
    if agency_id is not None and agency_id not in (_agencies(by, role) or {agency_id}):
        message = f"您的“{role.label}”岗位不管这个部门的事项。请交给该部门的同事办理。"
        return Refused("other_agency", message, status=403)
    return None


def _agencies(user: User, role: Role) -> set[int]:
    """Agencies a post narrows the role to; empty means the whole catalogue."""
    posts = Membership.objects.current(clock.today()).filter(user=user, role=role)
    return set(posts.values_list("agency", flat=True))


def may_teach_search(by: User) -> bool:
    """Whether a person may add or retire sayings of the search: every editor or reviewer."""
    return by.has_role(Role.CATALOGUE_EDITOR, Role.CATALOGUE_REVIEWER)


def check_may_teach_search(by: User) -> None:
    """Refuse (403) who may not, see `may_teach_search`."""
    if not may_teach_search(by):
        raise Refused("role", "只有目录编辑和目录审核可以维护搜索说法。", status=403)
