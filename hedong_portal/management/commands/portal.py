"""`manage.py portal …`: the embedded servers and the first filling of the database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hedong_portal.embedded import EmbeddedError, cli
from hedong_portal.preparation import prepare

HELP = {
    "start": "启动内置的数据库和缓存服务",
    "stop": "停止内置服务",
    "status": "查看内置服务是否在运行",
    "new-key": "生成一把字段加密密钥，填入 FIELD_KEYS",
}


class Command(BaseCommand):
    """`manage.py` runs all but `init` without Django; here they serve `help` and `call_command`."""

    help = "管理内置服务（start、stop、status），准备数据（init），生成密钥（new-key）"
    requires_system_checks = ()

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True, metavar="动作")
        for name, text in HELP.items():
            actions.add_parser(name, help=text)
        init = actions.add_parser("init", help="建表，数据为空时装入 data/，准备静态文件")
        init.add_argument("--empty", action="store_true", help="不装入演示数据和演示账户")

    def handle(self, *args, action: str, **options):
        if action == "init":
            prepare(self.say, empty=options["empty"])
            return
        try:
            status = cli.main(action, settings.PORTAL_DATA_DIR)
        except EmbeddedError as error:
            raise CommandError(str(error)) from error
        if status:
            raise SystemExit(status)

    def say(self, sentence: str) -> None:
        """Progress, seen at once even when the output is a pipe."""
        self.stdout.write(sentence)
        self.stdout.flush()
