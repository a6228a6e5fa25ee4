"""Which roles a person holds."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Value, When

from accounts.roles import ADMINISTRATORS, BUSINESS_DUTY, Role
from common import clock

EXCLUSIVE = "系统管理、安全管理、审计三个岗位互相排斥，也不能与业务岗位兼任。请先收回现有岗位。"


class RoleAssignment(models.Model):
    """One role given to one person by someone else."""

    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="role_assignments",
        verbose_name="用户",
        help_text="被授予岗位的工作人员。",
    )
    role = models.CharField(
        "岗位",
        max_length=24,
        choices=Role.choices,
        help_text="系统管理、安全管理、审计不能兼任。",
    )
    duty = models.GeneratedField(
        expression=Case(
            When(role__in=[str(role) for role in ADMINISTRATORS], then=F("role")),
            default=Value(BUSINESS_DUTY),
        ),
        output_field=models.CharField(max_length=24),
        db_persist=True,
        verbose_name="职责组",
        help_text="由岗位得出；同一个人只能属于一个职责组。",
    )
    granted_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="授予人",
        help_text="空白表示由命令行建立。",
    )
    granted_at = models.DateTimeField(
        "授予时间", default=clock.now, editable=False, help_text="岗位生效的时间。"
    )

    class Meta:
        verbose_name = "岗位授予"
        verbose_name_plural = "岗位授予"
        ordering = ["user_id", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                name="role_once_per_user",
                violation_error_message="这个用户已有该岗位。",
            ),
            # One person, one duty group: held by the database, so two grants at the same
            # moment cannot slip past each other.
            ExclusionConstraint(
                name="role_duties_separate",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("duty", RangeOperators.NOT_EQUAL),
                ],
                violation_error_message=EXCLUSIVE,
            ),
            models.CheckConstraint(
                condition=models.Q(granted_by__isnull=True) | ~models.Q(granted_by=F("user")),
                name="role_not_granted_to_oneself",
                violation_error_message="不能给自己授予岗位，请由另一位管理员操作。",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}：{self.get_role_display()}"
