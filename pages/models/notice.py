"""通知公告: what changed, said by whom and when."""

import datetime

from django.db import models
from django.urls import reverse


class NoticeQuerySet(models.QuerySet):
    def published(self, today: datetime.date) -> "NoticeQuerySet":
        """Notices whose day has come, newest first."""
        return self.filter(published_on__lte=today)


class Notice(models.Model):
    """One notice. The body is plain text; `pages.prose` says which marks it knows."""

    class Kind(models.TextChoices):
        CHANGE = "change", "事项调整"
        SUSPENSION = "suspension", "停办与变更"
        SITE = "site", "本站公告"

    slug = models.SlugField("网址名", unique=True, help_text="小写字母、数字和连字符，发布后不要改")
    title = models.CharField("标题", max_length=80, help_text="一句话说清变了什么")
    kind = models.CharField(
        "类别", max_length=12, choices=Kind, default=Kind.SITE, help_text="用于列表上的标签"
    )
    body = models.TextField(
        "正文",
        help_text="空行分段；## 开头是小标题；- 开头是列表；"
        "1. 开头是步骤；[文字](/网址/) 是站内链接",
    )
    source = models.CharField("来源", max_length=100, help_text="发布单位的全称")
    published_on = models.DateField("发布日期", help_text="到这一天才对外显示")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-published_on", "-pk")
        verbose_name = "通知公告"
        verbose_name_plural = "通知公告"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pages:notice", args=[self.slug])
