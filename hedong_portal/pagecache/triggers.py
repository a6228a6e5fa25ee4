"""Database triggers that tell about every change a reader can see, whoever makes it.

Made anew after every `migrate`, from the models as they are then (`coverage.py`), so they need no
migrations and cannot be forgotten with a new model. One notification a transaction and subject:
equal texts of one transaction are sent once by PostgreSQL.
"""

import hashlib

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from hedong_portal.pagecache import coverage
from hedong_portal.pagecache.news import CHANNEL, EVERYTHING, GUIDE
from matters.models import Matter, MatterVersion
from matters.workflow import FROZEN

NAME = "tell_readers"
#: more guides than this in one statement are said as "everything"
MOST_GUIDES = 64
#: transaction and moment name a change, so that no process of a host counts it twice
EVENT = "pg_current_xact_id()::text || ' ' || extract(epoch FROM now())::text"
TELL_GENERAL = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{CHANNEL}', '{EVERYTHING} ' || {EVENT});
    RETURN NULL;
END $$"""
VERBS = {
    "insert": "REFERENCING NEW TABLE AS changed",
    "delete": "REFERENCING OLD TABLE AS changed",
    "update": "REFERENCING OLD TABLE AS former NEW TABLE AS changed",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make what the models ask for, unless it is there; by the owner of the tables."""
    if is_installed(connection):
        return
    present = connection.introspection.table_names()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for table, trigger in _existing(cursor):
            cursor.execute(f'DROP TRIGGER {trigger} ON "{table}"')
        for statement in functions():
            cursor.execute(statement)
        for (table, _), statement in triggers().items():
            if table in present:
                cursor.execute(statement)
        cursor.execute(f"COMMENT ON FUNCTION {NAME}() IS '{digest()}'")


def is_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has the triggers of this code, on every table that exists."""
    present = connection.introspection.table_names()
    wanted = {(table, trigger) for table, trigger in triggers() if table in present}
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regprocedure(%s), 'pg_proc')", [f"{NAME}()"])
        return cursor.fetchone()[0] == digest() and set(_existing(cursor)) == wanted


def digest() -> str:
    """Changes whenever a statement does."""
    return hashlib.sha256("\n".join([*functions(), *triggers().values()]).encode()).hexdigest()


def _existing(cursor) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname ~ %s AND relnamespace = 'public'::regnamespace",
        [f"^{NAME}(_|$)"],
    )
    return cursor.fetchall()


def functions() -> list[str]:
    """What the triggers call: one for everything, one for each verb on a table of guides."""
    return [TELL_GENERAL] + [
        _function(model, verb) for model in coverage.guide_models() for verb in VERBS
    ]


def triggers() -> dict[tuple[str, str], str]:
    """Statement of each trigger, by table and name. Emptying a table concerns everything."""
    made = {}
    for model in coverage.general_models():
        table, verbs = model._meta.db_table, "INSERT OR UPDATE OR DELETE OR TRUNCATE"
        made[table, NAME] = _trigger(NAME, verbs, table, "", NAME)
    for model in coverage.guide_models():
        table = model._meta.db_table
        made[table, NAME] = _trigger(NAME, "TRUNCATE", table, "", NAME)
        for verb, rows in VERBS.items():
            trigger = f"{NAME}_{verb}"
            made[table, trigger] = _trigger(trigger, verb, table, rows, _name(model, verb))
    return made


def _trigger(name: str, verbs: str, table: str, rows: str, function: str) -> str:
    return (
        f'CREATE TRIGGER {name} AFTER {verbs} ON "{table}" {rows}'
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )


def _name(model: type[Model], verb: str) -> str:
    return f"{NAME}_{model._meta.db_table}_{verb}"


def _function(model: type[Model], verb: str) -> str:
    """Tell which guides a statement touched, drafts left out."""
    sources = ("former", "changed") if verb == "update" else ("changed",)
    rows = " UNION ".join(_seqs(model, source) for source in sources)
    # the pieces are constants of this package and names of tables, never input
    return f"""
CREATE OR REPLACE FUNCTION {_name(model, verb)}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE seqs text[];
BEGIN
    SELECT array_agg(found.seq::text) INTO seqs FROM ({rows}) AS found;
    IF array_position(seqs, NULL) > 0 OR cardinality(seqs) > {MOST_GUIDES} THEN
        PERFORM pg_notify('{CHANNEL}', '{EVERYTHING} ' || {EVENT});
    ELSIF seqs IS NOT NULL THEN
        PERFORM pg_notify('{CHANNEL}', '{GUIDE} ' || seq || ' ' || {EVENT})
           FROM unnest(seqs) AS seq;
    END IF;
    RETURN NULL;
END $$"""  # noqa: S608


def _seqs(model: type[Model], source: str) -> str:
    """Numbers of the guides in the rows `source`; NULL for one whose matter is gone."""
    if model is Matter:
        return f"SELECT {source}.seq FROM {source}"  # noqa: S608
    rows = f"""SELECT matter.seq FROM {source}
            LEFT JOIN matters_matter AS matter ON matter.id = {source}.matter_id"""  # noqa: S608
    if model is MatterVersion:
        seen = ", ".join(f"'{status}'" for status in sorted(FROZEN))
        return f"{rows} WHERE {source}.status IN ({seen})"
    return rows
