"""Who did what and when: moves of versions and matters, changes of elements (policy §10.7)."""

from collections.abc import Iterator

from django.db import models
from django.db.models import F, OuterRef, Subquery

from audit.models import APPEND_ONLY, ChainedRow, chained_once
from matters.models.matter import Matter
from matters.models.version import MatterVersion
from matters.workflow import MatterEvent, MatterStatus, VersionEvent, VersionStatus


def person(label: str, help_text: str) -> models.ForeignKey:
    """Who acted; empty for the system itself."""
    return models.ForeignKey(
        "accounts.User",
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=help_text,
    )


class VersionMove(ChainedRow):
    """One row is one move of a version through `matters.workflow.MOVES`; append-only, chained."""

    chain = "version"
    content = ("event", "from_status", "to_status", "by", "reason")

    version = models.ForeignKey(
        MatterVersion, verbose_name="版本", on_delete=models.PROTECT, related_name="moves"
    )
    event = models.CharField("动作", max_length=12, choices=VersionEvent, help_text="发生了什么")
    from_status = models.CharField(
        "原状态", max_length=10, choices=VersionStatus, blank=True, help_text="新建时为空"
    )
    to_status = models.CharField(
        "新状态", max_length=10, choices=VersionStatus, help_text="动作之后的状态"
    )
    by = person("操作人", "空白表示系统到期办理或数据导入")
    reason = models.TextField("说明", blank=True, help_text="退回、作废的原因或其他说明")

    class Meta:
        verbose_name = "版本流转"
        verbose_name_plural = "版本流转"
        ordering = ["version", "sequence"]
        triggers = APPEND_ONLY
        constraints = [chained_once("version", "version_move_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_event_display()}"

    @classmethod
    def loose_ends(cls) -> Iterator[tuple[int, str]]:
        """Versions whose status is not where their last move led."""
        last = cls.objects.filter(version=OuterRef("pk")).order_by("-sequence")
        moved = MatterVersion.objects.annotate(led_to=Subquery(last.values("to_status")[:1]))
        for pk in moved.exclude(led_to=F("status")).values_list("pk", flat=True):
            yield pk, "版本的状态与最后一条流转不符：链尾被删除，或状态被绕过流程改动。"


class MatterMove(ChainedRow):
    """One row is one switch of a matter: paused, resumed, withdrawn; append-only, chained."""

    chain = "matter"
    content = ("event", "from_status", "to_status", "on", "by", "reason")

    matter = models.ForeignKey(
        Matter, verbose_name="事项", on_delete=models.PROTECT, related_name="moves"
    )
    event = models.CharField("动作", max_length=15, choices=MatterEvent, help_text="发生了什么")
    from_status = models.CharField(
        "原状态", max_length=10, choices=MatterStatus, blank=True, help_text="登记时为空"
    )
    to_status = models.CharField(
        "新状态", max_length=10, choices=MatterStatus, help_text="动作之后的状态"
    )
    on = models.DateField("生效日期", null=True, blank=True, help_text="计划取消的日期")
    by = person("操作人", "空白表示系统到期办理")
    reason = models.TextField("原因", blank=True, help_text="向社会说明的原因")

    class Meta:
        verbose_name = "事项变动"
        verbose_name_plural = "事项变动"
        ordering = ["matter", "sequence"]
        triggers = APPEND_ONLY
        constraints = [chained_once("matter", "matter_move_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_event_display()}"

    @classmethod
    def loose_ends(cls) -> Iterator[tuple[int, str]]:
        """Matters whose status is not where their last move led."""
        last = cls.objects.filter(matter=OuterRef("pk")).order_by("-sequence")
        moved = Matter.objects.annotate(led_to=Subquery(last.values("to_status")[:1]))
        for pk in moved.exclude(led_to=F("status")).values_list("pk", flat=True):
            yield pk, "事项的状态与最后一条变动不符：链尾被删除，或状态被绕过流程改动。"


class ElementChange(ChainedRow):
    """One row is one element of a draft before and after a save; append-only, chained.

    `element` is a path in the notation of `matters.rules.Gap.field`: `consult_phone`,
    `materials.id-card.name`, `steps.3`. `before` and `after` are what was stored, null for a row
    that was added or removed.
    """

    chain = "version"
    content = ("element", "before", "after", "by")

    version = models.ForeignKey(
        MatterVersion, verbose_name="版本", on_delete=models.PROTECT, related_name="changes"
    )
    element = models.CharField("要素", max_length=120, help_text="改动的要素或行")
    before = models.JSONField("改动前", null=True, help_text="空白表示新增")
    after = models.JSONField("改动后", null=True, help_text="空白表示删除")
    by = models.ForeignKey(
        "accounts.User",
        verbose_name="操作人",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="谁改的",
    )

    class Meta:
        verbose_name = "要素改动"
        verbose_name_plural = "要素改动"
        ordering = ["version", "sequence"]
        triggers = APPEND_ONLY
        constraints = [chained_once("version", "element_change_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.element}"
