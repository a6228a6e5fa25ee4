"""The matter: one licence (or other service) this district offers, whatever its version."""

from django.db import models

from matters.models.catalogue import BaseItem, CatalogueList, CatalogueListing
from matters.models.choices import Certainty, ItemType
from matters.workflow import MatterStatus


class MatterQuerySet(models.QuerySet):
    """Filters of matters."""

    def licences(self) -> "MatterQuerySet":
        """行政许可 only: the base of the report's F01."""
        return self.filter(kind=ItemType.LICENCE)

    def open(self) -> "MatterQuerySet":
        """Neither paused nor withdrawn."""
        return self.filter(status=MatterStatus.ACTIVE)


class Matter(models.Model):
    """One row is one matter of the implementation list (实施清单) of one implementing body.

    `seq` is the stable number of the data and of the address `/item/<seq>/`; codes are
    provisional and may be replaced by the catalogue authority.
    """

    seq = models.PositiveIntegerField("序号", unique=True, help_text="稳定编号，用于网址")
    name = models.CharField("事项名称", max_length=200, help_text="当前公布的名称")
    kind = models.CharField(
        "事项类型",
        max_length=2,
        choices=ItemType,
        default=ItemType.LICENCE,
        help_text="属于哪一类权力或服务（GB/T 39046 附录 A.1）；"
        "“外部事项”为一件事中不属本区目录的组成",
    )
    base_item = models.ForeignKey(
        BaseItem,
        verbose_name="基本目录",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="matters",
        help_text="对应的基本目录条目",
    )
    status = models.CharField(
        "办理状态",
        max_length=10,
        choices=MatterStatus,
        default=MatterStatus.ACTIVE,
        help_text="暂停或取消后不能再申请，已受理的照常办完",
    )
    withdraw_on = models.DateField(
        "计划取消日期", null=True, blank=True, help_text="当日 0 时取消；没有计划的为空"
    )
    lists = models.ManyToManyField(
        CatalogueList,
        verbose_name="列入清单",
        through=CatalogueListing,
        related_name="matters",
    )
    source = models.CharField("数据来源", max_length=300, blank=True, help_text="文件或出处")
    certainty = models.CharField(
        "可靠程度",
        max_length=10,
        choices=Certainty,
        default=Certainty.ESTIMATED,
        help_text="整体可靠程度",
    )
    attested_name = models.CharField(
        "公开文本中的名称",
        max_length=200,
        blank=True,
        help_text="在公开清单中见到的名称",
    )
    attested_in = models.CharField("见于", max_length=200, blank=True, help_text="公开清单出处")
    conflict_note = models.TextField("存疑说明", blank=True, help_text="资料之间的矛盾，待核对")
    named_in_report = models.BooleanField(
        "工作报告提及", default=False, help_text="2024 年工作报告中点名"
    )

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = "事项"
        verbose_name_plural = "事项"
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["base_item"],
                condition=models.Q(base_item__isnull=False),
                name="one_matter_per_base_item",
            ),
        ]

    def __str__(self) -> str:
        return self.name
