"""Servers under load on this machine: started, asked through loopback, their processor time read.

The load comes from wrk when it is installed, else from one connection of Python: the processor
time of a request is right in both cases, requests per second only mean something with wrk.
"""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

TICKS = os.sysconf("SC_CLK_TCK")
WRK = shutil.which("wrk")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONNECTIONS = 16
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Target:
    """One thing to ask: its name, its address, headers, and whose processor time counts."""

    name: str
    url: str
    pids: tuple[int, ...]
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Sample:
    """One run against one target. `cpu_us`: microseconds of its processes per request."""

    requests: int
    per_second: float
    cpu_us: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def on_core(number: int) -> Iterator[None]:
    """What is started inside runs on one core, where the machine has several."""
    cores = os.sched_getaffinity(0)
    chosen = sorted(cores)[number % len(cores)]
    os.sched_setaffinity(0, {chosen})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def granian(
    application: str, environ: dict[str, str], workers: int = 1
) -> tuple[subprocess.Popen, int]:
    """Start a web server on core 0; returns its process and port. It ends with `stop`."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--port", str(port), "--workers", str(workers), "--blocking-threads", "1"]
    command += ["--runtime-threads", "1", "--log-level", "critical", application]
    with on_core(0):
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environ)  # noqa: S603
    wait_for(port, process)
    return process, port


def nginx(folder: Path, headers: Sequence[tuple[str, str]]) -> tuple[subprocess.Popen, int]:
    """Start nginx with one worker on core 0, serving `folder` with the portal's own headers."""
    port = free_port()
    lines = "".join(f"add_header {name} {value!r};" for name, value in headers)
    (folder / "nginx.conf").write_text(
        f"worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log crit;"
        "events { worker_connections 256; }"
        f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;"
        "open_file_cache max=16; default_type 'text/html; charset=utf-8'; gzip_static on;"
        f"client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path"
        f" {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; {lines} }} }}"
    )
    with on_core(0):
        process = subprocess.Popen(  # noqa: S603
            [NGINX, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL
        )
    wait_for(port, process)
    return process, port


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Until something listens."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args[0]} did not start")


def stop(started: Sequence[subprocess.Popen]) -> None:
    """End servers started here and wait for them."""
    for process in started:
        process.terminate()
    for process in started:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def family(pids: Sequence[int]) -> set[int]:
    """The processes and all that descend from them."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue  # ended meanwhile
    found = set(pids)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def processor_seconds(pids: Sequence[int]) -> float:
    """User and system time of the processes and their descendants, ended ones included."""
    total = 0
    for pid in family(pids):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / TICKS


def run(target: Target, seconds: float) -> Sample:
    """Ask one target for a while."""
    before, began = processor_seconds(target.pids), time.monotonic()
    count = _wrk(target, seconds) if WRK else _python(target, seconds)
    passed = time.monotonic() - began
    spent = processor_seconds(target.pids) - before
    return Sample(count, count / passed, 1e6 * spent / max(count, 1))


def _wrk(target: Target, seconds: float) -> int:
    headers = [f"-H{name}: {value}" for name, value in target.headers.items()]
    command = [WRK, "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", *headers, target.url]
    with on_core(1):
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        said = done.stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{target.name}: {said}")
    return int(re.search(r"(\d+) requests in", said).group(1))


def _python(target: Target, seconds: float) -> int:
    parts = urlsplit(target.url)
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        check(line, target)
        count += 1
    line.close()
    return count


def check(line: http.client.HTTPConnection, target: Target) -> tuple[dict[str, str], bytes]:
    """One answer; its status must be the one the target promises."""
    line.request("GET", urlsplit(target.url).path, headers=target.headers)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != target.status:
        raise RuntimeError(f"{target.name}: status {answer.status}")
    return dict(answer.getheaders()), body


def ask(target: Target) -> tuple[dict[str, str], bytes]:
    """Headers and body of one answer on a connection of its own."""
    parts = urlsplit(target.url)
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        return check(line, target)
    finally:
        line.close()
