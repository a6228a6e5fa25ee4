"""Registration of the app with Django."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """事项目录"""

    name = "matters"
    verbose_name = "事项目录"
