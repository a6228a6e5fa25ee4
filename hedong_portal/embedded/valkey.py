"""Two private Valkey servers: a broker that never evicts and a cache that may.

Both listen on a socket only and keep nothing on disk: losing them loses nothing.
"""

import os
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from hedong_portal.embedded import processes
from hedong_portal.embedded.binaries import valkey_server
from hedong_portal.embedded.errors import EmbeddedError
from hedong_portal.embedded.places import Place, fresh_log


@dataclass(frozen=True)
class Kind:
    """One of the two servers."""

    name: str
    memory: str
    eviction: str

    def socket(self, run: Path) -> Path:
        """Where it listens."""
        return run / f"{self.name}.sock"


BROKER = Kind("broker", "128mb", "noeviction")
CACHE = Kind("cache", "64mb", "allkeys-lru")
KINDS = (BROKER, CACHE)


def ensure(place: Place, run: Path, kind: Kind) -> bool:
    """Make sure the server answers; True when we started it. Raises EmbeddedError."""
    path = kind.socket(run)
    if ping(path):
        return False
    processes.kill_all(lambda: processes.valkey_pids(path))  # alive but silent
    path.unlink(missing_ok=True)
    done = processes.run([valkey_server(place), *options(place, run, kind)], place)
    end = time.monotonic() + 10
    while not ping(path):
        if done.returncode or time.monotonic() > end:
            raise EmbeddedError(
                f"缓存服务（{kind.name}）没有启动。详细记录在 {place.home / kind.name}.log。"
            )
        time.sleep(0.02)
    return True


def options(place: Place, run: Path, kind: Kind) -> list[str]:
    """Command line of one server; it puts itself in the background."""
    settings = {
        "port": "0",
        "unixsocket": os.fspath(kind.socket(run)),
        "unixsocketperm": "700",
        "dir": os.fspath(run),
        "logfile": os.fspath(fresh_log(place, f"{kind.name}.log")),
        "save": "",
        "appendonly": "no",
        "maxmemory": kind.memory,
        "maxmemory-policy": kind.eviction,
        "daemonize": "yes",
    }
    return [part for name, value in settings.items() for part in (f"--{name}", value)]


def ping(path: Path, seconds: float = 2.0) -> bool:
    """Whether a server answers on the socket."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(seconds)
            client.connect(os.fspath(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def stop(run: Path, kind: Kind) -> bool:
    """Stop the server; True when there was one."""

    def find() -> list[int]:
        return processes.valkey_pids(kind.socket(run))

    running = bool(find())
    processes.send(find(), signal.SIGTERM)
    if not processes.wait_gone(find, 5):
        processes.kill_all(find)
    kind.socket(run).unlink(missing_ok=True)
    return running


def addresses(run: Path) -> dict[str, str]:
    """What Celery (kombu) and Django's cache call the two servers."""
    return {
        "REDIS_URL": f"redis+socket://{BROKER.socket(run)}?virtual_host=0",
        "CACHE_URL": f"unix://{CACHE.socket(run)}?db=0",
    }
