"""Registration of the app with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """门户装配"""

    name = "hedong_portal"
    verbose_name = "门户装配"
