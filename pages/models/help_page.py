"""使用帮助: how to do something on this site."""

from django.db import models
from django.urls import reverse


class HelpPage(models.Model):
    """One page of help. The body is plain text; `pages.prose` says which marks it knows."""

    slug = models.SlugField("网址名", unique=True, help_text="小写字母、数字和连字符，发布后不要改")
    title = models.CharField("标题", max_length=60, help_text="一句话说清这页解决什么问题")
    summary = models.CharField(
        "摘要", max_length=120, blank=True, help_text="显示在帮助首页，不超过两句话"
    )
    body = models.TextField(
        "正文",
        help_text="空行分段；## 开头是小标题；- 开头是列表；"
        "1. 开头是步骤；[文字](/网址/) 是站内链接",
    )
    order = models.PositiveSmallIntegerField("顺序", default=0, help_text="数字小的排在前面")
    updated_on = models.DateField("更新日期", auto_now=True, help_text="最后一次保存的日期")

    class Meta:
        ordering = ("order", "slug")
        verbose_name = "帮助页"
        verbose_name_plural = "帮助页"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pages:help_page", args=[self.slug])
