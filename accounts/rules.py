"""Checks on accounts and roles; used by the admin, the services and the tests alike."""

from collections.abc import Iterable

from accounts.models import User
from accounts.models.role import EXCLUSIVE
from accounts.roles import ADMINISTRATORS, Role, compatible
from accounts.scopes import Scope
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


def check_token_fits(user: User, scopes: list[str], days: int, *, longest: int) -> None:
    """Refuse a token that reaches too far, lives too long or acts for the wrong person."""
    if user.kind != User.Kind.STAFF or not user.is_active:
        raise Refused("token_for_staff_only", "令牌只能代表启用的工作人员账户。请另选一个用户。")
    if not user.roles.isdisjoint(ADMINISTRATORS):
        raise Refused(
            "token_not_for_administrators",
            "令牌不能代表系统管理、安全管理或审计。请为对接系统建立一个业务账户。",
        )
    if not scopes or not set(scopes) <= set(Scope.values):
        raise Refused("token_scopes", "请从列出的权限范围里至少选一项。", status=422)
    if not 1 <= days <= longest:
        raise Refused("token_days", f"有效天数应为 1 至 {longest} 天。", status=422)
