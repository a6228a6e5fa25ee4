"""One edition of a guide. Once published it never changes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from common import clock
from matters.models.catalogue import Theme
from matters.models.choices import Certainty
from matters.models.elements import (
    ClockElements,
    ContactElements,
    IdentityElements,
    LicensingElements,
    RemedyElements,
    ServiceElements,
)
from matters.models.freezing import frozen_part, frozen_version
from matters.models.matter import Matter
from matters.workflow import EDITABLE, FROZEN, OPEN, MatterStatus, VersionStatus


class VersionQuerySet(models.QuerySet):
    """Filters of versions."""

    def published(self) -> "VersionQuerySet":
        """The edition in force of each matter."""
        return self.filter(status=VersionStatus.PUBLISHED)

    def public(self) -> "VersionQuerySet":
        """What citizens may read: published editions of matters that are not withdrawn."""
        return self.published().exclude(matter__status=MatterStatus.WITHDRAWN)

    def being_edited(self) -> "VersionQuerySet":
        """Editions on their way: draft, submitted, approved or scheduled."""
        return self.filter(status__in=OPEN)

    def for_person(self) -> "VersionQuerySet":
        """Open to natural persons."""
        return self.filter(audience__contains=["person"])

    def for_organisation(self) -> "VersionQuerySet":
        """Open to legal persons and other organisations."""
        return self.filter(audience__contains=["organisation"])

    def for_list(self) -> "VersionQuerySet":
        """With what a list row prints, without the heavy snapshot."""
        return self.select_related("matter", "agency").defer("snapshot")


class MatterVersion(
    IdentityElements,
    LicensingElements,
    ClockElements,
    ServiceElements,
    ContactElements,
    RemedyElements,
):
    """One row is one edition of one matter, with every element of policy §2.4.

    `snapshot` is the whole guide as one document, written at publication by
    `matters.snapshot.build`; pages read only that.
    """

    matter = models.ForeignKey(
        Matter, verbose_name="事项", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField("版本号", help_text="从 1 起；作废的草稿不占号")
    status = models.CharField(
        "状态",
        max_length=10,
        choices=VersionStatus,
        default=VersionStatus.DRAFT,
        help_text="只有草稿能修改内容",
    )
    agency = models.ForeignKey(
        "organisations.Agency",
        verbose_name="实施主体",
        on_delete=models.PROTECT,
        related_name="matter_versions",
        help_text="谁来审批",
    )
    joint_agencies = models.ManyToManyField(
        "organisations.Agency",
        verbose_name="共同实施部门",
        blank=True,
        through="matters.JointAgency",
        related_name="joint_matter_versions",
        help_text="联办机构",
    )
    supervisor = models.ForeignKey(
        "organisations.Agency",
        verbose_name="监管部门",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supervised_versions",
        help_text="批后监管的部门，审管联动时告知",
    )
    centre = models.ForeignKey(
        "organisations.ServiceCentre",
        verbose_name="进驻中心",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="matter_versions",
        help_text="在哪个中心办理",
    )
    window = models.ForeignKey(
        "organisations.Window",
        verbose_name="窗口",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="matter_versions",
        help_text="在哪个窗口办理",
    )
    themes = models.ManyToManyField(
        Theme,
        verbose_name="服务主题",
        through="matters.VersionTheme",
        related_name="versions",
        help_text="主题和生命周期",
    )
    related_seqs = ArrayField(
        models.PositiveIntegerField(),
        verbose_name="相关事项",
        default=list,
        blank=True,
        help_text="相关事项的序号",
    )
    keywords = ArrayField(
        models.CharField(max_length=60),
        verbose_name="关键词",
        default=list,
        blank=True,
        help_text="群众的说法",
    )
    mistakes = ArrayField(
        models.CharField(max_length=200),
        verbose_name="常见错误",
        default=list,
        blank=True,
        help_text="申请材料里最常见的错误",
    )
    estimated_fields = ArrayField(
        models.CharField(max_length=40),
        verbose_name="推定的要素",
        default=list,
        blank=True,
        help_text="这些要素是推定的，页面会标明",
    )
    certainty = models.JSONField(
        "各部分可靠程度", default=dict, blank=True, help_text="部分 → 可靠程度"
    )
    overall_certainty = models.CharField(
        "总体可靠程度",
        max_length=10,
        choices=Certainty,
        default=Certainty.ESTIMATED,
        help_text="页面上的提示",
    )
    source_digest = models.CharField(
        "来源指纹",
        max_length=64,
        blank=True,
        help_text="导入数据的 SHA-256，重复导入时比较",
    )
    effective_on = models.DateField("生效日期", null=True, blank=True, help_text="当日 0 时生效")
    retire_on = models.DateField("取消日期", null=True, blank=True, help_text="当日 0 时取消")
    created_at = models.DateTimeField(
        "创建时间", default=clock.now, editable=False, help_text="起草的时刻"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True, help_text="发布时刻")
    published_by = models.ForeignKey(
        "accounts.User",
        verbose_name="发布人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="数据导入时为空",
    )
    superseded_at = models.DateTimeField(
        "被替代时间", null=True, blank=True, help_text="新版本发布的时刻"
    )
    snapshot = models.JSONField("快照", null=True, blank=True, help_text="发布时的整份指南")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "事项版本"
        verbose_name_plural = "事项版本"
        ordering = ["matter", "-number"]
        triggers = [frozen_version()]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "number"],
                condition=~models.Q(status=VersionStatus.DISCARDED),
                name="version_number_once",
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=models.Q(status__in=sorted(OPEN)),
                name="one_open_version",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=VersionStatus.SCHEDULED)
                | models.Q(effective_on__isnull=False),
                name="scheduled_version_has_day",
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=models.Q(status=VersionStatus.PUBLISHED),
                name="one_published_version",
            ),
            models.CheckConstraint(
                condition=models.Q(promised_value__lte=models.F("statutory_value")),
                name="version_promise_within_limit",
                violation_error_message="承诺时限不能长于法定时限（优化营商环境条例第三十六条）。",
            ),
            models.CheckConstraint(
                condition=~models.Q(handling_type="1") | models.Q(promised_value=0),
                name="version_instant_promises_zero",
                violation_error_message="即办件的承诺时限应为 0（当场办结）。",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=sorted(FROZEN))
                | models.Q(published_at__isnull=False, snapshot__isnull=False),
                name="published_version_has_snapshot",
            ),
            models.CheckConstraint(
                condition=models.Q(retire_on__isnull=True)
                | models.Q(effective_on__isnull=True)
                | models.Q(retire_on__gt=models.F("effective_on")),
                name="version_retires_after_effect",
                violation_error_message="取消日期应晚于生效日期。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency"],
                condition=models.Q(status=VersionStatus.PUBLISHED),
                name="published_by_agency",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（第 {self.number} 版）"

    @property
    def is_frozen(self) -> bool:
        """No draft (any more): its content does not change."""
        return self.status != EDITABLE


class JointAgency(models.Model):
    """One row is one agency acting together with the implementing one (共同实施部门)."""

    version = models.ForeignKey(MatterVersion, on_delete=models.CASCADE, verbose_name="版本")
    agency = models.ForeignKey(
        "organisations.Agency", on_delete=models.PROTECT, verbose_name="部门"
    )

    class Meta:
        verbose_name = "共同实施部门"
        verbose_name_plural = "共同实施部门"
        triggers = [frozen_part()]
        constraints = [
            models.UniqueConstraint(fields=["version", "agency"], name="joint_agency_once")
        ]

    def __str__(self) -> str:
        return str(self.agency)


class VersionTheme(models.Model):
    """One row files one version under one theme or stage."""

    version = models.ForeignKey(MatterVersion, on_delete=models.CASCADE, verbose_name="版本")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, verbose_name="主题")

    class Meta:
        verbose_name = "所属主题"
        verbose_name_plural = "所属主题"
        triggers = [frozen_part()]
        constraints = [
            models.UniqueConstraint(fields=["version", "theme"], name="version_theme_once")
        ]

    def __str__(self) -> str:
        return str(self.theme)
