"""申请材料 and the canonical papers behind them."""

from django.db import models

from matters.models.business_item import BusinessItem
from matters.models.choices import MaterialForm, MaterialSource, Necessity
from matters.models.elements import text
from matters.models.freezing import frozen_part
from matters.models.version import MatterVersion

USE_OWNER = "(SELECT version_id FROM matters_material WHERE id = {row}.material_id)"


class Paper(models.Model):
    """One row is one canonical paper (营业执照). Materials with the same paper and holder are the
    same sheet: the only ground on which bundles merge uploads."""

    key = models.SlugField("键", max_length=60, unique=True, help_text="稳定的英文名")
    name = models.CharField("名称", max_length=100, help_text="证照或文书的标准名称")
    e_licence = models.CharField(
        "电子证照", max_length=100, blank=True, help_text="可替代它的电子证照名称"
    )
    issuer = models.CharField("出具机构", max_length=100, blank=True, help_text="由谁核发")
    alternatives = models.ManyToManyField(
        "self",
        verbose_name="任选其一",
        blank=True,
        symmetrical=False,
        related_name="alternative_of",
        help_text="交其中任意一种即可",
    )
    note = models.CharField("说明", max_length=200, blank=True, help_text="使用说明")

    class Meta:
        verbose_name = "标准材料"
        verbose_name_plural = "标准材料"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class Material(models.Model):
    """One row is one line of the material list of one version.

    `when` is {situation key: [option key, …]}: AND over keys, OR over values, empty = always.
    """

    version = models.ForeignKey(
        MatterVersion,
        verbose_name="版本",
        on_delete=models.CASCADE,
        related_name="materials",
    )
    key = models.SlugField("键", max_length=60, help_text="版本内唯一的英文名")
    name = models.CharField("材料名称", max_length=200, help_text="写全称，不写“相关材料”")
    position = models.PositiveSmallIntegerField("顺序", help_text="列表顺序")
    paper = models.ForeignKey(
        Paper,
        verbose_name="标准材料",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="materials",
        help_text="同一标准材料、同一持有人的可以只交一次",
    )
    holder = models.CharField("持有人", max_length=20, default="applicant", help_text="谁的材料")
    items = models.ManyToManyField(
        BusinessItem,
        verbose_name="适用的业务办理项",
        through="matters.MaterialUse",
        related_name="materials",
        help_text="哪些业务办理项需要",
    )
    when = models.JSONField("适用情形", default=dict, blank=True, help_text="空表示总是需要")
    necessity = models.CharField(
        "必要性", max_length=10, choices=Necessity, help_text="必要、容缺或非必要"
    )
    form = models.CharField("形式", max_length=10, choices=MaterialForm, help_text="原件、复印件等")
    copies = models.PositiveSmallIntegerField("份数", default=1, help_text="要交几份")
    source = models.CharField(
        "来源渠道",
        max_length=12,
        choices=MaterialSource,
        help_text="自备、政府核发或中介",
    )
    issuer = text("出具机构", "由谁出具", 100)
    issue_requirement = text("出具时间要求", "例如 3 个月内", 100)
    e_licence = text("可用电子证照", "能共享的电子证照名称，填写后免交", 100)
    basis = text("依据", "要求提供该材料的条文", 200)
    acceptance_standard = text("受理标准", "怎样算合格", 300)
    tip = text("填报须知", "一句话提示", 200)
    paper_size = text("纸质规格", "例如 A4", 40)
    has_blank_form = models.BooleanField("有空白表格", default=False, help_text="可下载空表")
    commitment_allowed = models.BooleanField(
        "可告知承诺", default=False, help_text="可用承诺书代替"
    )
    deferral_days = models.PositiveSmallIntegerField(
        "后补期限",
        null=True,
        blank=True,
        help_text="容缺材料的补交工作日数，空白用默认 60",
    )
    remark = text("备注", "其他说明", 200)

    class Meta:
        verbose_name = "申请材料"
        verbose_name_plural = "申请材料"
        ordering = ["version", "position"]
        triggers = [frozen_part()]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="material_key_once"),
            models.CheckConstraint(
                condition=models.Q(copies__gte=1),
                name="material_at_least_one_copy",
                violation_error_message="份数至少为 1。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MaterialUse(models.Model):
    """One row says one business item needs one material."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, verbose_name="材料")
    item = models.ForeignKey(BusinessItem, on_delete=models.CASCADE, verbose_name="业务办理项")

    class Meta:
        verbose_name = "材料适用"
        verbose_name_plural = "材料适用"
        triggers = [frozen_part(USE_OWNER)]
        constraints = [
            models.UniqueConstraint(fields=["material", "item"], name="material_use_once")
        ]

    def __str__(self) -> str:
        return f"{self.material}：{self.item}"
