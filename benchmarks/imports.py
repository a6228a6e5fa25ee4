"""I1: a workbook of new matters, end to end into drafts, beside django-import-export.

Ours: upload, child process reads and checks, staging, comparison, preview, confirmation, drafts
with the first row of their history. Theirs: its XLSX format and a `ModelResource` with `use_bulk`
over the same table, without validation of the instances, history or preview; the matters the
editions hang on are given for nothing. Both are measured in processor time of Python, its children
and PostgreSQL together. Small sizes are interleaved; the large file is read by ours alone.
"""

import csv
import io
import os
import resource
import statistics
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.run import Row

ROOT = Path(__file__).resolve().parent.parent
#: rows of the interleaved rounds, rounds, rows of the large file
SIZES = {True: (2_000, 2, 20_000), False: (5_000, 3, 100_000)}
COLUMNS = [
    "事项序号", "事项名称", "一句话说明", "谁来办", "实施主体", "服务对象", "法定办结时限",
    "法定时限单位", "承诺办结时限", "办件类型", "办理形式", "通办范围", "网上办", "马上办",
    "一次办", "到现场次数", "进驻政务服务大厅", "告知承诺", "容缺受理", "跨省通办",
]  # fmt: skip
Line = list[Any]


def lines(count: int, start: int) -> list[Line]:
    """New matters numbered from `start`."""
    return [
        [
            seq, f"测试许可事项第{seq}号", f"开办第{seq}类测试场所，先领取相应的许可证件。",
            f"第{seq}类测试场所的经营者", "区市场监管局", "自然人|法人和其他组织", 20, "工作日",
            seq % 20 + 1, "承诺件", "窗口办理|电脑端网上办理", "本区", "是", "否", "是", 0, "是",
            "否", "是" if seq % 2 else "否", "否",
        ]
        for seq in range(start, start + count)
    ]  # fmt: skip


# --- files ---


def xlsx(rows: list[Line]) -> bytes:
    """A workbook as spreadsheets write it: shared strings, one sheet."""
    strings: dict[str, int] = {}
    body = io.StringIO()
    for number, row in enumerate([COLUMNS, *rows], 1):
        body.write(f'<row r="{number}">')
        for place, value in enumerate(row):
            name = f"{chr(65 + place)}{number}"
            if isinstance(value, int):
                body.write(f'<c r="{name}"><v>{value}</v></c>')
            else:
                index = strings.setdefault(value, len(strings))
                body.write(f'<c r="{name}" t="s"><v>{index}</v></c>')
        body.write("</row>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in _parts(body.getvalue(), strings).items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return buffer.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _parts(body: str, strings: dict[str, int]) -> dict[str, str]:
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHEET}.sharedStrings+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="a"'
        f' Type="{KIND}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KIND}"><sheets>'
        '<sheet name="事项" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">'
        f'<Relationship Id="a" Type="{KIND}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="b" Type="{KIND}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>'
        "</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
    }


def csv_bytes(rows: list[Line]) -> bytes:
    """The same rows as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([COLUMNS, *rows])
    return buffer.getvalue().encode()


# --- a portal of its own, and a meter ---


@contextmanager
def portal() -> Iterator[Callable[[], float]]:
    """Servers, tables and agencies in a throwaway directory; yields the meter of CPU seconds."""
    from hedong_portal import embedded
    from hedong_portal.embedded import places, processes
    from hedong_portal.embedded.watchdog import Watchdog

    data_dir = Path(tempfile.mkdtemp(prefix="hedong-bench-"))
    data_dir.chmod(0o711)
    guard = Watchdog(data_dir, remove=True)
    found = embedded.start(data_dir, throwaway=True).environment
    os.environ.update(
        found,
        DATABASE_URL=found["DATABASE_OWNER_URL"],
        PORTAL_DATA_DIR=str(data_dir),
        PORTAL_ENV="test",
        DJANGO_SETTINGS_MODULE="hedong_portal.settings",
    )
    _prepare()
    cluster = places.find_place(data_dir).cluster
    try:
        yield lambda: _cpu(processes.postgres_pids(cluster))
    finally:
        guard.stop()


def _prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_catalogue", str(ROOT / "data"), verbosity=0)


def _cpu(pids: list[int]) -> float:
    """Seconds of this process, its ended children, and PostgreSQL with its ended backends."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))
    spent = sum(usage.ru_utime + usage.ru_stime for usage in own)
    return spent + ticks / os.sysconf("SC_CLK_TCK")


# --- contenders: each returns nothing and leaves `count` new drafts ---


