"""Write the open data by hand."""

from django.core.management.base import BaseCommand

from pages.services import open_data


class Command(BaseCommand):
    """manage.py open_data [--force]"""

    help = "生成开放数据（JSON Lines、CSV 和清单）；目录没有变化时不重做。"

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="没有变化也重做")

    def handle(self, *, force, **options):
        found = open_data.refresh(force=force)
        if found is None:
            self.stdout.write("开放数据已是最新，没有重做。")
            return
        self.stdout.write(f"已生成 {len(found['files'])} 个文件：")
        for entry in found["files"]:
            self.stdout.write(f"  {entry['name']}：{entry['rows']} 行，{entry['bytes']} 字节")
