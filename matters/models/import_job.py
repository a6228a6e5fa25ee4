"""导入任务: one uploaded file on its way into the drafts. The row is the queue."""

import secrets

from django.db import models

from common import clock


class ImportState(models.TextChoices):
    """Life of an import. The clock's jobs move it between a person's two decisions."""

    WAITING = "waiting", "等待检查"
    CHECKING = "checking", "正在检查"
    REFUSED = "refused", "有错误，没有导入"
    READY = "ready", "检查通过，等您确认"
    CONFIRMED = "confirmed", "等待写入"
    WRITING = "writing", "正在写入"
    DONE = "done", "已写入草稿"
    CANCELLED = "cancelled", "已放弃"


#: waiting state → the state in which a worker holds it
TAKEN_AS = {
    ImportState.WAITING: ImportState.CHECKING,
    ImportState.CONFIRMED: ImportState.WRITING,
}
BUSY = frozenset({*TAKEN_AS, *TAKEN_AS.values()})
#: still to be decided by the person
OPEN_TO_CANCEL = frozenset({ImportState.WAITING, ImportState.READY})


def random_name() -> str:
    """Name of the folder the file lies in: nothing a person typed, nothing to guess."""
    return secrets.token_hex(16)


class ImportJobQuerySet(models.QuerySet):
    """Filters of import jobs."""

    def visible_to(self, user) -> "ImportJobQuerySet":
        """Own jobs: what somebody else is preparing is not ours to confirm."""
        return self.filter(created_by=user)


class ImportJob(models.Model):
    """One row is one uploaded file: who, what, how far, and what came of it.

    A worker claims a row with a lease and a token; a row whose lease has run out is taken over.
    Nothing of the catalogue changes before `confirmed`, and then everything in one transaction.
    """

    created_by = models.ForeignKey(
        "accounts.User",
        verbose_name="上传人",
        on_delete=models.PROTECT,
        related_name="import_jobs",
        help_text="草稿归谁",
    )
    created_at = models.DateTimeField("上传时间", default=clock.now, help_text="收到文件的时刻")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True, help_text="同意写入")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True, help_text="写完或拒绝")
    file_name = models.CharField("文件名", max_length=200, help_text="上传时的名称，只用于显示")
    file_size = models.PositiveBigIntegerField("大小", help_text="字节")
    file_hash = models.CharField("文件指纹", max_length=64, help_text="SHA-256")
    folder = models.CharField(
        "存放目录",
        max_length=32,
        unique=True,
        default=random_name,
        help_text="网站目录之外的随机目录名",
    )
    kind = models.CharField("格式", max_length=4, blank=True, help_text="xlsx 或 csv")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=ImportState,
        default=ImportState.WAITING,
        help_text="走到哪一步",
    )
    progress = models.PositiveSmallIntegerField("进度", default=0, help_text="百分比")
    doing = models.CharField("正在做", max_length=60, blank=True, help_text="这一步的说明")
    rows = models.PositiveIntegerField("行数", default=0, help_text="读到的数据行")
    errors = models.JSONField("错误", default=list, blank=True, help_text="最多 500 处")
    error_total = models.PositiveIntegerField("错误总数", default=0, help_text="全部错误的处数")
    counts = models.JSONField("数量", default=dict, blank=True, help_text="新增、修改、不变")
    preview = models.JSONField("预览", default=list, blank=True, help_text="将改动的要素")
    notes = models.JSONField("提示", default=list, blank=True, help_text="发布前还要补的内容")
    plan_hash = models.CharField("预览指纹", max_length=64, blank=True, help_text="确认的是这一份")
    lease_token = models.UUIDField("占用标记", null=True, blank=True, help_text="哪个后台进程")
    lease_until = models.DateTimeField("占用到", null=True, blank=True, help_text="过时可被接手")
    attempts = models.PositiveSmallIntegerField("次数", default=0, help_text="被接手的次数")
    purged_at = models.DateTimeField("文件删除时间", null=True, blank=True, help_text="到期删除")

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = "导入任务"
        verbose_name_plural = "导入任务"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="import_progress_is_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="import_state_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=sorted(BUSY)),
                name="import_queue",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        """Whether a worker has it or will take it."""
        return self.state in BUSY

    @property
    def can_be_cancelled(self) -> bool:
        """Before a worker writes."""
        return self.state in OPEN_TO_CANCEL
