"""Goals P1-P3: a guide from memory beside nginx, a first view beside the naive page, no old page.

    python benchmarks/run.py pages [--json] [--quick]

Starts its own database in a directory of its own, loads the catalogue, and asks one guide through
loopback: rounds over all targets, medians over rounds. Servers run on one core, the load on
another.
P1 is a ratio of requests per second to nginx serving the very bytes with the very headers; without
nginx or wrk it is shown as a ratio of processor time to the raw WSGI answer and not judged.
"""

import gzip
import io
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import Popen

from benchmarks import load
from benchmarks.load import Sample, Target
from benchmarks.run import Row

SEQ = 113
GUIDE = f"/item/{SEQ}/"
#: goals of the design, as shares of nginx serving the plain page
PLAIN, PACKED, UNCHANGED = 0.30, 0.40, 0.40
#: the naive page costs at least so many times a first view
NAIVE_TO_MISS = 7
SKIPPED = {"content-length", "etag", "date", "server", "content-type", "accept-ranges"}


@dataclass(frozen=True)
class Sizes:
    """How long a measurement takes."""

    rounds: int
    seconds: float
    publishes: int


def measure(*, quick: bool) -> list[Row]:
    """Rows P1 (three), P2 and P3."""
    sizes = Sizes(2, 1, 25) if quick else Sizes(5, 4, 1000)
    with portal_of_its_own() as (folder, database):
        started: list[Popen] = []
        try:
            found = rounds(start(folder, database, started), sizes)
        finally:
            load.stop(started)
        return [*speed_rows(found), miss_row(found), stale_row(sizes)]


@contextmanager
def portal_of_its_own() -> Iterator[tuple[Path, int]]:
    """A fresh database with the catalogue; yields its directory and PostgreSQL's process."""
    from hedong_portal import embedded
    from hedong_portal.embedded import places, processes
    from hedong_portal.embedded.watchdog import MARK, Watchdog

    folder = Path(tempfile.mkdtemp(prefix="hedong-bench-"))
    folder.chmod(0o711)
    (folder / "static").mkdir()
    watchdog = Watchdog(folder, remove=True)
    found = embedded.start(folder, throwaway=True).environment
    os.environ |= found | {
        "DATABASE_URL": found["DATABASE_OWNER_URL"],
        "PORTAL_DATA_DIR": os.fspath(folder),
        "PORTAL_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "hedong_portal.settings",
        MARK: os.path.realpath(folder),  # the watchdog ends whatever is left
    }
    try:
        fill()
        yield folder, processes.postgres_pids(places.find_place(folder).cluster)[0]
    finally:
        watchdog.stop()
        shutil.rmtree(folder, ignore_errors=True)


def fill() -> None:
    """Tables, catalogue, help pages, and the stored body of the guide that is asked for."""
    import django
    from django.core.management import call_command

    django.setup()
    from matters.models import MatterVersion
    from matters.services.texts import store_texts

    call_command("migrate", verbosity=0, interactive=False)
    quiet = {"verbosity": 0, "stdout": io.StringIO()}
    call_command("load_catalogue", os.fspath(load.ROOT / "data"), **quiet)
    call_command("seed_pages", **quiet)
    editions = MatterVersion.objects.published().select_related("matter")
    store_texts([editions.get(matter__seq=SEQ)])


def start(folder: Path, database: int, started: list[Popen]) -> dict[str, Target]:
    """Every target by name; the processes to end are added to `started`."""
    targets = {}

    def serve(application: str, switch: str = "true") -> tuple[int, str]:
        process, port = load.granian(application, {"PAGE_CACHE": switch})
        started.append(process)
        return process.pid, f"http://127.0.0.1:{port}"

    pid, site = serve("hedong_portal.wsgi:application")
    plain = Target("kept page", site + GUIDE, (pid,))
    headers, body = kept(plain)
    targets["page"] = plain
    targets["gzip"] = Target("kept page, gzip", plain.url, (pid,), {"Accept-Encoding": "gzip"})
    known = {"If-None-Match": headers["ETag"]}
    targets["304"] = Target("kept page, 304", plain.url, (pid,), known, 304)
    for name, application, path in (
        ("hello", "benchmarks.pages_wsgi:hello", "/"),
        ("miss", "benchmarks.pages_wsgi:miss", GUIDE),
        ("naive", "benchmarks.pages_wsgi:naive", f"/naive{GUIDE}"),
    ):
        pid, site = serve(application)
        counted = (pid,) if name == "hello" else (pid, database)
        targets[name] = Target(name, site + path, counted)
    pid, site = serve("hedong_portal.wsgi:application", "false")
    targets["django"] = Target("Django without page cache", site + GUIDE, (pid, database))
    if load.NGINX:
        targets |= beside_nginx(folder, headers, body, started)
    for target in targets.values():
        load.ask(target)
    return targets


