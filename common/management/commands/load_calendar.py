"""Load the working-day table from a CSV file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common.calendars import load_calendar
from common.rowerrors import RowErrors


class Command(BaseCommand):
    help = "从 CSV 文件载入工作日历（放假与调休）。有一行不对就整个文件不载入。"

    def add_arguments(self, parser):
        parser.add_argument(
            "path", type=Path, help="CSV 文件，列为 date,holiday,kind,detail,source"
        )

    def handle(self, *args, path: Path, **options):
        try:
            loaded = load_calendar(path)
        except RowErrors as refusal:
            lines = "\n".join(str(error) for error in refusal.errors)
            raise CommandError(
                f"{lines}\n共 {len(refusal.errors)} 处错误，没有载入任何一行。请改正后重新运行。"
            ) from refusal
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(
                f"读不了 {path}：{error}。请检查路径，文件应为 UTF-8 编码。"
            ) from error
        for label, years in (
            ("已更新", loaded.changed),
            ("没有变化", loaded.unchanged),
            ("已有正式公布的安排，未用推算替换", loaded.kept),
        ):
            if years:
                self.stdout.write(f"{label}：{'、'.join(map(str, years))} 年")
