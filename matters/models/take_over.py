"""认领: a matter that comes down from above or is new waits to be taken over."""

import datetime

from django.db import models
from django.db.models import Q

from common import clock
from matters.models.catalogue import BaseItem
from matters.models.history import person
from matters.models.matter import Matter


class TakeOverQuerySet(models.QuerySet):
    """Named selections of take-overs."""

    def waiting(self) -> "TakeOverQuerySet":
        """Not claimed yet."""
        return self.filter(claimed_at__isnull=True)

    def overdue(self, on: datetime.date) -> "TakeOverQuerySet":
        """Not claimed by the end of the last day (decisions, “Time”)."""
        return self.waiting().filter(due_on__lt=on)


class TakeOver(models.Model):
    """One row is one matter offered to one agency (policy §2.6: 下放、新增 → 认领)."""

    class Origin(models.TextChoices):
        DELEGATED = "delegated", "上级下放"
        NEW = "new", "新增"

    name = models.CharField("事项名称", max_length=200, help_text="来文中的名称")
    origin = models.CharField("来由", max_length=9, choices=Origin, help_text="下放或新增")
    document = models.CharField("依据文件", max_length=200, blank=True, help_text="来文名称和文号")
    base_item = models.ForeignKey(
        BaseItem,
        verbose_name="基本目录",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="take_overs",
        help_text="对应的基本目录条目",
    )
    agency = models.ForeignKey(
        "organisations.Agency",
        verbose_name="认领部门",
        on_delete=models.PROTECT,
        related_name="take_overs",
        help_text="应认领的部门",
    )
    received_on = models.DateField("收到日期", help_text="收到来文的日期")
    due_on = models.DateField("认领期限", help_text="当日 24 时前认领")
    registered_by = person("登记人", "谁登记的")
    claimed_at = models.DateTimeField("认领时间", null=True, blank=True, help_text="认领的时刻")
    claimed_by = person("认领人", "谁认领的")
    matter = models.OneToOneField(
        Matter,
        verbose_name="事项",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="take_over",
        help_text="认领后建立的事项",
    )

    objects = TakeOverQuerySet.as_manager()

    class Meta:
        verbose_name = "认领"
        verbose_name_plural = "认领"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True, claimed_by__isnull=True, matter__isnull=True)
                | Q(claimed_at__isnull=False, claimed_by__isnull=False, matter__isnull=False),
                name="take_over_claimed_whole",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("received_on")), name="take_over_due_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_overdue(self) -> bool:
        """Derived, never stored."""
        return self.claimed_at is None and self.due_on < clock.today()
