"""The roles of staff: a pure table, no database.

A role is a set of duties, not a rank. The three administrators of the classified-protection
scheme (系统管理, 安全管理, 审计: GB/T 22239-2019, 8.1.5) exclude one another and every business
role, so each role belongs to one *duty group* and one person stays inside one group.
"""

from django.db import models


class Role(models.TextChoices):
    """What a member of staff may be charged with."""

    CATALOGUE_EDITOR = "catalogue_editor", "目录编辑"
    CATALOGUE_REVIEWER = "catalogue_reviewer", "目录审核"
    WINDOW = "window", "窗口"
    APPROVER = "approver", "审批"
    AGENCY_HEAD = "agency_head", "部门负责人"
    GOVERNMENT_APPROVER = "government_approver", "政府批准人"
    LEGAL = "legal", "法制"
    SUPERVISOR = "supervisor", "督办"
    HOTLINE = "hotline", "热线"
    REGULATOR = "regulator", "监管"
    OBSERVER = "observer", "观察员"
    ASSISTANT = "assistant", "帮办"
    SYSTEM_ADMIN = "system_admin", "系统管理"
    SECURITY_ADMIN = "security_admin", "安全管理"
    AUDITOR = "auditor", "审计"


BUSINESS_DUTY = "business"
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
BUSINESS_ROLES = tuple(role for role in Role if role not in ADMINISTRATORS)


def duty_of(role: str) -> str:
    """Duty group of a role: its own code for an administrator, `business` for all others."""
    return str(role) if role in ADMINISTRATORS else BUSINESS_DUTY


def compatible(one: str, other: str) -> bool:
    """Whether one person may hold both roles."""
    return duty_of(one) == duty_of(other)
