"""What `make run` runs: servers, database, web, worker and beat, until Ctrl-C.

One process watches over everything it started and starts again what dies; a watchdog stops it all
when this process itself is killed. No Django here: each part is a process of its own.
"""

import errno
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hedong_portal import embedded
from hedong_portal.embedded import EmbeddedError, cli, environment, processes, servers
from hedong_portal.embedded.watchdog import MARK, Watchdog, stop_marked
from hedong_portal.launch_lock import hold_lock, lock_holder
from hedong_portal.launch_parts import ROOT, LaunchError, Part

WEB_WORKERS, WEB_THREADS = "2", "4"
START_SECONDS = 60


@dataclass
class Launch:
    """One run of the portal."""

    data: Path
    host: str
    port: int
    environ: dict[str, str] = field(default_factory=dict)
    servers: embedded.Servers | None = None
    stopping: bool = False

    @property
    def url(self) -> str:
        """Where the portal answers on this machine."""
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}/"

    @property
    def logs(self) -> Path:
        """Directory of the logs of web, worker and beat."""
        return self.data / "logs"


def main(arguments: list[str]) -> int:
    """Run until told to stop; `stop` stops a run started elsewhere. Returns the exit status."""
    try:
        data = environment.data_dir(ROOT)
        if arguments[:1] == ["stop"]:
            return stop(data)
        return run(data, with_parent="--with-parent" in arguments)
    except (EmbeddedError, LaunchError) as error:
        say(str(error))
        return 1


def say(sentence: str) -> None:
    """One line for the person at the terminal; a closed pipe is no reason to fail."""
    try:
        print(sentence, flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for the rest of the run


def run(data: Path, *, with_parent: bool) -> int:
    """Start everything, watch over it, stop everything."""
    launch = Launch(data, os.environ.get("PORTAL_HOST", "127.0.0.1"), chosen_port())
    parent = os.getppid() if with_parent else None
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: setattr(launch, "stopping", True))
    lock = hold_lock(data, launch.url)
    stop_marked(data)  # left behind by a run whose watchdog was killed too
    check_port(launch)
    watchdog = Watchdog(data, stop_servers=servers.end_with_run(data), keep_open=(lock,))
    try:
        watch(launch, start(launch), lambda: parent in (None, os.getppid()))
        return 0
    except Interrupted:
        return 0
    finally:
        say("正在停止…")
        watchdog.stop()
        say("已停止。")


class Interrupted(Exception):
    """The person stopped the start before it was finished."""


