"""What is remembered about signing in: the log and the counters."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from common import clock

#: 网络安全法 asks for six months of network logs; the database refuses to forget sooner.
KEEP_DAYS = 186

APPEND_ONLY = [
    pgtrigger.Protect(name="no_update", operation=pgtrigger.Update),
    pgtrigger.Trigger(
        name="keep_six_months",
        operation=pgtrigger.Delete,
        when=pgtrigger.Before,
        func=(
            f"IF OLD.at > clock_timestamp() - INTERVAL '{KEEP_DAYS} days' THEN "
            "RAISE EXCEPTION 'log rows are kept for six months'; END IF; RETURN OLD;"
        ),
    ),
]


class LoginAttempt(models.Model):
    """One try to sign in. Append-only: the database refuses UPDATE, and DELETE of fresh rows.

    What was typed as login name is not kept (people type passwords there); `mark` is its keyed
    digest, so tries on one unknown name can still be counted together.
    """

    class Outcome(models.TextChoices):
        SUCCESS = "success", "登录成功"
        WRONG_PASSWORD = "wrong_password", "登录名或密码错误"
        LOCKED = "locked", "尝试过多，已暂停"
        CODE_ACCEPTED = "code_accepted", "动态口令正确"
        CODE_REFUSED = "code_refused", "动态口令错误"

    at = models.DateTimeField("时间", default=clock.now, help_text="尝试登录的时间。")
    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="用户",
        help_text="登录名对应的用户；没有这个用户时为空。",
    )
    mark = models.CharField(
        "登录名摘要", max_length=16, help_text="登录名的密钥摘要，不保存输入的原文。"
    )
    ip = models.GenericIPAddressField("来源地址", help_text="已去除可信代理后的地址。")
    network = models.CharField(
        "来源网段", max_length=43, help_text="IPv4 取前 24 位，IPv6 取前 64 位。"
    )
    outcome = models.CharField(
        "结果", max_length=16, choices=Outcome.choices, help_text="这次尝试的结果。"
    )

    class Meta:
        verbose_name = "登录记录"
        verbose_name_plural = "登录记录"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["user", "network", "at"], name="attempt_user_network"),
            models.Index(fields=["at"], name="attempt_at"),
        ]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_outcome_display()}"


class LoginCounter(models.Model):
    """The moments of recent tries under one key: an exact sliding window.

    Only `accounts.lockout` writes here, with one atomic statement per key.
    """

    key = models.CharField(
        "计数对象",
        max_length=80,
        primary_key=True,
        help_text="账户与来源，或来源地址。",
    )
    hits = ArrayField(
        models.DateTimeField(), verbose_name="时刻", help_text="窗口内每次尝试的时刻。"
    )

    class Meta:
        verbose_name = "登录计数"
        verbose_name_plural = "登录计数"

    def __str__(self) -> str:
        return self.key
