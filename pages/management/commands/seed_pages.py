"""`manage.py seed_pages`: first content of an empty site."""

from django.core.management.base import BaseCommand

from pages.services.seeding import seed_pages


class Command(BaseCommand):
    """补齐网站标识、帮助页和公告"""

    help = "补齐网站标识（全部待配置）、使用帮助和两条公告；已有的内容不改动，可以重复运行。"

    def handle(self, *args, **options) -> None:
        done = seed_pages()
        self.stdout.write(
            f"网站标识新增 {done.identity} 条，帮助页新增 {done.help_pages} 页，"
            f"公告新增 {done.notices} 条；已有的没有改动。"
        )
