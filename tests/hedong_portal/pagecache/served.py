"""The catalogue behind two real web workers, and a publisher beside them."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction

from common import clock
from matters.models import MatterVersion
from matters.workflow import VersionStatus
from tests.architecture.source import ROOT
from tests.catalogue import run_outside, working_in
from tests.journeys.conftest import free_port

CONNECTIONS = 6


@dataclass
class Served:
    """A running web server with several connections, so that both workers are asked."""

    port: int
    connections: list[http.client.HTTPConnection] = field(default_factory=list)

    def __post_init__(self):
        self.connections = [
            http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            for _ in range(CONNECTIONS)
        ]

    def read(self, path: str, through: int = 0) -> str:
        """The page at `path`, read through one of the connections."""
        line = self.connections[through]
        line.request("GET", path)
        answer = line.getresponse()
        body = answer.read().decode()
        assert answer.status == 200, (answer.status, body[:300])
        return body

    def close(self) -> None:
        for line in self.connections:
            line.close()

    def is_up(self) -> bool:
        try:
            self.read("/healthz")
            return True
        except OSError:
            self.connections[0].close()
            return False


@contextmanager
def served(template: str, name: str) -> Iterator[Served]:
    """Two Granian workers on a copy of the database `template`, as is the default connection."""
    run_outside(f'DROP DATABASE IF EXISTS "{name}"')
    run_outside(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    with working_in(name):
        server, port = _start(name)
        web = Served(port)
        try:
            end = time.monotonic() + 60
            while not web.is_up():
                assert server.poll() is None, "the web server ended"
                assert time.monotonic() < end, "the web server did not answer"
                time.sleep(0.1)
            yield web
        finally:
            web.close()
            server.terminate()
            server.wait(timeout=20)
    run_outside(f'DROP DATABASE "{name}" WITH (FORCE)')


def _start(name: str) -> tuple[subprocess.Popen, int]:
    port, base = free_port(), os.environ["DATABASE_URL"]
    path, question, query = base.partition("?")
    address = f"{path.rpartition('/')[0]}/{name}{question}{query}"
    environ = os.environ | {
        "DATABASE_URL": address,
        "DATABASE_OWNER_URL": address,
        "PORTAL_DATA_DIR": os.fspath(settings.PORTAL_DATA_DIR),
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
    command += ["hedong_portal.wsgi:application"]
    return subprocess.Popen(command, env=environ, cwd=ROOT), port


@transaction.atomic
def publish(seq: int, words: str) -> None:
    """Put a new edition called `words` into force, as the services do it in the end."""
    version = MatterVersion.objects.published().get(matter__seq=seq)
    moment = clock.now()
    MatterVersion.objects.filter(pk=version.pk).update(
        status=VersionStatus.SUPERSEDED, superseded_at=moment
    )
    version.pk = None
    version.number += 1
    version.published_at, version.name = moment, words
    version.snapshot = version.snapshot | {"name": words}
    version.save(force_insert=True)


def stale_answers(web: Served, seq: int, publishes: int) -> list[str]:
    """Publish again and again; pages that showed anything but the newest edition afterwards."""
    stale = []
    for number in range(publishes):
        words = f"第 {number} 次发布的事项"
        publish(seq, words)
        for through in range(CONNECTIONS):
            if words not in web.read(f"/item/{seq}/", through):
                stale.append(f"guide, publish {number}, connection {through}")
        if number % 10 == 0 and words not in web.read(_list_of(seq), number % CONNECTIONS):
            stale.append(f"list, publish {number}")
    return stale


def _list_of(seq: int) -> str:
    agency = MatterVersion.objects.published().get(matter__seq=seq).agency
    return f"/catalog/download.csv?dept={agency.slug}"


def database_of_test() -> str:
    return connection.settings_dict["NAME"]
