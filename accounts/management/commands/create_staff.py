"""Create the first accounts of an installation, before anybody can use the admin."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.roles import Role
from accounts.services import people
from common.errors import Refused


class Command(BaseCommand):
    """manage.py create_staff zhangsan --name 张三 --role system_admin"""

    help = "建立一个工作人员账户，打印一次性密码。"

    def add_arguments(self, parser):
        """Login name, display name and roles."""
        parser.add_argument("username", help="登录名")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument(
            "--role", action="append", choices=Role.values, default=[], help="岗位，可重复"
        )

    @transaction.atomic
    def handle(self, *, username, name, role, **options):
        """Create, grant, print."""
        try:
            user, password = people.create_staff(username=username, display_name=name, by=None)
            for code in role:
                people.grant_role(user=user, role=code, by=None)
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        except Refused as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"已建立 {user}。一次性密码：{password}（首次登录后须修改）")
