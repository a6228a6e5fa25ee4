"""The phone that shows an officer's time-based codes."""

import time
import uuid
from base64 import b32encode
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import models
from django_otp.models import Device
from django_otp.oath import TOTP

from common.crypto import EncryptedTextField


class SecondFactor(Device):
    """One bound phone (RFC 6238: SHA-1, 30 s, 6 digits). Its secret is sealed in the database:
    GB/T 22239-2019 8.1.4.8 asks for that, and who copies the table can show no code.

    No admin shows this model. `key` is 20 bytes as 40 hex digits.
    """

    user = models.OneToOneField(
        "accounts.User",
        on_delete=models.CASCADE,
        related_name="second_factor",
        verbose_name="用户",
        help_text="谁的手机；每人只能绑定一部。",
    )
    row_key = models.UUIDField(
        "行标识", default=uuid.uuid4, unique=True, editable=False, help_text="加密字段绑定的标识。"
    )
    key = EncryptedTextField("密钥", max_length=40, help_text="与手机共有的密钥，加密保存。")
    last_step = models.BigIntegerField(
        "最近一次", default=-1, help_text="最近用过的口令的时段号；每个口令只能用一次。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "动态口令"

    @property
    def otp_url(self) -> str:
        """What the QR code says: the key URI format every authenticator reads."""
        secret, issuer = b32encode(bytes.fromhex(self.key)).decode(), settings.FACTOR_ISSUER
        label = quote(f"{issuer}:{self.user.get_username()}")
        return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"

    def accepts(self, code: str) -> bool:
        """Whether `code` is shown now, or one step of 30 s to either side, and was not used yet.

        Remembers its step without saving.
        """
        moment = TOTP(bytes.fromhex(self.key))
        moment.time = time.time()  # the phone's clock, never business time
        if not (code.isdigit() and moment.verify(int(code), 1, self.last_step + 1)):
            return False
        self.last_step = moment.t()
        return True
