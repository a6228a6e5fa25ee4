"""What must be true before the first page: tables, data, static files. All of it can be repeated.

The steps are listed once, here. Each says by which model it is known to be done, so that a start
that was killed half-way is completed by the next one.
"""

import functools
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts import demo
from hedong_portal.database_roles import as_owner
from hedong_portal.pagecache import triggers

Say = Callable[[str], None]
OWN_USE = "prepared without demonstration data"  # kept as the comment of the database


@dataclass(frozen=True)
class Step:
    """One loader command; done when `model` has rows."""

    sentence: str
    command: str
    arguments: tuple[str, ...]
    model: str
    demonstration: bool

    def is_done(self) -> bool:
        """Whether the table of the model holds anything."""
        return apps.get_model(self.model)._default_manager.exists()


STEPS = (
    Step(
        "装入工作日历",
        "load_calendar",
        ("data/holidays_2025_2027.csv",),
        "common.CalendarDay",
        False,
    ),
    Step("装入事项目录和办事指南", "load_catalogue", ("data",), "matters.Matter", True),
    Step("编制证明事项清单和样板卷", "make_samples", ("data",), "matters.SampleDossier", True),
    Step("建立演示账户", "seed_accounts", (), "accounts.User", True),
    Step("写入站点信息和帮助", "seed_pages", (), "pages.SiteIdentity", False),
)


def prepare(say: Say, *, empty: bool = False) -> None:
    """Migrate, load what is missing, collect static files. Raises CommandError in Chinese.

    `empty` leaves the demonstration out, now and at every later start.
    """
    if unapplied_migrations() or not triggers.is_installed(connection):
        say("正在建立数据表…")
        call_command("migrate", interactive=False, verbosity=0)
    if empty:
        remember_own_use()
    own_use = empty or settings.IS_PRODUCTION or is_own_use()
    for step in missing_steps(own_use=own_use):
        say(f"正在{step.sentence}…")
        call_command(step.command, *map(absolute, step.arguments), verbosity=0)
    note_demo_accounts(own_use=own_use)
    collect_static(say)


def note_demo_accounts(*, own_use: bool) -> None:
    """Leave the list of demonstration accounts for the launcher, which knows no Django."""
    note = Path(settings.PORTAL_DATA_DIR) / "demo-accounts.txt"
    if own_use or not settings.DEMO_MODE:
        note.unlink(missing_ok=True)
        return
    note.parent.mkdir(parents=True, exist_ok=True)
    names = "、".join(f"{account.username} {account.role_name}" for account in demo.ACCOUNTS)
    note.write_text(
        f"  演示账户（密码都是 {demo.PASSWORD}，在 {settings.LOGIN_URL} 登录）：{names}\n",
        encoding="utf-8",
    )


def absolute(argument: str) -> str:
    """Paths in the steps are relative to the checkout."""
    path = settings.BASE_DIR / argument
    return os.fspath(path) if path.exists() else argument


@functools.cache
def migrations_of_this_code() -> frozenset[tuple[str, str]]:
    """App and name of every migration; read from the files once a process, for `/readyz`."""
    return frozenset(MigrationLoader(None).graph.nodes)


def unapplied_migrations() -> bool:
    """Whether the code has migrations the database has not."""
    return bool(
        migrations_of_this_code() - MigrationRecorder(connection).applied_migrations().keys()
    )


def missing_steps(*, own_use: bool) -> Iterator[Step]:
    """Steps still to do, in order; one whose command is not part of this release is left out."""
    known = get_commands()
    for step in STEPS:
        wanted = not (own_use and step.demonstration)
        if wanted and step.command in known and not step.is_done():
            yield step


def remember_own_use() -> None:
    """Note in the database itself that the office fills it."""
    with as_owner(connection), connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS '{OWN_USE}'")


def is_own_use() -> bool:
    """Whether `portal init --empty` prepared this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = current_database()"
        )
        return cursor.fetchone() == (OWN_USE,)


def is_ready() -> bool:
    """For `/readyz`: the database takes writes and has every migration of this code."""
    try:
        with connection.cursor() as cursor:
            # A transaction number is written to the log, so a full disk or a replica refuses.
            cursor.execute("SELECT current_setting('transaction_read_only'), pg_current_xact_id()")
            read_only = cursor.fetchone()[0] == "on"
        return not read_only and not unapplied_migrations()
    except DatabaseError:
        return False


def collect_static(say: Say) -> None:
    """Run `collectstatic` when a source file changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    sources = static_fingerprint()
    if stamp.exists() and stamp.read_text() == sources:
        return
    say("正在准备样式和图片…")
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.exists())
    stamp.write_text(sources)


def static_fingerprint() -> str:
    """Changes whenever a static file is added, removed or edited."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            digest.update(f"{path}:{found.st_size}:{found.st_mtime_ns};".encode())
    return digest.hexdigest()
