"""Registration of the app with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """审计"""

    name = "audit"
    verbose_name = "审计"
