"""A whole portal for the browser: its own database, loaded as `make run` loads it, and Granian.

One per worker of the test run, started when the first journey asks for it.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 90


def free_port() -> int:
    """A port nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def own_database(worker: str) -> str:
    """Address of a fresh database beside those of the other tests."""
    address = os.environ["DATABASE_URL"]
    name = f"journeys_{worker}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    return (
        address.replace(f"{urlsplit(address).path}?", f"/{name}?")
        if "?" in address
        else (address.removesuffix(urlsplit(address).path) + f"/{name}")
    )


def wait_for(url: str, process: subprocess.Popen) -> None:
    """Until the page answers; a server that ended is an error at once."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the web server ended before its first page"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"{url} did not answer within {START_SECONDS} s")


@pytest.fixture(scope="session")
def portal(tmp_path_factory, worker_id) -> Iterator[str]:
    """Address of a running portal with the demonstration's data, without a final slash."""
    data, port = tmp_path_factory.mktemp("portal"), free_port()
    address = own_database(worker_id)
    environ = os.environ | {
        "PORTAL_ENV": "demo",
        "PORTAL_GALLERY": "true",
        "PORTAL_DATA_DIR": os.fspath(data),
        "DATABASE_URL": address,
        "DATABASE_OWNER_URL": address,
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
    }
    manage = [sys.executable, os.fspath(ROOT / "manage.py"), "portal", "init"]
    subprocess.run(manage, env=environ, cwd=ROOT, check=True, capture_output=True)
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    web += ["--blocking-threads", "4", "--no-ws", "hedong_portal.wsgi:application"]
    with open(data / "web.log", "wb") as log:
        server = subprocess.Popen(web, env=environ, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)
