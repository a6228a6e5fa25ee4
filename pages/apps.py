"""Registration of the app with Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """站点与栏目"""

    name = "pages"
    verbose_name = "站点与栏目"
