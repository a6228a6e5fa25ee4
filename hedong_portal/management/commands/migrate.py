"""Django's `migrate`, run as the owner of the tables, then page triggers and grants."""

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from hedong_portal.database_roles import as_owner, grant_to_portal
from hedong_portal.pagecache import triggers


class Command(migrate.Command):
    """The portal's own role never needs more than the grants given here."""

    help = "建立或更新数据表（以 DATABASE_OWNER_URL 的身份），并授予门户运行所需的权限"

    def handle(self, *args, **options):
        connection = connections[options["database"]]
        role = settings.DATABASES["default"]["USER"]
        with as_owner(connection):
            super().handle(*args, **options)
            if not (options["plan"] or options["check_unapplied"]):
                triggers.install(connection)
            if connection.settings_dict["USER"] != role:
                grant_to_portal(connection, role)
