"""The counters of a centre."""

from django.db import models


class Window(models.Model):
    """One counter. Three kinds since the one-window reform: see `Kind`."""

    class Kind(models.TextChoices):
        UNIFIED = "unified", "无差别综合窗口"
        SECTOR = "sector", "分领域综合窗口"
        SPECIAL = "special", "专业窗口"

    centre = models.ForeignKey(
        "organisations.ServiceCentre",
        on_delete=models.PROTECT,
        related_name="windows",
        verbose_name="所在大厅",
        help_text="窗口设在哪个大厅。",
    )
    slug = models.SlugField(
        "网址名", max_length=60, help_text="在本大厅内不重复的英文名，供导入识别。"
    )
    number = models.CharField(
        "窗口号", max_length=10, blank=True, default="", help_text="未编号前留空，显示（待配置）。"
    )
    name = models.CharField("名称", max_length=60, help_text="例如 企业开办综合窗口。")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices, help_text="窗口的类别。")
    agencies = models.ManyToManyField(
        "organisations.Agency",
        related_name="windows",
        blank=True,
        verbose_name="受理哪些机构的事项",
        help_text="无差别综合窗口可以留空，表示受理进驻的全部机构。",
    )
    is_demonstration = models.BooleanField(
        "演示", default=False, help_text="演示数据，不是真实设置的窗口。"
    )

    class Meta:
        verbose_name = "窗口"
        verbose_name_plural = "窗口"
        ordering = ["centre", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "slug"], name="window_slug_once_per_centre"),
            models.UniqueConstraint(
                fields=["centre", "number"],
                condition=~models.Q(number=""),
                name="window_number_once_per_centre",
                violation_error_message="这个大厅已有同号的窗口。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre.name} {self.name}"

    def takes(self, agency) -> bool:
        """Whether the window receives an agency's matters; a unified one without list takes all."""
        listed = {other.pk for other in self.agencies.all()}
        return agency.pk in listed or (not listed and self.kind == self.Kind.UNIFIED)
