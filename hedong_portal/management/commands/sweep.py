"""`manage.py sweep --once`: everything the clock does, without Celery and without Redis.

A cron line with `--name matters.switch_editions` each minute and one with all sweeps at night keep
a portal going whose broker is down or was never installed.
"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hedong_portal.celery import app


class Command(BaseCommand):
    """Run the tasks of the schedule here, one after the other; one that fails stops no other."""

    help = "立即做一遍定时任务（到期生效、到期取消、清理、夜间检查），不需要 Celery 和 Redis。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="做一遍就结束（必填）")
        parser.add_argument("--name", action="append", help="只做这个任务，可写多次")

    def handle(self, *args: Any, once: bool, name: list[str] | None, **options: Any) -> None:
        if not once:
            raise CommandError("请写 manage.py sweep --once；要反复做，请放进 cron。")
        tasks = self._tasks(name)
        failed = [label for label, task in tasks.items() if not self._run(label, task)]
        if failed:
            raise CommandError(f"没有做成：{'、'.join(failed)}。原因见上面的错误。")

    def _tasks(self, names: list[str] | None) -> dict[str, Any]:
        app.loader.import_default_modules()
        scheduled = app.conf.beat_schedule
        unknown = set(names or ()) - {entry["task"] for entry in scheduled.values()}
        if unknown:
            raise CommandError(f"没有这个定时任务：{'、'.join(sorted(unknown))}。")
        return {
            label: app.tasks[entry["task"]]
            for label, entry in scheduled.items()
            if not names or entry["task"] in names
        }

    def _run(self, label: str, task: Any) -> bool:
        start = time.monotonic()
        try:
            task.run()
        except Exception as error:
            self.stderr.write(f"{label}：失败，{type(error).__name__}：{error}")
            return False
        self.stdout.write(f"{label}：完成，{time.monotonic() - start:.1f} 秒")
        return True
