"""Registration of the app with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """机构与窗口"""

    name = "organisations"
    verbose_name = "机构与窗口"