def chosen_port() -> int:
    """`PORTAL_PORT`, by default 8000."""
    text = environment.setting(ROOT, "PORTAL_PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise LaunchError(f"PORTAL_PORT={text} 不是端口号，请填 1 到 65535 之间的数。")
    return int(text)


def check_port(launch: Launch) -> None:
    """Say which port is taken before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((launch.host, launch.port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise LaunchError(
                    f"不能使用 {launch.host} 的 {launch.port} 端口（{error.strerror}），"
                    "请换一个：PORTAL_PORT=8080 make run"
                ) from error
            raise LaunchError(
                f"端口 {launch.port} 已被别的程序占用，请换一个端口启动，"
                f"例如：PORTAL_PORT={launch.port + 1} make run"
            ) from error


def start(launch: Launch) -> list[Part]:
    """Everything in order; returns the running parts once the first page answers.

    When nothing changed since the last start, the web server starts beside the preparation, which
    then only looks; otherwise it waits for tables, data and static files.
    """
    launch.logs.mkdir(exist_ok=True)
    say("正在启动数据库…")
    owner = start_servers(launch)
    web, *others = parts(launch)
    stamp, sources = launch.data / "prepared", fingerprint()
    if stamp.exists() and stamp.read_text() == sources:
        web.start(launch.environ)
    prepare(launch, owner)
    stamp.write_text(sources)
    if web.process is None:
        web.start(launch.environ)
    wait_for_page(launch, web)
    for part in others:
        part.start(launch.environ)
    announce(launch)
    return [web, *others]


def fingerprint() -> str:
    """Changes whenever a file the preparation works from was added, removed or edited."""
    digest = hashlib.sha256()
    patterns = ("*/migrations/*.py", "static/**/*", "data/**/*", "requirements.lock", ".env")
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        found = path.stat()
        digest.update(f"{path}:{found.st_size}:{found.st_mtime_ns};".encode())
    return digest.hexdigest()


def start_servers(launch: Launch) -> dict[str, str]:
    """Embedded servers for whatever has no address; the environment of all parts.

    Returns what only the preparation may know: the address of the owner of the tables.
    """
    launch.environ = dict(os.environ)
    needed = environment.wanted(ROOT)
    if needed:
        launch.servers = embedded.start(launch.data, needed, for_run=True)
        for name, value in launch.servers.environment.items():
            if not environment.setting(ROOT, name):
                launch.environ[name] = value
        if launch.servers.moved:
            say(cli.moved_sentence(launch.servers))
    launch.environ[MARK] = os.path.realpath(launch.data)
    launch.environ["PORTAL_DATA_DIR"] = os.fspath(launch.data)
    launch.environ["PYTHONUNBUFFERED"] = "1"
    if not environment.setting(ROOT, "PUBLIC_BASE_URL"):
        launch.environ["PUBLIC_BASE_URL"] = launch.url.rstrip("/")
    owner = launch.environ.pop("DATABASE_OWNER_URL", "")
    return {"DATABASE_OWNER_URL": owner} if owner else {}


def prepare(launch: Launch, owner: dict[str, str]) -> None:
    """Tables, data and static files, in one process that says what it does."""
    command = [sys.executable, "manage.py", "portal", "init"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=launch.environ | owner,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None:
        interrupt_if_asked(launch)
        time.sleep(0.02)
    if process.returncode:
        raise LaunchError("准备数据没有成功，原因见上面几行；改正后再次运行会接着做完。")


def interrupt_if_asked(launch: Launch) -> None:
    """Leave the start when Ctrl-C or a signal came."""
    if launch.stopping:
        raise Interrupted


def parts(launch: Launch) -> list[Part]:
    """The three long-running processes, the web first."""
    python = [sys.executable, "-m"]
    web = ["granian", "--interface", "wsgi", "--host", launch.host, "--port", str(launch.port)]
    web += ["--workers", WEB_WORKERS, "--blocking-threads", WEB_THREADS, "--no-ws"]
    web += ["--respawn-failed-workers", "hedong_portal.wsgi:application"]
    celery = [*python, "celery", "-A", "hedong_portal.celery"]
    worker = ["worker", "--concurrency", "2", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = ["beat", "--loglevel", "INFO", "--schedule", os.fspath(launch.data / "beat-schedule")]
    return [
        Part("网站", [*python, *web], launch.logs / "web.log"),
        Part("后台任务", [*celery, *worker], launch.logs / "worker.log"),
        Part("定时任务", [*celery, *beat, "--pidfile="], launch.logs / "beat.log"),
    ]


def wait_for_page(launch: Launch, web: Part) -> None:
    """Until the home page answers. Raises LaunchError."""
    end = time.monotonic() + START_SECONDS
    while (status := page_status(launch, "/")) != 200:
        interrupt_if_asked(launch)
        web.restart_if_dead(launch.environ)
        if status >= 500 or time.monotonic() > end:
            raise LaunchError(f"网站没有正常应答，请查看 {web.log} 的末尾。")
        time.sleep(0.05)


def page_status(launch: Launch, path: str) -> int:
    """HTTP status of a page; 0 while nobody answers."""
    host = "127.0.0.1" if launch.host == "0.0.0.0" else launch.host
    connection = http.client.HTTPConnection(host, launch.port, timeout=START_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def announce(launch: Launch) -> None:
    """Where to look now."""
    say(f"\n  河东区政务服务门户：{launch.url}")
    accounts = launch.data / "demo-accounts.txt"
    if accounts.exists():
        say(accounts.read_text(encoding="utf-8").rstrip())
    say(f"  日志：{launch.logs}/（web.log、worker.log、beat.log）")
    if launch.servers:
        say(f"  数据库和缓存：{launch.servers.home}")
    say("  按 Ctrl-C 停止。\n")


def watch(launch: Launch, running: list[Part], parent_lives: Callable[[], bool]) -> None:
    """Start again what dies, until told to stop or the parent (make) is gone."""
    while not launch.stopping and parent_lives():
        for part in running:
            if part.restart_if_dead(launch.environ):
                say(f"{part.name}意外停止，已重新启动。")
        if launch.servers and not launch.servers.are_up() and not launch.stopping:
            embedded.start(launch.data, launch.servers.wanted, for_run=True)
            say("数据库或缓存意外停止，已重新启动。")
        time.sleep(0.5)


def stop(data: Path) -> int:
    """`make stop`: end a running launcher and whatever else belongs to the data directory."""
    pid, _ = lock_holder(data)
    processes.send([pid] if pid else [], signal.SIGTERM)
    processes.wait_gone(lambda: [pid] if pid and processes.birth(pid) else [], 30)
    stop_marked(data)
    if pid:
        say("门户已停止。")
        return 0 if servers.end_with_run(data) else cli.stop(data)
    return cli.stop(data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
