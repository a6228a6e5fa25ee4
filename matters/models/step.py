"""办理环节, with the special ones (特殊环节) that may stop the clock."""

from django.db import models

from matters.models.elements import text
from matters.models.freezing import frozen_part
from matters.models.version import MatterVersion


class StepRole(models.TextChoices):
    """Who acts in a step."""

    APPLICANT = "applicant", "申请人"
    WINDOW = "window", "窗口"
    BACK_OFFICE = "back_office", "审批人员"
    LEADER = "leader", "负责人"
    CO_AGENCY = "co_agency", "协同部门"
    SITE_INSPECTION = "site_inspection", "踏勘人员"
    EXPERT_REVIEW = "expert_review", "评审专家"
    TESTING_BODY = "testing_body", "检验检测机构"
    PUBLIC_NOTICE = "public_notice", "公示"
    DELIVERY = "delivery", "送达"
    OTHER = "other", "其他"


class Step(models.Model):
    """One row is one step of one version; a special step is 现场踏勘, 专家评审, 听证 ….

    `counts_in_limit` false suspends the statutory clock and needs `basis` (行政许可法 art. 45:
    听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审). A site visit is part of examination
    (art. 34) and counts unless a special law says otherwise.
    """

    version = models.ForeignKey(
        MatterVersion,
        verbose_name="版本",
        on_delete=models.CASCADE,
        related_name="steps",
    )
    position = models.PositiveSmallIntegerField("顺序", help_text="从 1 起")
    name = models.CharField("环节名称", max_length=60, help_text="申请、受理、审查、决定、送达等")
    actor = models.CharField("谁来做", max_length=60, help_text="页面上的写法")
    role = models.CharField("角色", max_length=15, choices=StepRole, help_text="统一的角色")
    days = models.PositiveSmallIntegerField("所需时限", help_text="与法定时限同单位")
    detail = models.CharField("说明", max_length=300, help_text="做什么、出什么")
    special = models.BooleanField("特殊环节", default=False, help_text="踏勘、评审、听证、公示等")
    counts_in_limit = models.BooleanField(
        "计入法定时限", default=True, help_text="不计入的必须写明依据"
    )
    basis = text("依据", "条文", 200)
    charged = models.BooleanField("该环节收费", default=False, help_text="特殊环节是否收费")
    charge_basis = text("收费依据", "收费时填写", 200)

    class Meta:
        verbose_name = "办理环节"
        verbose_name_plural = "办理环节"
        ordering = ["version", "position"]
        triggers = [frozen_part()]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="step_position_once")
        ]

    def __str__(self) -> str:
        return self.name
