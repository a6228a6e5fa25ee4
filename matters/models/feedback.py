"""What readers say about a guide."""

from uuid import uuid4

from django.db import models

from common import clock
from matters.models.matter import Matter


class GuideFeedback(models.Model):
    """One row is one answer to “这份指南有用吗？”. Anonymous: no account, no address kept."""

    matter = models.ForeignKey(
        Matter, verbose_name="事项", on_delete=models.PROTECT, related_name="feedback"
    )
    version_number = models.PositiveIntegerField("版本号", help_text="读者看到的版本")
    useful = models.BooleanField("有用", help_text="读者的判断")
    comment = models.CharField("说明", max_length=500, blank=True, help_text="哪里没说清")
    submission = models.UUIDField(
        "提交编号",
        unique=True,
        default=uuid4,
        editable=False,
        help_text="同一次提交只记一条",
    )
    created_at = models.DateTimeField(
        "时间", default=clock.now, editable=False, help_text="提交的时刻"
    )

    class Meta:
        verbose_name = "指南评价"
        verbose_name_plural = "指南评价"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.matter}：{'有用' if self.useful else '没用'}"
