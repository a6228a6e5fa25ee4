"""Classification around the matters: base catalogue, published lists, themes."""

from django.core.validators import RegexValidator
from django.db import models

from matters.models.choices import Certainty, ItemType, ThemeAudience, ThemeKind


class BaseItem(models.Model):
    """One row is one entry of the base catalogue (基本目录), shared by all regions.

    The 12-character code is 2 division + 2 type + 2 central department + 3 main item + 3 sub
    item; `00Y` marks a main item that has sub-items and cannot be applied for (policy §2.2).
    """

    code = models.CharField(
        "基本编码",
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{9}[0-9]{2}[0-9Y]$", "基本编码应为 12 位。")],
        help_text="12 位；末三位 000 为无子项，00Y 为有子项的主项",
    )
    code_is_provisional = models.BooleanField(
        "编码为暂编",
        default=True,
        help_text="正式编码由目录管理机关赋予，赋予前显示“暂编”",
    )
    name = models.CharField("目录名称", max_length=200, help_text="基本目录中的事项名称")
    item_type = models.CharField(
        "事项类型",
        max_length=2,
        choices=ItemType,
        default=ItemType.LICENCE,
        help_text="属于哪一类权力或服务（GB/T 39046 附录 A.1）",
    )
    national_department = models.CharField(
        "中央主管部门", max_length=60, blank=True, help_text="目录中的中央主管部门"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="主项",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text="子项所属的主项",
    )

    class Meta:
        verbose_name = "基本目录条目"
        verbose_name_plural = "基本目录"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(code__endswith="000") | models.Q(parent__isnull=True),
                name="base_item_000_has_no_parent",
                violation_error_message="末三位为 000 的条目没有子项，也不能属于主项。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CatalogueList(models.Model):
    """One row is one published list a matter may stand on (许可清单, 投资项目审批清单 …)."""

    slug = models.SlugField("网址名", unique=True, help_text="用于链接，小写字母和连字符")
    name = models.CharField("清单名称", max_length=100, help_text="公布时使用的名称")
    source = models.CharField("来源", max_length=200, blank=True, help_text="文件或出处")
    certainty = models.CharField(
        "可靠程度",
        max_length=10,
        choices=Certainty,
        default=Certainty.ESTIMATED,
        help_text="来源",
    )

    class Meta:
        verbose_name = "事项清单"
        verbose_name_plural = "事项清单"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class CatalogueListing(models.Model):
    """One row puts one matter on one list."""

    catalogue_list = models.ForeignKey(
        CatalogueList,
        verbose_name="清单",
        on_delete=models.PROTECT,
        related_name="listings",
    )
    matter = models.ForeignKey(
        "matters.Matter",
        verbose_name="事项",
        on_delete=models.PROTECT,
        related_name="listings",
    )
    note = models.CharField("说明", max_length=200, blank=True, help_text="在该清单中的名称或范围")

    class Meta:
        verbose_name = "列入清单"
        verbose_name_plural = "列入清单"
        constraints = [
            models.UniqueConstraint(fields=["catalogue_list", "matter"], name="listing_once")
        ]

    def __str__(self) -> str:
        return f"{self.catalogue_list}：{self.matter}"


class ThemeQuerySet(models.QuerySet):
    """Filters of themes."""

    def themes(self) -> "ThemeQuerySet":
        """服务主题 only."""
        return self.filter(kind=ThemeKind.THEME)

    def stages(self) -> "ThemeQuerySet":
        """生命周期 only."""
        return self.filter(kind=ThemeKind.STAGE)

    def for_person(self) -> "ThemeQuerySet":
        """Shown behind the door 个人办事."""
        return self.exclude(audience=ThemeAudience.ORGANISATION)

    def for_organisation(self) -> "ThemeQuerySet":
        """Shown behind the door 企业办事."""
        return self.exclude(audience=ThemeAudience.PERSON)


class Theme(models.Model):
    """One row is one way in: a service theme or a stage of life of a person or a firm."""

    slug = models.SlugField("网址名", unique=True, help_text="用于链接，小写字母和连字符")
    name = models.CharField("名称", max_length=20, help_text="页面上显示的名称")
    audience = models.CharField(
        "服务对象", max_length=12, choices=ThemeAudience, help_text="个人、法人或两者"
    )
    kind = models.CharField("类别", max_length=5, choices=ThemeKind, help_text="主题或生命周期")
    position = models.PositiveSmallIntegerField("顺序", help_text="小的在前")
    icon = models.CharField("图标", max_length=40, help_text="heroicons 图标名")

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "主题与生命周期"
        verbose_name_plural = "主题与生命周期"
        ordering = ["kind", "position"]

    def __str__(self) -> str:
        return self.name
