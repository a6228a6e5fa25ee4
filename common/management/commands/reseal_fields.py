"""After a new key was put first in FIELD_KEYS: seal everything with it."""

from django.apps import apps
from django.core.management.base import BaseCommand

from common.crypto import encrypted_fields, reseal


class Command(BaseCommand):
    help = "用 FIELD_KEYS 的第一把密钥重新加密全部加密字段。可在线运行，中断后再运行即可继续。"

    def handle(self, *args, **options):
        for model in apps.get_models():
            for field in encrypted_fields(model):
                done = sum(reseal(field))
                self.stdout.write(f"{field.model._meta.label}.{field.name}：重新加密 {done} 行")
        self.stdout.write("完成。旧密钥请保留到旧备份过期之后再删除。")
