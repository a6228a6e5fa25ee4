"""What people working on a version tell one another, per section."""

from django.db import models

from common import clock
from matters.models.history import person
from matters.models.version import MatterVersion

COMMENT_SIZE = 500


class VersionComment(models.Model):
    """One row is one remark on one section; `part` is the section id of the guide page."""

    version = models.ForeignKey(
        MatterVersion, verbose_name="版本", on_delete=models.PROTECT, related_name="comments"
    )
    part = models.CharField("部分", max_length=20, blank=True, help_text="空白表示整份指南")
    text = models.CharField("意见", max_length=COMMENT_SIZE, help_text="请写清哪里要改、怎样改")
    by = models.ForeignKey(
        "accounts.User",
        verbose_name="提出人",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="谁提的",
    )
    at = models.DateTimeField("提出时间", default=clock.now, editable=False, help_text="提出的时刻")
    resolved_at = models.DateTimeField(
        "处理时间", null=True, blank=True, help_text="标为已处理的时刻"
    )
    resolved_by = person("处理人", "谁标为已处理")

    class Meta:
        verbose_name = "审核意见"
        verbose_name_plural = "审核意见"
        ordering = ["version", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_someone",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]
