"""The smaller parts of a guide: conditions, fee, result, questions, legal basis."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from matters.models.choices import ConditionKind, ResultKind, TimeUnit
from matters.models.elements import text
from matters.models.freezing import frozen_part
from matters.models.version import MatterVersion


class Condition(models.Model):
    """One row is one condition, or one case in which the matter cannot be applied for."""

    version = models.ForeignKey(
        MatterVersion,
        verbose_name="版本",
        on_delete=models.CASCADE,
        related_name="conditions",
    )
    kind = models.CharField("类别", max_length=8, choices=ConditionKind, help_text="满足或排除")
    position = models.PositiveSmallIntegerField("顺序", help_text="显示顺序")
    sentence = models.CharField("内容", max_length=300, help_text="一行一个条件")

    class Meta:
        verbose_name = "受理条件"
        verbose_name_plural = "受理条件"
        ordering = ["version", "kind", "position"]
        triggers = [frozen_part()]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "position"], name="condition_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.sentence


class Fee(models.Model):
    """One row states what a version charges. 行政许可法 art. 58: no fee without a law."""

    version = models.OneToOneField(
        MatterVersion, verbose_name="版本", on_delete=models.CASCADE, related_name="fee"
    )
    charged = models.BooleanField("收费", help_text="是否收费")
    item = text("收费项目", "项目名称", 100)
    standard = text("收费标准", "金额或计算办法", 300)
    basis = text("收费依据", "文件名称和条款", 300)
    reducible = models.BooleanField("可减免", default=False, help_text="是否允许减免")
    reduction_basis = text("减免依据", "文件名称", 200)

    class Meta:
        verbose_name = "收费"
        verbose_name_plural = "收费"
        triggers = [frozen_part()]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(charged=False) | (~models.Q(standard="") & ~models.Q(basis="")),
                name="fee_needs_standard_and_basis",
                violation_error_message="收费的事项必须写明收费标准和依据（行政许可法第五十八条）。",
            )
        ]

    def __str__(self) -> str:
        return self.standard or ("收费" if self.charged else "不收费")


class Result(models.Model):
    """One row says what the applicant receives and how long it is valid."""

    version = models.OneToOneField(
        MatterVersion,
        verbose_name="版本",
        on_delete=models.CASCADE,
        related_name="result",
    )
    name = models.CharField("结果名称", max_length=100, help_text="证照或文书名称")
    kind = models.CharField("结果类型", max_length=11, choices=ResultKind, help_text="证、批复等")
    validity_years = models.PositiveSmallIntegerField(
        "有效期（年）",
        null=True,
        blank=True,
        help_text="长期有效或以文书记载为准的留空",
    )
    valid_area = text("有效地域", "全国、全市、本区", 60)
    renew_before_value = models.PositiveSmallIntegerField(
        "提前多久申请延续", null=True, blank=True, help_text="到期前的天数"
    )
    renew_before_unit = models.CharField(
        "单位", max_length=7, choices=TimeUnit, blank=True, help_text="默认自然日"
    )
    delivery = ArrayField(
        models.CharField(max_length=20),
        verbose_name="领取方式",
        default=list,
        help_text="送达方式",
    )
    sample_note = text("结果样本说明", "样本上应看什么", 200)

    class Meta:
        verbose_name = "办理结果"
        verbose_name_plural = "办理结果"
        triggers = [frozen_part()]

    def __str__(self) -> str:
        return self.name


class Faq(models.Model):
    """One row is one question people really ask, with the answer."""

    version = models.ForeignKey(
        MatterVersion,
        verbose_name="版本",
        on_delete=models.CASCADE,
        related_name="faqs",
    )
    position = models.PositiveSmallIntegerField("顺序", help_text="显示顺序")
    question = models.CharField("问题", max_length=200, help_text="群众的问法")
    answer = models.TextField("回答", help_text="先给结论，再说怎么办")

    class Meta:
        verbose_name = "常见问题"
        verbose_name_plural = "常见问题"
        ordering = ["version", "position"]
        triggers = [frozen_part()]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="faq_position_once")
        ]

    def __str__(self) -> str:
        return self.question


class LegalBasis(models.Model):
    """One row is one article the matter rests on (设定依据)."""

    version = models.ForeignKey(
        MatterVersion,
        verbose_name="版本",
        on_delete=models.CASCADE,
        related_name="legal_bases",
    )
    position = models.PositiveSmallIntegerField("顺序", help_text="显示顺序")
    law = models.CharField("法律法规", max_length=200, help_text="带书名号的全称")
    article = models.CharField("条款", max_length=100, blank=True, help_text="第几条")
    gist = models.CharField("要点", max_length=300, help_text="这一条说了什么，用自己的话")

    class Meta:
        verbose_name = "设定依据"
        verbose_name_plural = "设定依据"
        ordering = ["version", "position"]
        triggers = [frozen_part()]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="basis_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.law}{self.article}"
