"""Keys of other systems to the open interface."""

import secrets

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from accounts.scopes import Scope
from common import clock

MARK = "hd"
PREFIX_LENGTH = 8


class ApiTokenQuerySet(models.QuerySet):
    """Named selections of tokens."""

    def valid(self, moment):
        """Neither taken back nor expired, and their person may still sign in."""
        return self.filter(revoked_at=None, expires_at__gt=moment, user__is_active=True)


class ApiToken(models.Model):
    """One row lets one system act for one member of staff, within `scopes`, until `expires_at`.

    The token itself, `hd_<prefix>_<256 random bits>`, is shown once and not kept: the row is found
    by the prefix and compared by SHA-256 (no slow hash: there is nothing to guess in 256 bits).
    """

    name = models.CharField(
        "系统名称", max_length=60, help_text="哪个系统使用，例如 市级事项库对接。"
    )
    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="api_tokens",
        verbose_name="代表的用户",
        help_text="该系统以谁的身份操作；权限不会超过这个用户，停用用户即停用令牌。",
    )
    scopes = ArrayField(
        models.CharField(max_length=40, choices=Scope.choices),
        verbose_name="权限范围",
        help_text="只给用得到的。",
    )
    prefix = models.CharField(
        "前缀",
        max_length=PREFIX_LENGTH,
        unique=True,
        editable=False,
        validators=[RegexValidator(r"^[0-9a-f]{8}$", "应为 8 位十六进制字符。")],
        help_text="令牌的开头部分，用于辨认。",
    )
    digest = models.CharField(
        "摘要", max_length=64, editable=False, help_text="令牌的 SHA-256；令牌本身不保存。"
    )
    expires_at = models.DateTimeField("到期时间", help_text="到期后自动失效，最长一年。")
    last_used_on = models.DateField(
        "最近使用", null=True, blank=True, editable=False, help_text="只记到日。"
    )
    created_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="签发人",
        help_text="空白表示由命令行签发。",
    )
    created_at = models.DateTimeField(
        "签发时间", default=clock.now, editable=False, help_text="令牌签发的时间。"
    )
    revoked_at = models.DateTimeField(
        "收回时间", null=True, blank=True, editable=False, help_text="收回后立即失效，不能恢复。"
    )

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "接口令牌"
        verbose_name_plural = "接口令牌"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="token_expires_after_creation",
                violation_error_message="到期时间应晚于签发时间。",
            ),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=list(Scope.values)),
                name="token_scopes_are_known",
                violation_error_message="权限范围只能从列出的选择。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{MARK}_{self.prefix}…）"

    @staticmethod
    def new_secret() -> tuple[str, str]:
        """Prefix and whole text of a fresh token."""
        prefix = secrets.token_hex(PREFIX_LENGTH // 2)
        return prefix, f"{MARK}_{prefix}_{secrets.token_urlsafe(32)}"

    def is_valid(self, moment) -> bool:
        """The same as `valid` of the query set, for one row."""
        return self.revoked_at is None and self.expires_at > moment and self.user.is_active
