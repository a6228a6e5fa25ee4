"""What the nightly check found in the catalogue: the data-quality list of each agency."""

import datetime

from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Greatest

from accounts.models import User
from accounts.roles import Role
from common import clock
from matters.models.matter import Matter
from organisations.models import Membership

#: Roles that see the findings of all agencies.
SEES_ALL = (
    Role.CATALOGUE_EDITOR,
    Role.CATALOGUE_REVIEWER,
    Role.SUPERVISOR,
    Role.SYSTEM_ADMIN,
    Role.AUDITOR,
)


class FindingQuerySet(models.QuerySet):
    """Named selections of findings."""

    def unresolved(self) -> "FindingQuerySet":
        """Still there at the last check."""
        return self.filter(resolved_at__isnull=True)

    def visible_to(self, user: User) -> "FindingQuerySet":
        """People of the catalogue and overseers see all; others those of their agencies."""
        if user.has_role(*SEES_ALL):
            return self.all()
        posts = Membership.objects.current(clock.today()).filter(user=user)
        return self.filter(agency__in=posts.values("agency"))

    def last_check(self) -> datetime.datetime | None:
        """When the catalogue was last checked; None: never, or nothing was ever found."""
        newest = Max(Greatest("last_seen_at", "resolved_at"))
        return self.aggregate(moment=newest)["moment"]


class CatalogueFinding(models.Model):
    """One row is one fault of one guide, from the night it was seen until the night it was gone.

    `code`, `part`, `field` and `message` are those of `matters.rules.Gap`.
    """

    class Severity(models.TextChoices):
        BLOCKING = "blocking", "须改正"
        CONFIGURE = "configure", "待配置"

    matter = models.ForeignKey(
        Matter, verbose_name="事项", on_delete=models.PROTECT, related_name="findings"
    )
    agency = models.ForeignKey(
        "organisations.Agency",
        verbose_name="责任部门",
        on_delete=models.PROTECT,
        related_name="catalogue_findings",
        help_text="该事项现行版本的实施主体",
    )
    code = models.SlugField("规则", max_length=40, help_text="规则的稳定代号")
    part = models.CharField("部分", max_length=20, help_text="指南的哪一部分")
    field = models.CharField("要素", max_length=120, blank=True, help_text="哪一个要素")
    message = models.TextField("问题", help_text="问题是什么、怎样改")
    severity = models.CharField(
        "程度", max_length=9, choices=Severity, help_text="须改正，或等待上级给出数据"
    )
    first_seen_at = models.DateTimeField("首次发现", help_text="第一次检查到的时间")
    last_seen_at = models.DateTimeField("最近发现", help_text="最近一次检查到的时间")
    resolved_at = models.DateTimeField(
        "消除时间", null=True, blank=True, help_text="检查时已不存在的时间"
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "目录质量问题"
        verbose_name_plural = "目录质量问题"
        ordering = ["agency", "matter", "severity", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "code", "part", "field"],
                condition=Q(resolved_at__isnull=True),
                name="finding_open_once",
            )
        ]
        indexes = [models.Index(fields=["agency", "resolved_at"], name="finding_agency_open")]

    def __str__(self) -> str:
        return self.message[:60]
