"""The accounts of the demonstration: their only place, read by the command and the sign-in page.

They exist in PORTAL_ENV=demo and test alone; production refuses to create them.
"""

from dataclasses import dataclass

from accounts.roles import Role

PASSWORD = "hedong-demo-2025"  # noqa: S105  published on purpose


@dataclass(frozen=True)
class DemoAccount:
    """One person of the demonstration."""

    username: str
    display_name: str
    role: Role

    @property
    def role_name(self) -> str:
        """The role in Chinese."""
        return self.role.label


ACCOUNTS = (
    DemoAccount("editor", "目录编辑（演示）", Role.CATALOGUE_EDITOR),
    DemoAccount("reviewer", "目录审核（演示）", Role.CATALOGUE_REVIEWER),
    DemoAccount("window", "窗口人员（演示）", Role.WINDOW),
    DemoAccount("approver", "审批人员（演示）", Role.APPROVER),
    DemoAccount("supervisor", "督办人员（演示）", Role.SUPERVISOR),
    DemoAccount("sysadmin", "系统管理员（演示）", Role.SYSTEM_ADMIN),
    DemoAccount("secadmin", "安全管理员（演示）", Role.SECURITY_ADMIN),
    DemoAccount("auditor", "审计员（演示）", Role.AUDITOR),
)
