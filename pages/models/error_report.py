"""我为政府网站找错: what a reader found wrong."""

import uuid

from django.db import models

from common.crypto import EncryptedTextField


class ErrorReport(models.Model):
    """One report. `number` is what the reader keeps to ask about it later."""

    class Kind(models.TextChoices):
        CONTENT = "content", "内容有错或过时"
        LINK = "link", "打不开或链接错了"
        UNCLEAR = "unclear", "看不懂"
        ACCESS = "access", "用起来有障碍"
        OTHER = "other", "其他问题"

    class Status(models.TextChoices):
        NEW = "new", "待处理"
        FIXED = "fixed", "已改正"
        CLOSED = "closed", "核实无误"

    number = models.CharField(
        "受理编号", max_length=20, unique=True, editable=False, help_text="系统生成，告诉提交人"
    )
    page_path = models.CharField(
        "出错的页面", max_length=300, blank=True, help_text="网址中域名后面的部分"
    )
    kind = models.CharField("问题类型", max_length=10, choices=Kind, help_text="提交人选择的类型")
    what = models.TextField("问题说明", max_length=1000, help_text="提交人写的内容")
    row_key = models.UUIDField(
        "加密行号", default=uuid.uuid4, unique=True, editable=False, help_text="加密用"
    )
    contact = EncryptedTextField(
        "联系方式",
        max_length=60,
        blank=True,
        default="",
        help_text="手机或邮箱，选填，加密保存，只用于回复这一条；回复后清除",
    )
    status = models.CharField(
        "处理状态",
        max_length=10,
        choices=Status,
        default=Status.NEW,
        help_text="处理完后改为已改正或核实无误",
    )
    answer = models.TextField("处理说明", blank=True, help_text="改了什么，或为什么不改")
    created_at = models.DateTimeField("提交时间", help_text="收到的时间")

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = "找错记录"
        verbose_name_plural = "找错记录"

    def __str__(self) -> str:
        return self.number
