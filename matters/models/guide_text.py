"""The body of a guide page as HTML, made once when its edition is published."""

from django.db import models

from matters.models.version import MatterVersion


class GuideText(models.Model):
    """One row is the ready body of the guide page of one business item of one edition.

    Derived from the edition and from what stands beside it (`matters.presenting.article`); a row
    whose `made_from` is not that of today is not used, and any row may be deleted at any time.
    """

    version = models.ForeignKey(
        MatterVersion, verbose_name="版本", on_delete=models.CASCADE, related_name="texts"
    )
    suffix = models.CharField(
        "业务办理项序号", max_length=2, help_text="正文写的是哪一个业务办理项"
    )
    position = models.PositiveSmallIntegerField("位置", help_text="0 是不加参数时显示的那一项")
    code = models.CharField("程序摘要", max_length=64, help_text="由哪一版模板和程序生成")
    made_from = models.CharField("依据摘要", max_length=64, help_text="由哪些内容生成")
    head = models.JSONField("页头内容", default=dict, help_text="标题、摘要、位置和相关事项")
    html = models.TextField("正文", help_text="办事指南正文的网页代码")

    class Meta:
        verbose_name = verbose_name_plural = "指南存稿"
        constraints = [
            models.UniqueConstraint(fields=["version", "suffix"], name="guide_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}-{self.suffix}"
