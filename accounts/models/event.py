"""What happened to accounts, kept for the auditor."""

from django.db import models

from accounts.models.login import APPEND_ONLY
from common import clock


class AccountEvent(models.Model):
    """One change of an account. Append-only like the login log."""

    class Kind(models.TextChoices):
        CREATED = "created", "建立账户"
        DETAILS_CHANGED = "details_changed", "修改资料"
        DISABLED = "disabled", "停用账户"
        ENABLED = "enabled", "启用账户"
        ROLE_GRANTED = "role_granted", "授予岗位"
        ROLE_REVOKED = "role_revoked", "收回岗位"
        PASSWORD_CHANGED = "password_changed", "修改密码"
        PASSWORD_RESET = "password_reset", "重置密码"
        FACTOR_ENROLLED = "factor_enrolled", "绑定动态口令"
        FACTOR_RESET = "factor_reset", "重置动态口令"
        UNLOCKED = "unlocked", "解除登录暂停"
        SIGNED_OUT = "signed_out", "退出登录"
        TOKEN_ISSUED = "token_issued", "签发接口令牌"
        TOKEN_REVOKED = "token_revoked", "收回接口令牌"

    at = models.DateTimeField("时间", default=clock.now, help_text="变更的时间。")
    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name="用户",
        help_text="被变更的账户。",
    )
    by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="操作人",
        help_text="空白表示由命令行操作。",
    )
    kind = models.CharField("变更", max_length=20, choices=Kind.choices, help_text="发生了什么。")
    detail = models.CharField(
        "说明", max_length=100, blank=True, default="", help_text="例如授予的岗位。"
    )

    class Meta:
        verbose_name = "账户变更记录"
        verbose_name_plural = "账户变更记录"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["user", "at"], name="event_user_at")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()}"
