"""Who serves which agency, at which window, as what."""

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from accounts.roles import BUSINESS_ROLES, Role

#: People whose duty is to see every post.
SEES_ALL = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR, Role.SUPERVISOR)


class DateRange(Func):
    """`daterange(from, to, '[]')`: both days included, an empty end is open."""

    function = "daterange"
    output_field = DateRangeField()


class MembershipQuerySet(models.QuerySet):
    """Named selections of posts."""

    def current(self, on: datetime.date):
        """Posts held on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def visible_to(self, user, on: datetime.date):
        """Posts a person may see: own ones; a head those of the agency; overseers all."""
        if user.has_role(*SEES_ALL):
            return self.all()
        headed = Membership.objects.current(on).filter(user=user, role=Role.AGENCY_HEAD)
        return self.filter(Q(user=user) | Q(agency__in=headed.values("agency")))


class Membership(models.Model):
    """One post 任职: a person serves one agency in one role, at a window or in the office."""

    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="用户",
        help_text="任职的工作人员。",
    )
    agency = models.ForeignKey(
        "organisations.Agency",
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="机构",
        help_text="为哪个机构工作。",
    )
    window = models.ForeignKey(
        "organisations.Window",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="窗口",
        help_text="在窗口工作时填写。",
    )
    role = models.CharField(
        "岗位",
        max_length=24,
        choices=[(role.value, role.label) for role in BUSINESS_ROLES],
        help_text="在这个机构担任的业务岗位；须先授予该岗位。",
    )
    starts_on = models.DateField("开始日期", help_text="含当日。")
    ends_on = models.DateField(
        "结束日期", null=True, blank=True, help_text="含当日；长期任职留空。"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ["user", "agency", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[str(role) for role in BUSINESS_ROLES]),
                name="membership_business_roles_only",
                violation_error_message="任职只能是业务岗位。",
            ),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("window", Value(0)), RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(True, True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="这段时间内已有相同的任职。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.agency_id} {self.get_role_display()}"
