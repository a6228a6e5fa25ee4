"""Checks on posts; used by the admin and the services alike."""

from accounts.models import User
from common.errors import Refused
from organisations.models import Agency, Membership, Window


def check_post(user: User, agency: Agency, role: str, window: Window | None) -> None:
    """Refuse a post the person's roles or the window do not allow."""
    if user.kind != User.Kind.STAFF:
        raise Refused("post_for_staff_only", "任职只能安排工作人员。请先建立工作人员账户。")
    if role not in user.roles:
        label = dict(Membership._meta.get_field("role").choices).get(role, role)
        raise Refused(
            "role_not_held", f"这个用户还没有“{label}”岗位。请先由系统管理员授予，再安排任职。"
        )
    if window is not None and not window.takes(agency):
        raise Refused(
            "window_not_of_agency",
            f"“{window.name}”不受理{agency.short_name}的事项。请换一个窗口，或先调整窗口设置。",
        )
