"""Start and find processes by what they serve, never by a remembered number.

A pid file outlives its process and its number may belong to someone else by then. So a server is
recognised by its program and its directory, read from the system.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from hedong_portal.embedded.places import Place


def run(command: Iterable[object], place: Place) -> subprocess.CompletedProcess[str]:
    """Run a program as the account of the servers, with a plain environment."""
    return subprocess.run(
        [str(part) for part in command],
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        cwd="/",
        check=False,
        **place.popen(),
    )


def all_pids() -> list[int]:
    """Every process number; empty where there is no /proc."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []


def postgres_pids(cluster: Path) -> list[int]:
    """Postmaster and backends of one data directory; they all work inside it."""
    wanted = os.path.realpath(cluster)

    def matches(pid: int) -> bool:
        program = os.path.basename(os.readlink(f"/proc/{pid}/exe")).split(" ")[0]
        return program == "postgres" and os.readlink(f"/proc/{pid}/cwd") == wanted

    return matching(matches)


def valkey_pids(socket_path: Path) -> list[int]:
    """The server of one socket; its path is on the command line."""
    wanted = os.fsencode(socket_path)

    def matches(pid: int) -> bool:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
        return b"valkey-server" in line and wanted in line

    return matching(matches)


def matching(matches: Callable[[int], bool]) -> list[int]:
    """Numbers for which the test holds; a process that vanished or is not ours does not match."""
    found = []
    for pid in all_pids():
        try:
            if matches(pid):
                found.append(pid)
        except OSError:
            continue
    return found


def birth(pid: int) -> str:
    """When a process started, in clock ticks since boot: with the number it names one process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = text.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]


def send(pids: Iterable[int], number: int) -> None:
    """Signal processes, ignoring those already gone."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue


def wait_gone(find: Callable[[], list[int]], seconds: float) -> bool:
    """True when nothing is found any more within the time."""
    end = time.monotonic() + seconds
    while find():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def kill_all(find: Callable[[], list[int]]) -> None:
    """Last resort: SIGKILL until nothing is left (5 s at most)."""
    end = time.monotonic() + 5
    while (pids := find()) and time.monotonic() < end:
        send(pids, signal.SIGKILL)
        time.sleep(0.05)
