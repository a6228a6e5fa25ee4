"""The demonstration's accounts with roles and posts; see `accounts.demo`."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import demo
from accounts.models import User
from accounts.roles import Role
from accounts.services import people
from organisations.models import Agency, Membership, Window
from organisations.services import appoint

OFFICE = "government-services-office"
#: the catalogue's editor has no post: a post would narrow the role to one agency's guides
POSTED = {Role.WINDOW, Role.APPROVER}


class Command(BaseCommand):
    """manage.py seed_accounts: safe to repeat; what exists is left as it is."""

    help = "建立演示账户（仅限演示和测试环境）"

    @transaction.atomic
    def handle(self, *args, **options):
        """Create what is missing."""
        if settings.IS_PRODUCTION:
            raise CommandError("正式环境不建立演示账户。请用 create_staff 建立真实账户。")
        made = sum(ensure_account(account) for account in demo.ACCOUNTS)
        self.stdout.write(f"演示账户共 {len(demo.ACCOUNTS)} 个，新建 {made} 个。")


def ensure_account(account: demo.DemoAccount) -> bool:
    """Create one account with role and post; True when it was new."""
    user = User.objects.filter(username=account.username).first()
    created = user is None
    if created:
        user, _ = people.create_staff(
            username=account.username,
            display_name=account.display_name,
            password=demo.PASSWORD,
            by=None,
        )
        people.grant_role(user=user, role=account.role, by=None)
    ensure_post(user, account.role)
    return created


def ensure_post(user: User, role: Role) -> None:
    """Post the person at the office once the agencies are loaded."""
    agency = Agency.objects.filter(slug=OFFICE).first()
    posted = Membership.objects.filter(user=user).exists()
    if role in POSTED and role in user.roles and agency is not None and not posted:
        window = Window.objects.filter(centre__slug="district", slug="unified").first()
        appoint(user=user, agency=agency, role=role, window=window if role == Role.WINDOW else None)
