"""Registration of the app with Django."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """公共基础"""

    name = "common"
    verbose_name = "公共基础"
