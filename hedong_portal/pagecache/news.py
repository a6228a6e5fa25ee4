"""How a change in the database reaches the versions of this host.

Triggers send a notification for every change a reader can see (`triggers.py`); PostgreSQL delivers
it when the transaction commits, never before, never for one rolled back. It arrives twice:

* in the session that made the change, together with the answer to its COMMIT (PostgreSQL sends a
  session its own notifications before it is ready for the next query). So the versions of this
  host are raised before the function that published returns, and no old page is shown afterwards;
* in a thread of every web process, milliseconds later: for changes made on another host, by hand
  in SQL, or by a process that died between its COMMIT and its count.

A connection that breaks may have lost news, so everything is forgotten when a new one listens. One
that is silently dead is noticed by a question every second.
"""

import contextlib
import functools
import logging
import os
import secrets
import threading
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from hedong_portal.pagecache.versions import NAME, Versions

logger = logging.getLogger(__name__)
CHANNEL = "public_pages"
EVERYTHING, GUIDE, PROBE = "everything", "guide", "probe"
LISTEN = f"LISTEN {CHANNEL}"
#: seconds between questions to a silent database, between tries, until a note must have arrived
HEARTBEAT, PAUSE, PATIENCE = 1.0, 0.5, 5.0
#: how the listener connects: seconds (milliseconds for the last) until a silent host counts as gone
LISTENING = {
    "application_name": "page-news",
    "connect_timeout": 2,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 1,
    "tcp_user_timeout": 1000,
}


def apply(versions: Versions, payload: str) -> None:
    """Count one notification: "everything <event>" or "guide <seq> <event>"."""
    kind, *rest = payload.split(" ")
    if kind == GUIDE and rest and rest[0].isdigit():
        versions.change_guide(int(rest[0]), payload)
    elif kind != PROBE:
        versions.change_everything(payload)


@functools.cache
def own_versions() -> Versions | None:
    """The versions of this host as the process that writes sees them; None when out of reach."""
    try:
        return Versions(Path(settings.PORTAL_DATA_DIR) / NAME)
    except OSError as error:
        logger.warning("changes are left to the web processes to hear of: %s", error)
        return None


def hear_own_changes(connection: BaseDatabaseWrapper, **kwargs) -> None:
    """Let a session hear what it changes itself; called for every new connection of Django."""
    if connection.vendor != "postgresql" or connection.alias != DEFAULT_DB_ALIAS:
        return
    session = connection.connection
    with contextlib.suppress(psycopg.Error):  # a replica refuses LISTEN, and changes nothing
        session.execute(LISTEN)
        session.add_notify_handler(functools.partial(_count_own, session.info.backend_pid))


def _count_own(backend: int, notification: psycopg.Notify) -> None:
    """Others' changes are the listener's: here they may be minutes late."""
    if notification.channel != CHANNEL or notification.pid != backend:
        return
    versions = own_versions()
    if versions is not None:
        with contextlib.suppress(OSError):  # the change is committed; the listeners count it
            apply(versions, notification.payload)


def tell_everything(connection: BaseDatabaseWrapper) -> None:
    """Renew every page on every host."""
    with connection.cursor() as cursor:
        event = f"{EVERYTHING} {secrets.token_hex(8)}"
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, event])


class Listener:
    """A thread of a web process that hears of every change, wherever it was made."""

    def __init__(self, versions: Versions):
        self.versions = versions
        self._process = 0
        self._thread: threading.Thread | None = None
        self._hears = threading.Event()
        self._stopped = threading.Event()
        self._lock = threading.Lock()

    def is_hearing(self) -> bool:
        """Start the thread when it does not run (a fork leaves threads behind).

        True from the first connection on. A database that is away later changes nothing, so pages
        already known are served on; they are forgotten when it is back.
        """
        if self._process != os.getpid():
            self._start()
        return self._hears.is_set()

    def _start(self) -> None:
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            self._hears.clear()
            self._thread = threading.Thread(target=self._run, name="page-news", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread, within a heartbeat."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        is_told = False  # one line in the log, however long the database is away
        while not self._stopped.is_set():
            try:
                with psycopg.connect(**_parameters(), autocommit=True) as session:
                    self._start_to_hear(session)
                    is_told = False
                    self._hear(session)
            except (psycopg.Error, OSError) as error:
                if not is_told:
                    logger.warning("no news of changes until the database is back: %s", error)
                is_told = True
            except Deaf:
                self._hears.clear()
                self.versions.forget()
                logger.error("page cache off: notifications do not arrive (a transaction pooler?)")
            self._stopped.wait(PAUSE)

    def _start_to_hear(self, session: psycopg.Connection) -> None:
        """Listen, and try it with a note to oneself: a pooler that swaps sessions loses it."""
        note = f"{PROBE} {secrets.token_hex(8)}"
        session.execute(LISTEN)
        session.execute("SELECT pg_notify(%s, %s)", [CHANNEL, note])
        if all(found.payload != note for found in session.notifies(timeout=PATIENCE)):
            raise Deaf
        self.versions.forget()  # what came before was heard by nobody
        self._hears.set()

    def _hear(self, session: psycopg.Connection) -> None:
        while not self._stopped.is_set():
            for notification in session.notifies(timeout=HEARTBEAT):
                apply(self.versions, notification.payload)
            session.execute("SELECT 1")


class Deaf(Exception):
    """The session listens and hears nothing."""


def _parameters() -> dict:
    """How Django would connect, for a connection that notices quickly when it is cut."""
    wrapper = connections.create_connection(DEFAULT_DB_ALIAS)
    return wrapper.get_connection_params() | LISTENING
