"""`manage.py forget_pages`: every web process makes its pages anew."""

from django.core.management.base import BaseCommand
from django.db import connection

from hedong_portal.pagecache import news


class Command(BaseCommand):
    """For changes nobody could tell of, such as rows restored with triggers switched off."""

    help = "让所有网站进程重新生成公开页面（在绕过触发器恢复数据之后使用）"

    def handle(self, *args, **options):
        news.tell_everything(connection)
        self.stdout.write("已通知所有网站进程。")
