"""Two database roles: the owner changes tables, the portal only uses them.

`DATABASE_OWNER_URL` names the owner, `DATABASE_URL` the role of web and workers. Where both are
the same role (tests, a simple installation) nothing is switched and nothing granted.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

IDENTITY = ("USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Connect as the owner inside the block; outside any transaction only."""
    current = {name: connection.settings_dict[name] for name in IDENTITY}
    owner = {name: settings.DATABASE_OWNER.get(name, "") for name in IDENTITY}
    if owner == current:
        yield
        return
    connection.close()
    connection.settings_dict.update(owner)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(current)


def grant_to_portal(connection: BaseDatabaseWrapper, role: str) -> None:
    """Let `role` read and write rows: not tables, and never change what is append-only.

    Called by the owner after every migration. Rows of `settings.APPEND_ONLY_TABLES` may be
    inserted and read; `django_migrations` only read.
    """
    quote = connection.ops.quote_name
    name, schema = quote(role), "SCHEMA public"
    present = set(connection.introspection.table_names())
    statements = [
        f"GRANT USAGE ON {schema} TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN {schema} TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN {schema} TO {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name}",
    ] + [
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {quote(table)} FROM {name}"
        for table in settings.APPEND_ONLY_TABLES
        if table in present
    ]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
