"""Write the committed copy of the interface's description, `docs/openapi.json`."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.api.described import description


class Command(BaseCommand):
    """manage.py open_api"""

    help = "按代码重新写出接口描述 docs/openapi.json（改动接口后运行，差异即对外的变化）。"
    requires_system_checks: list[str] = []

    def handle(self, **options):
        """One line a value, so that a change reads as a change."""
        path = Path(settings.BASE_DIR) / "docs" / "openapi.json"
        text = json.dumps(description(), ensure_ascii=False, indent=1)
        path.write_text(f"{text}\n", encoding="utf-8")
        self.stdout.write(f"已写入 {path}。")
