"""A real portal as `make run` starts it, in a directory and on a port of its own."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from hedong_portal import embedded
from hedong_portal.embedded import places, processes, watchdog

ROOT = Path(__file__).resolve().parents[2]
SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "CACHE_URL")


class Portal:
    """One installation that is started, killed and looked at."""

    def __init__(self, data_dir: Path, port: int):
        self.data_dir, self.port = data_dir, port
        self.launcher: subprocess.Popen | None = None
        self.log = data_dir / "launcher.log"
        given = {name: value for name, value in os.environ.items() if name not in SERVERS}
        self.environ = given | {
            "PORTAL_ENV": "demo",
            "PORTAL_DATA_DIR": os.fspath(data_dir),
            "PORTAL_PORT": str(port),
        }

    def launch(self) -> None:
        """Start the launcher without waiting."""
        with open(self.log, "ab") as log:
            self.launcher = subprocess.Popen(
                [sys.executable, "-m", "hedong_portal.launcher"],
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start(self) -> None:
        """Start the launcher and wait until it has announced the portal."""
        before = self.output().count("按 Ctrl-C 停止")
        self.launch()
        until(lambda: self.output().count("按 Ctrl-C 停止") > before or self.ended(), 120)
        assert not self.ended(), self.output()

    def ended(self) -> bool:
        return self.launcher is None or self.launcher.poll() is not None

    def output(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def kill(self) -> None:
        """kill -9 of the launcher."""
        self.launcher.kill()
        self.launcher.wait()

    def stop(self) -> int:
        """What Ctrl-C does."""
        self.launcher.send_signal(signal.SIGINT)
        return self.launcher.wait(60)

    def get(self, path: str = "/") -> tuple[int, dict[str, str], str]:
        """Status, headers and body of a page; status 0 while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, headers, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, {}, ""
        finally:
            connection.close()

    def database(self) -> psycopg.Connection:
        """A connection as the owner, once the launcher has started the servers."""
        until(lambda: all(embedded.status(self.data_dir).values()), 60)
        found = embedded.start(self.data_dir)
        return psycopg.connect(found.environment["DATABASE_OWNER_URL"], autocommit=True)

    def processes(self) -> list[int]:
        """Everything that belongs to the portal, launcher and watchdog included."""
        place = places.find_place(self.data_dir)
        run = places.known_socket_dir(place)
        sockets = [run / "broker.sock", run / "cache.sock"] if run else []
        pids = [pid for path in sockets for pid in processes.valkey_pids(path)]
        pids += processes.postgres_pids(place.cluster) + watchdog.marked_pids(self.data_dir)
        return pids + self.watchdogs()

    def watchdogs(self) -> list[int]:
        """Watchdogs of this data directory."""
        wanted = [b"hedong_portal.embedded.watchdog", os.fsencode(self.data_dir)]

        def matches(pid: int) -> bool:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            return all(part in line for part in wanted)

        return processes.matching(matches)


def until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait for a condition; fail when it does not come."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A portal that was started once, with its data; it may or may not run."""
    data_dir = Path(tempfile.mkdtemp(prefix="hedong-test-"))
    data_dir.chmod(0o711)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    portal = Portal(data_dir, port)
    portal.start()
    yield portal
    if not portal.ended():
        portal.stop()
    watchdog.stop_marked(data_dir)
    embedded.stop(data_dir)
    shutil.rmtree(data_dir)


@pytest.fixture
def running(portal) -> Portal:
    """The portal, started when an earlier test left it stopped."""
    if portal.ended():
        portal.start()
    return portal
