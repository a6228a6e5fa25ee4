"""Registration of the app with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账户与角色"""

    name = "accounts"
    verbose_name = "账户与角色"
