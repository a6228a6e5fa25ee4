"""Checks on accounts and roles; used by the admin, the services and the tests alike."""

from collections.abc import Iterable

from accounts.models import User
from accounts.models.role import EXCLUSIVE
from accounts.roles import Role, compatible
from common.errors import Refused


def check_role_fits(user: User, held: Iterable[str], role: str) -> None:
    """Refuse a role the person cannot hold beside the ones `held` (GB/T 22239-2019, 三权分立)."""
    if user.kind != User.Kind.STAFF:
        raise Refused("role_for_staff_only", "岗位只能授予工作人员。请先建立工作人员账户。")
    if role in held:
        raise Refused("role_already_held", f"这个用户已有“{Role(role).label}”岗位，不必再次授予。")
    if not all(compatible(role, other) for other in held):
        names = "、".join(Role(other).label for other in sorted(held))
        raise Refused(
            "role_exclusive", f"不能授予“{Role(role).label}”：该用户现有岗位是{names}。{EXCLUSIVE}"
        )


def check_not_oneself(by: User | None, user: User) -> None:
    """Nobody changes the rights of his own account."""
    if by is not None and by.pk == user.pk:
        raise Refused(
            "own_account", "不能变更自己账户的岗位或状态，请由另一位管理员操作。", status=403
        )
