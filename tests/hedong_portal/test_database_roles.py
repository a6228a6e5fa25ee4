"""The portal's database role: rows yes, tables no, history never."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.db.utils import ProgrammingError

from hedong_portal.database_roles import as_owner, grant_to_portal

ROLE = "portal_app_of_test"


@pytest.fixture
def portal_role(db, settings):
    """A role with the grants of the portal; gone with the test's transaction."""
    settings.APPEND_ONLY_TABLES = ["auth_permission", "a_table_of_a_later_release"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = user")
        role = ROLE if cursor.fetchone()[0] else "portal_app"
        if role == ROLE:
            cursor.execute(f"CREATE ROLE {ROLE}")
            cursor.execute(f"GRANT {ROLE} TO CURRENT_USER")
    grant_to_portal(connection, role)
    return role


def run_as(role: str, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute(statement)
        cursor.execute("RESET ROLE")


def test_rows_may_be_read_written_and_deleted(portal_role):
    run_as(portal_role, "INSERT INTO auth_group (name) VALUES ('窗口')")
    run_as(portal_role, "UPDATE auth_group SET name = '审批'")
    assert Group.objects.get().name == "审批"
    run_as(portal_role, "DELETE FROM auth_group")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.intruder (id int)",
        "DROP TABLE auth_group",
        "ALTER TABLE auth_group ADD COLUMN more int",
        "TRUNCATE auth_group CASCADE",
        "DELETE FROM django_migrations",
        "UPDATE auth_permission SET name = 'x'",
        "DELETE FROM auth_permission",
    ],
)
def test_tables_and_history_may_not_be_changed(portal_role, statement):
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
        run_as(portal_role, statement)


def test_append_only_rows_may_be_added_and_read(portal_role):
    run_as(
        portal_role,
        "INSERT INTO auth_permission (name, content_type_id, codename)"
        " SELECT 'x', min(id), 'x' FROM django_content_type",
    )
    run_as(portal_role, "SELECT * FROM auth_permission")


def test_migrating_switches_to_the_owner_and_back(settings):
    current = dict(connection.settings_dict)
    settings.DATABASE_OWNER = {**settings.DATABASE_OWNER, "USER": "somebody", "PASSWORD": "else"}
    with as_owner(connection):
        assert connection.settings_dict["USER"] == "somebody"
        assert connection.settings_dict["NAME"] == current["NAME"]
    assert connection.settings_dict == current


def test_where_owner_and_portal_are_one_role_nothing_is_switched(db):
    assert settings.DATABASE_OWNER["USER"] == connection.settings_dict["USER"]
    with as_owner(connection):
        assert connection.connection is not None
