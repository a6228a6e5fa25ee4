"""业务办理项: new, change, renewal … each with its own two limits."""

from django.db import models

from matters.models.choices import ClockStart, ItemKind, TimeUnit
from matters.models.freezing import frozen_part
from matters.models.version import MatterVersion


class BusinessItem(models.Model):
    """One row is one business item of one version; a case is opened for exactly one of these.

    `stage` numbers the items of a staged permit in the order they are granted (分阶段施工许可:
    桩基 before 主体); empty for an item that stands alone.
    """

    version = models.ForeignKey(
        MatterVersion,
        verbose_name="版本",
        on_delete=models.CASCADE,
        related_name="items",
    )
    suffix = models.CharField("序号", max_length=2, help_text="两位，接在实施编码之后成 33 位")
    name = models.CharField("名称", max_length=100, help_text="业务办理项名称")
    kind = models.CharField("类别", max_length=7, choices=ItemKind, help_text="新办、变更等")
    statutory_value = models.PositiveSmallIntegerField("法定时限", help_text="数值")
    statutory_unit = models.CharField("单位", max_length=7, choices=TimeUnit, help_text="两时限同")
    promised_value = models.PositiveSmallIntegerField("承诺时限", help_text="与法定时限同单位")
    clock_starts = models.CharField(
        "起算", max_length=8, choices=ClockStart, help_text="受理之日或收到之日"
    )
    instant = models.BooleanField("即办", help_text="当场办结")
    stage = models.PositiveSmallIntegerField(
        "阶段", null=True, blank=True, help_text="分阶段办理的先后，单独办理的为空"
    )

    class Meta:
        verbose_name = "业务办理项"
        verbose_name_plural = "业务办理项"
        ordering = ["version", "suffix"]
        triggers = [frozen_part()]
        constraints = [
            models.UniqueConstraint(fields=["version", "suffix"], name="item_suffix_once"),
            models.CheckConstraint(
                condition=models.Q(promised_value__lte=models.F("statutory_value")),
                name="item_promise_within_limit",
                violation_error_message="承诺时限不能长于法定时限。",
            ),
            models.CheckConstraint(
                condition=models.Q(suffix__regex=r"^[0-9]{2}$"),
                name="item_suffix_two_digits",
                violation_error_message="业务办理项序号应为两位数字。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
