"""`manage.py verify_audit`: is every record still as it was written?"""

from django.core.management.base import BaseCommand, CommandError

from audit.chain import breaks, chained_models


class Command(BaseCommand):
    """Walk every hash chain; name what is broken and end with exit code 1."""

    help = "核验审计记录的哈希链：逐条核对内容、摘要和序号，指出第一条被改动的记录。"

    def handle(self, *args, **options) -> None:
        broken = 0
        for model in chained_models():
            for found in breaks(model):
                broken += 1
                where = f"第 {found.row} 条记录" if found.row else "链尾"
                self.stderr.write(f"{found.table}（链 {found.chain}）{where}：{found.reason}")
            count = model._default_manager.count()
            self.stdout.write(f"{model._meta.verbose_name}：{count} 条已核对。")
        if broken:
            raise CommandError(f"发现 {broken} 处断链。请保留现场，通知审计员，从备份核对原文。")
        self.stdout.write("全部记录完好。")