def ours(content: bytes, name: str, person: Any) -> None:
    """The whole way of a file; every step as the worker takes it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from matters.services.imports import jobs, running

    job = jobs.hand_in(upload=SimpleUploadedFile(name, content), by=person)
    running.run_next()
    job.refresh_from_db()
    if job.state == "ready" and job.counts["added"]:
        jobs.confirm(job_id=job.pk, by=person, plan_hash=job.plan_hash)
        running.run_next()
        job.refresh_from_db()
    if job.state not in ("done", "ready"):
        raise AssertionError(f"{job.state}: {job.errors[:3]}")


def theirs(content: bytes, matters: dict[int, Any]) -> None:
    """django-import-export with bulk writes; the matters are there already, for nothing."""
    from import_export import fields, resources, widgets
    from import_export.formats.base_formats import XLSX

    from matters.models import MatterVersion
    from organisations.models import Agency

    agencies = {agency.short_name: agency for agency in Agency.objects.all()}

    class Lookup(widgets.Widget):
        def __init__(self, known: dict):
            super().__init__()
            self.known = known

        def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
            return self.known[value]

    words = {name: _words(MatterVersion, name) for name in CODED}

    class VersionResource(resources.ModelResource):
        class Meta:
            model = MatterVersion
            use_bulk = True
            batch_size = 1_000
            skip_diff = True
            skip_html_diff = True
            import_id_fields: tuple = ()
            fields = ("matter", *THEIR_FIELDS)

        def init_instance(self, row: Any = None) -> Any:
            return MatterVersion(number=1)

    resource_ = VersionResource()
    for heading, name in zip(COLUMNS, ("matter", *THEIR_FIELDS), strict=True):
        widget = _widget(name, matters, agencies, words, Lookup)
        resource_.fields[name] = fields.Field(name, heading, widget)
    data = XLSX().create_dataset(content)
    result = resource_.import_data(data, dry_run=False, raise_errors=True)
    if result.totals["new"] != len(data):
        raise AssertionError(result.totals)


THEIR_FIELDS = (
    "name", "summary", "applicants", "agency", "audience", "statutory_value", "statutory_unit",
    "promised_value", "handling_type", "channels", "service_scope", "online", "instant", "once",
    "visits", "in_hall", "commitment", "deferrable", "cross_province",
)  # fmt: skip
CODED = ("statutory_unit", "handling_type", "service_scope")
TRUTH = ("online", "instant", "once", "in_hall", "commitment", "deferrable", "cross_province")
LISTS = {
    "audience": {"自然人|法人和其他组织": ["person", "organisation"]},
    "channels": {"窗口办理|电脑端网上办理": ["1", "2"]},
}


def _widget(name: str, matters: dict, agencies: dict, words: dict, lookup: type) -> Any:
    from import_export import widgets

    known = {"matter": matters, "agency": agencies, **LISTS, **words}
    if name in known:
        return lookup(known[name])
    if name in TRUTH:
        return lookup({"是": True, "否": False})
    numbers = ("statutory_value", "promised_value", "visits")
    return widgets.IntegerWidget() if name in numbers else widgets.CharWidget()


def _words(model: Any, name: str) -> dict[str, str]:
    return {label: code for code, label in model._meta.get_field(name).flatchoices}


def _matters(rows: list[Line]) -> dict[int, Any]:
    from matters.models import Matter

    made = Matter.objects.bulk_create(Matter(seq=row[0], name=row[1]) for row in rows)
    return {matter.seq: matter for matter in made}


def raw_copy(content: bytes) -> None:
    """The least a database can do with the rows: COPY of the bytes into plain text columns."""
    from django.db import connection

    columns = ", ".join(f"c{number} text" for number in range(len(COLUMNS)))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNLOGGED TABLE bench_raw ({columns})")
        with cursor.copy("COPY bench_raw FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(content)
        cursor.execute("DROP TABLE bench_raw")


# --- the measurement ---


def measure(*, quick: bool) -> list[Row]:
    """Goal I1 and what stands around it."""
    small, rounds, large = SIZES[quick]
    sys.path.insert(0, str(ROOT))
    with portal() as meter:
        return _measure(meter, small, rounds, large)


def _measure(meter: Callable[[], float], small: int, rounds: int, large: int) -> list[Row]:
    from accounts.models import RoleAssignment, User

    person = User.objects.create_user("bench", display_name="测量")
    RoleAssignment.objects.create(user=person, role="catalogue_editor")
    clock = _Clock(meter)
    start = 100_000
    for _ in range(rounds):
        for name, run in _contenders(small, start, person).items():
            clock.time(name, small, run)
        start += 10 * small
    big = lines(large, 5_000_000)
    workbook = xlsx(big)
    clock.time("xlsx large", large, lambda: ours(workbook, "a.xlsx", person))
    clock.time("xlsx large again", large, lambda: ours(workbook, "a.xlsx", person))
    return _rows(clock, small, large)


def _contenders(small: int, start: int, person: Any) -> dict[str, Callable[[], None]]:
    book = xlsx(lines(small, start))
    text = csv_bytes(lines(small, start + small))
    rows = lines(small, start + 2 * small)
    matters, peer_book = _matters(rows), xlsx(rows)
    return {
        "import-export bulk": lambda: theirs(peer_book, matters),
        "xlsx": lambda: ours(book, "a.xlsx", person),
        "csv": lambda: ours(text, "a.csv", person),
        "raw COPY": lambda: raw_copy(text),
    }


class _Clock:
    """Rows per CPU second of every contender, a figure per round."""

    def __init__(self, meter: Callable[[], float]):
        self.meter = meter
        self.seen: dict[str, list[float]] = {}

    def time(self, name: str, count: int, run: Callable[[], None]) -> None:
        before = self.meter()
        run()
        self.seen.setdefault(name, []).append(count / max(self.meter() - before, 1e-6))

    def rate(self, name: str) -> float:
        return statistics.median(self.seen[name])


def _rows(clock: _Clock, small: int, large: int) -> list[Row]:
    figures = {
        f"{name.replace(' ', '_').replace('-', '_')}_rows_per_cpu_s": round(clock.rate(name))
        for name in clock.seen
    }
    peer, copy = clock.rate("import-export bulk"), clock.rate("raw COPY")
    again = "re-import of the large file, nothing written ÷ django-import-export (bulk)"
    return [
        Row(
            "I1",
            f"xlsx of {large} rows into drafts ÷ django-import-export (bulk)",
            clock.rate("xlsx large") / peer,
            15,
            figures={"small_rows": small, "large_rows": large, **figures},
        ),
        Row("I1s", f"the same with {small} rows", clock.rate("xlsx") / peer),
        Row("I1r", again, clock.rate("xlsx large again") / peer),
        Row("I1c", f"csv of {small} rows ÷ raw COPY of its bytes", clock.rate("csv") / copy),
    ]
