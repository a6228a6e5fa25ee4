"""One private PostgreSQL: created, started, checked to be ours, given its two roles.

Builtin C.UTF-8 locale (the same on every system), scram passwords, checksums, and no TCP port at
all: it listens on a socket in a directory only its account may enter, so no port can be taken.
"""

import os
import shlex
import shutil
import signal
import socket
import time
from pathlib import Path

import psycopg
from psycopg import sql

from hedong_portal.embedded import processes
from hedong_portal.embedded.binaries import postgres_bin, postgres_major
from hedong_portal.embedded.errors import EmbeddedError
from hedong_portal.embedded.places import Place, disk_full, fresh_log

SUPERUSER, OWNER, APP, DATABASE = "postgres", "portal_owner", "portal_app", "portal"
PORT = 5432  # only part of the socket's name
CONFIGURATION = """\
include 'pg/postgresql.conf'
listen_addresses = ''
port = {port}
unix_socket_directories = '{run}'
unix_socket_permissions = 0700
password_encryption = scram-sha-256
max_connections = 80
shared_buffers = 128MB
wal_level = replica
log_min_duration_statement = 500
{safety}
"""
# A database of tests is thrown away: it need not survive a power cut.
THROWAWAY = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nautovacuum = off"
DURABLE = "fsync = on\nfull_page_writes = on\nsynchronous_commit = on"
APP_LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}


def ensure(place: Place, run: Path, secrets: dict[str, str], *, throwaway: bool) -> bool:
    """Make sure the server runs, is ours and has its roles; True when we started it."""
    started = False
    if not answers(place, run, secrets, patience=0):
        started = True
        programs = postgres_bin(place)
        check_version(place, postgres_major(programs, place))
        create(place, programs, secrets)
        clear_leftovers(place, run, secrets)
        if not answers(place, run, secrets, patience=0):
            launch(place, programs, run, throwaway=throwaway)
    verify(place, run, secrets)
    prepare(run, secrets)
    return started


def connect(run: Path, secrets: dict[str, str], database: str = "postgres") -> psycopg.Connection:
    """A connection as the superuser, in autocommit mode."""
    return psycopg.connect(
        host=os.fspath(run),
        port=PORT,
        user=SUPERUSER,
        password=secrets[SUPERUSER],
        dbname=database,
        connect_timeout=5,
        autocommit=True,
    )


def answers(place: Place, run: Path, secrets: dict[str, str], *, patience: float) -> bool:
    """Whether the server answers now; one that is starting or recovering is waited for."""
    end = time.monotonic() + patience
    while True:
        try:
            connect(run, secrets).close()
            return True
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise EmbeddedError(
                    f"{place.home} 的数据库密码与保存的不一致。请恢复 secrets.json，"
                    "或用 PORTAL_DATA_DIR 指定另一个目录。"
                ) from error
            busy = "starting up" in str(error) or "recovery" in str(error)
        if time.monotonic() > end + (300 if busy else 0):
            return False
        time.sleep(0.05)


def check_version(place: Place, major: int) -> None:
    """Data of another major version cannot be opened; say so before PostgreSQL does."""
    stamp = place.cluster / "PG_VERSION"
    if stamp.exists() and stamp.read_text().strip() != str(major):
        raise EmbeddedError(
            f"{place.cluster} 是 PostgreSQL {stamp.read_text().strip()} 的数据，"
            f"本程序带的是 PostgreSQL {major}，不能直接打开。请用旧版本导出后再导入，"
            "或用 PORTAL_DATA_DIR 指定一个新目录。"
        )


def create(place: Place, programs: Path, secrets: dict[str, str]) -> None:
    """Initialise the cluster aside and rename it: a killed `initdb` leaves nothing half-made."""
    if (place.cluster / "PG_VERSION").exists():
        return
    fresh, password = place.home / "pg.new", place.home / "initdb.password"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    place.own(fresh, 0o700)
    password.write_text(secrets[SUPERUSER])
    place.own(password, 0o600)
    done = processes.run(
        [programs / "initdb", "-D", fresh, "-U", SUPERUSER, "-E", "UTF8", "--no-instructions"]
        + locale_options(postgres_major(programs, place))
        + ["--data-checksums", "--auth=scram-sha-256", f"--pwfile={password}"],
        place,
    )
    password.unlink(missing_ok=True)
    if done.returncode:
        raise explain(place, "创建数据库失败", done.stderr)
    fresh.rename(place.cluster)


