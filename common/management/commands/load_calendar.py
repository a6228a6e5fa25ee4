"""Load the working-day table from a CSV file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common.calendars import COLUMNS, load_calendar
from common.rowerrors import RowErrors


class Command(BaseCommand):
    help = "从 CSV 文件载入工作日历（放假与调休）。有一行不对就整个文件不载入。"

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help=f"CSV 文件，列为 {','.join(COLUMNS)}")

    def handle(self, *args, path: Path, **options):
        try:
            loaded = load_calendar(path)
        except RowErrors as refusal:
            lines = [*map(str, refusal.errors), f"{refusal}，没有载入任何一行。请改正后重新运行。"]
            raise CommandError("\n".join(lines)) from refusal
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"读不了 {path}：{error}。请检查路径和编码（UTF-8）。") from error
        kept = "已有正式公布的安排，未用推算替换"
        groups = {"已更新": loaded.changed, "没有变化": loaded.unchanged, kept: loaded.kept}
        for label, years in groups.items():
            if years:
                self.stdout.write(f"{label}：{'、'.join(map(str, years))} 年")
