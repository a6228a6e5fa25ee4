"""Open the door again from the server's console when no administrator can sign in."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.services import factor, people


class Command(BaseCommand):
    """manage.py reset_staff zhangsan [--factor]"""

    help = "为工作人员重置密码；加 --factor 同时解除动态口令绑定。"

    def add_arguments(self, parser):
        """Login name, and whether the factor goes too."""
        parser.add_argument("username", help="登录名")
        parser.add_argument("--factor", action="store_true", help="同时解除动态口令绑定")

    @transaction.atomic
    def handle(self, *, username, **options):
        """Reset and print the one-time password."""
        user = User.objects.staff().filter(username=username.lower()).first()
        if user is None:
            raise CommandError(f"没有登录名为 {username} 的工作人员。请检查后再试。")
        password = people.reset_password(user=user, by=None)
        if options["factor"]:
            factor.forget_factor(user=user, by=None)
        self.stdout.write(f"{user} 的一次性密码：{password}（登录后须修改）")
