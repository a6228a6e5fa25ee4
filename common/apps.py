"""Registration of the app with Django."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """公共基础"""

    name = "common"
    verbose_name = "公共基础"

    def ready(self) -> None:
        """Read the keys at boot: a wrong entry stops the start, not the first person served."""
        from common.crypto import key_ring  # models may be imported only now

        key_ring()