def kept(target: Target) -> tuple[dict[str, str], bytes]:
    """The page once it comes from memory: until the process listens, it comes from Django."""
    for _ in range(100):
        headers, body = load.ask(target)
        if "ETag" in {name.title().replace("Etag", "ETag"): 1 for name in headers}:
            return {name.title().replace("Etag", "ETag"): v for name, v in headers.items()}, body
        time.sleep(0.1)
    raise RuntimeError("no page is kept")


def beside_nginx(
    folder: Path, headers: dict[str, str], body: bytes, started: list[Popen]
) -> dict[str, Target]:
    """The same bytes with the same headers, as files."""
    root = folder / "nginx"
    root.mkdir()
    root.chmod(0o755)
    (root / "page.html").write_bytes(body)
    (root / "page.html.gz").write_bytes(gzip.compress(body, 6, mtime=0))
    same = [(name, value) for name, value in headers.items() if name.lower() not in SKIPPED]
    process, port = load.nginx(root, same)
    started.append(process)
    url = f"http://127.0.0.1:{port}/page.html"
    packed = Target("nginx, gzip", url, (process.pid,), {"Accept-Encoding": "gzip"})
    return {"nginx": Target("nginx", url, (process.pid,)), "nginx gzip": packed}


def rounds(targets: dict[str, Target], sizes: Sizes) -> dict[str, Sample]:
    """Every target once a round, so that a busy moment hits them all; medians over the rounds."""
    samples: dict[str, list[Sample]] = {name: [] for name in targets}
    for _ in range(sizes.rounds):
        for name, target in targets.items():
            samples[name].append(load.run(target, sizes.seconds))
    return {
        name: Sample(
            sum(sample.requests for sample in found),
            median(sample.per_second for sample in found),
            median(sample.cpu_us for sample in found),
        )
        for name, found in samples.items()
    }


def figures(found: dict[str, Sample], *names: str) -> dict[str, object]:
    return {
        f"{name.replace(' ', '_')}_{unit}": round(value, 1)
        for name in names
        if name in found
        for unit, value in (("per_s", found[name].per_second), ("cpu_us", found[name].cpu_us))
    }


def speed_rows(found: dict[str, Sample]) -> list[Row]:
    """The three answers from memory as shares of nginx, or of the raw answer."""
    rows = []
    for name, goal in (("page", PLAIN), ("gzip", PACKED), ("304", UNCHANGED)):
        shown = figures(found, name, "nginx", "nginx gzip", "hello", "django")
        if "nginx" in found and load.WRK:
            reached = found[name].per_second / found["nginx"].per_second
            rows.append(
                Row("P1", f"{name} from memory ÷ nginx, req/s", reached, goal, figures=shown)
            )
        else:
            reached = found["hello"].cpu_us / found[name].cpu_us
            rows.append(Row("P1", f"{name} from memory ÷ raw WSGI, CPU", reached, figures=shown))
    return rows


def miss_row(found: dict[str, Sample]) -> Row:
    """Processor time of web server and database: the naive page ÷ a first view."""
    reached = found["naive"].cpu_us / found["miss"].cpu_us
    shown = figures(found, "naive", "miss", "django")
    return Row(
        "P3", "naive page ÷ first view after a publish, CPU", reached, NAIVE_TO_MISS, figures=shown
    )


def stale_row(sizes: Sizes) -> Row:
    """Publish again and again beside two workers, and read through both after each."""
    from tests.hedong_portal.pagecache.served import CONNECTIONS, Served, stale_answers

    switch = {"PAGE_CACHE": "true"}
    process, port = load.granian("hedong_portal.wsgi:application", switch, workers=2)
    try:
        time.sleep(1)
        web = Served(port)
        stale = stale_answers(web, SEQ, sizes.publishes)
        web.close()
    finally:
        load.stop([process])
    shown = {"publishes": sizes.publishes, "reads_after_each": CONNECTIONS, "examples": stale[:3]}
    return Row("P2", "old pages shown after a publish, 2 workers", len(stale), 0, True, shown)
