"""Short codes that carry a public page on paper or to the phone."""

from django.db import models
from django.db.models import Q


class ShortLink(models.Model):
    """One row is one code that leads to a public page; see `matters.services.shortlinks`."""

    code = models.CharField(
        "短码", max_length=8, unique=True, help_text="8 位 Crockford 三十二进制字符，不含 I L O U。"
    )
    purpose = models.SlugField("用途", max_length=20, help_text="由哪一类页面生成。")
    target = models.CharField("目标", max_length=400, help_text="本站公开页面的路径和参数。")
    created_at = models.DateTimeField("生成时间", help_text="第一次生成的时刻。")
    expires_at = models.DateTimeField("到期时间", help_text="到期后打开会提示重新生成。")
    opened = models.PositiveIntegerField("打开次数", default=0, help_text="被打开过几次。")

    class Meta:
        verbose_name = verbose_name_plural = "短链接"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "target"], name="short_link_once"),
            models.CheckConstraint(
                condition=Q(target__startswith="/") & ~Q(target__startswith="//"),
                name="short_link_stays_here",
                violation_error_message="短链接只能指向本站页面，请填写以一个 / 开头的路径。",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-HJKMNP-TV-Z]{8}$"),
                name="short_link_code_form",
                violation_error_message="短码应为 8 位，不含 I、L、O、U。",
            ),
        ]

    def __str__(self) -> str:
        return self.code