def locale_options(major: int) -> list[str]:
    """The builtin provider came with PostgreSQL 17; before it the system's C.UTF-8 serves."""
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def clear_leftovers(place: Place, run: Path, secrets: dict[str, str]) -> None:
    """Remove what a killed server left: orphaned backends, its pid file, its sockets.

    A postmaster that is only slow (start, recovery) is waited for; one that does not answer at
    all is killed, which PostgreSQL survives. The pid file goes only when no process of this data
    directory is left, because PostgreSQL trusts it: the number in it may be a stranger's by now.
    """

    def find() -> list[int]:
        return processes.postgres_pids(place.cluster)

    if postmaster_pid(place) in find() and answers(place, run, secrets, patience=10):
        return
    if not processes.wait_gone(find, 0 if postmaster_pid(place) in find() else 5):
        processes.kill_all(find)
    for leftover in (place.cluster / "postmaster.pid", *run.glob(".s.PGSQL.*")):
        leftover.unlink(missing_ok=True)


def postmaster_pid(place: Place) -> int:
    """Number in the pid file; 0 when there is none."""
    try:
        return int((place.cluster / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def launch(place: Place, programs: Path, run: Path, *, throwaway: bool) -> None:
    """Start the postmaster and wait until it takes connections."""
    configuration = place.home / "portal.conf"
    safety = THROWAWAY if throwaway else DURABLE
    configuration.write_text(CONFIGURATION.format(port=PORT, run=run, safety=safety))
    place.keep(configuration, 0o644)
    log = fresh_log(place, "postgres.log")
    options = f"-c config_file={shlex.quote(os.fspath(configuration))}"
    done = processes.run(
        [programs / "pg_ctl", "-D", place.cluster, "-w", "-s", "-t", "300", "-l", log]
        + ["-o", options, "start"],
        place,
    )
    if done.returncode:
        raise explain(place, "数据库没有启动", done.stderr + tail(log))


def tail(log: Path) -> str:
    """The end of a log file."""
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""


def explain(place: Place, what: str, output: str) -> EmbeddedError:
    """One sentence for the person at the terminal; the details stay in the log."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return disk_full(place.home)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "FATAL" in line or "error" in line.lower()] or lines
    last = errors[-1] if errors else "没有输出"
    return EmbeddedError(f"{what}：{last}。详细记录在 {place.home / 'postgres.log'}。")


def verify(place: Place, run: Path, secrets: dict[str, str]) -> None:
    """The server on our socket must serve our data directory."""
    with connect(run, secrets) as connection:
        shown = connection.execute("SHOW data_directory").fetchone()
    if shown is None or os.path.realpath(shown[0]) != os.path.realpath(place.cluster):
        raise EmbeddedError(f"{run} 上应答的不是本程序的数据库，请先停止占用它的进程。")


def prepare(run: Path, secrets: dict[str, str]) -> None:
    """Two roles and the database; a start that was killed half-way is completed by the next."""
    with connect(run, secrets) as connection:
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role, right in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
            if role not in known:
                create_role(connection, role, right, secrets[role])
        if APP not in known:
            for name, value in APP_LIMITS.items():
                statement = sql.SQL("ALTER ROLE {} SET {} = {}")
                connection.execute(
                    statement.format(sql.Identifier(APP), sql.Identifier(name), sql.Literal(value))
                )
            connection.execute(f"GRANT {APP} TO {OWNER}")
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if found.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def create_role(connection: psycopg.Connection, role: str, right: str, password: str) -> None:
    """A login role with its password."""
    connection.execute(
        sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}").format(
            sql.Identifier(role), sql.SQL(right), sql.Literal(password)
        )
    )


def stop(place: Place) -> bool:
    """Stop the server: fast, then immediate, then by force. True when there was one."""

    def find() -> list[int]:
        return processes.postgres_pids(place.cluster)

    running = bool(find())
    for number, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 5)):
        if find():
            processes.send([pid for pid in find() if pid == postmaster_pid(place)], number)
            processes.wait_gone(find, seconds)
    processes.kill_all(find)
    return running


def listens(run: Path) -> bool:
    """Whether something accepts connections on the socket."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(os.fspath(run / f".s.PGSQL.{PORT}"))
        return True
    except OSError:
        return False


def address(run: Path, role: str, secrets: dict[str, str]) -> str:
    """The address for Django, psql and every other client of libpq."""
    return f"postgres://{role}:{secrets[role]}@/{DATABASE}?host={run}&port={PORT}"
