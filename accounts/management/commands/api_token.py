"""Issue and take back tokens where nobody can open the admin, for example in a setup script."""

from django.core.management.base import BaseCommand, CommandError

from accounts.models import ApiToken, User
from accounts.scopes import Scope
from accounts.services import tokens
from common.errors import Refused


class Command(BaseCommand):
    """manage.py api_token issue editor --name 市级事项库 --scope catalogue:draft --days 180"""

    help = "签发（issue）或收回（revoke）接口令牌；令牌只显示一次。"

    def add_arguments(self, parser):
        """`issue` takes a login name, `revoke` the prefix of a token."""
        parser.add_argument("action", choices=["issue", "revoke"], help="签发或收回")
        parser.add_argument("who", help="签发：代表哪个用户（登录名）；收回：令牌前缀（8 位）")
        parser.add_argument("--name", default="", help="系统名称")
        parser.add_argument(
            "--scope", action="append", choices=Scope.values, default=[], help="权限范围，可重复"
        )
        parser.add_argument("--days", type=int, default=180, help="有效天数，默认 180")

    def handle(self, *, action, **options):
        try:
            self._issue(**options) if action == "issue" else self._revoke(**options)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _issue(self, *, who, name, scope, days, **options) -> None:
        user = User.objects.filter(username=who).first()
        if user is None or not name:
            raise CommandError("请写明存在的登录名和 --name 系统名称。")
        token, text = tokens.issue_token(user=user, name=name, scopes=scope, days=days, by=None)
        self.stdout.write(f"已签发 {token}，有效至 {token.expires_at:%Y-%m-%d}。")
        self.stdout.write(f"令牌（只显示这一次）：{text}")

    def _revoke(self, *, who, **options) -> None:
        token = ApiToken.objects.filter(prefix=who).first()
        if token is None:
            raise CommandError("没有这个前缀的令牌。")
        self.stdout.write(f"已收回 {tokens.revoke_token(token=token, by=None)}。")
