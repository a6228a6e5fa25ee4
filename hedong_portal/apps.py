"""Registration of the app with Django."""

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class PortalConfig(AppConfig):
    """门户装配"""

    name = "hedong_portal"
    verbose_name = "门户装配"

    def ready(self) -> None:
        """Let every database session hear what it changes on public pages (ADR 0010)."""
        from hedong_portal.pagecache.news import hear_own_changes  # apps may be imported only now

        if settings.PAGE_CACHE:
            connection_created.connect(hear_own_changes)
