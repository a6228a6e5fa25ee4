"""`manage.py check_lists`: where the guides and the published lists contradict each other."""

from django.core.management.base import BaseCommand

from matters.services.cross_lists import mismatches, unconfigured


class Command(BaseCommand):
    """Prints one line per contradiction; writes nothing."""

    help = "核对办事指南与各张清单（许可清单、跨省通办、证明事项、容缺、告知承诺）是否一致"

    def handle(self, *args, **options):
        found = mismatches()
        for entry in found:
            self.stdout.write(f"{entry.seq} {entry.name}：{entry.message}")
        for empty in unconfigured():
            self.stdout.write(f"“{empty.name}”还没有录入，待配置。")
        self.stdout.write(f"不一致 {len(found)} 处。")
