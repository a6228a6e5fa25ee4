"""Any list as a file: CSV for any program, XLSX for people.

Both hold the same cells. A text that a spreadsheet would take for a formula is neutralised: in
CSV by an apostrophe in front (the only way CSV has), in XLSX by the type of the cell. A text that
has apostrophes before such a sign gets one more in both, and an import takes one away
(`matters.intake.cells.NEUTRALISED`), so that every text survives the way out and back.

A list page offers its table with `requested` and `answer`: the same rows in the same order, all
pages of them.
"""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from matters import spreadsheet

BOM = "\ufeff"
#: first characters a spreadsheet may read as a formula (OWASP, CSV injection)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LIKE_A_FORMULA = re.compile(f"'*[{re.escape(''.join(RISKY))}]")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int


@dataclass(frozen=True)
class Column:
    """One column: its heading and its width in characters of the standard font."""

    heading: str
    width: int = 16


@dataclass(frozen=True)
class Table:
    """What a list page shows, as a table. `name` becomes sheet and file name, `slug` the ASCII
    file name; `rows` is called once, when the file is really wanted."""

    name: str
    slug: str
    columns: Sequence[Column]
    rows: Callable[[], Iterable[Sequence[Cell]]]


def neutral(value: Cell) -> Cell:
    """The value, with one more apostrophe before a text that starts like a formula."""
    return f"'{value}" if isinstance(value, str) and LIKE_A_FORMULA.match(value) else value


class _Echo:
    """A file that hands every line back instead of storing it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Lines of the CSV file, UTF-8 with BOM (spreadsheets need it for Chinese), CRLF."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([column.heading for column in columns])
    for row in rows:
        yield writer.writerow([neutral(value) for value in row])


def xlsx_bytes(sheet_name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The XLSX file: frozen bold header, set widths, texts wrapped, a filter on the header."""
    return workbook_bytes([(sheet_name, columns, rows)])


def workbook_bytes(
    sheets: Iterable[tuple[str, Sequence[Column], Iterable[Sequence[Cell]]]],
) -> bytes:
    """An XLSX file of several sheets: (name, columns, rows) each."""
    return spreadsheet.write(
        (name, [(column.heading, column.width) for column in columns], map(_sheet_row, rows))
        for name, columns, rows in sheets
    )


def _sheet_row(row: Sequence[Cell]) -> list[Cell]:
    """Texts need no apostrophe in XLSX; those that begin with one keep it apart (see above)."""
    return [
        neutral(value) if isinstance(value, str) and value.startswith("'") else value
        for value in row
    ]


# --- files of list pages ---

#: the parameter a list page takes: ?export=csv or ?export=xlsx
PARAMETER = "export"
FORMATS = ("csv", "xlsx")
#: a workbook is built in memory; longer lists come as CSV, which has no end
XLSX_ROWS = 20_000
XLSX_SECONDS = 3_600


def requested(request: HttpRequest) -> str:
    """The format asked for, or "" for the page itself."""
    wanted = request.GET.get(PARAMETER, "")
    return wanted if wanted in FORMATS else ""


def links(request: HttpRequest) -> dict[str, str]:
    """Addresses of this very list as files, for `components/export_links.html`."""
    data = request.GET.copy()
    data.pop("page", None)
    found = {}
    for name in FORMATS:
        data[PARAMETER] = name
        found[name] = f"{request.path}?{data.urlencode()}"
    return found


def answer(wanted: str, table: Table, on: str) -> HttpResponseBase:
    """The file. `on`: the date in its name, "20250131"."""
    rows = iter(table.rows())
    if wanted == "xlsx":
        kept = list(_first(rows, XLSX_ROWS + 1))
        if len(kept) <= XLSX_ROWS:
            body = _cached_workbook(table, kept)
            return as_file(HttpResponse(body, content_type=XLSX_TYPE), table, on, "xlsx")
        rows = _chain(kept, rows)
    stream = StreamingHttpResponse(csv_lines(table.columns, rows), content_type=CSV_TYPE)
    return as_file(stream, table, on, "csv")


def as_file(response: Any, table: Table, on: str, suffix: str) -> HttpResponseBase:
    """The response with the headers of a download."""
    response["Content-Disposition"] = attachment(
        f"{table.name}（{on}）.{suffix}", f"{table.slug}.{suffix}"
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _cached_workbook(table: Table, rows: list[Sequence[Cell]]) -> bytes:
    """Building costs a hundred times what reading the rows costs, so equal rows share a file."""
    content = json.dumps([table.name, [c.heading for c in table.columns], rows], default=str)
    key = f"xlsx:{hashlib.sha256(content.encode()).hexdigest()}"
    body = cache.get(key)
    if body is None:
        body = xlsx_bytes(sheet_title(table.name), table.columns, rows)
        cache.set(key, body, XLSX_SECONDS)
    return body


def sheet_title(name: str) -> str:
    """A name a sheet may have: 31 characters, none of the forbidden ones."""
    return re.sub(r"[\[\]:*?/\\]", "", name)[:31]


def _first(rows: Iterable[Sequence[Cell]], count: int) -> Iterator[Sequence[Cell]]:
    """At most `count` rows; the iterator behind them goes on where this stops."""
    return (row for _, row in zip(range(count), rows, strict=False))


def _chain(first: list[Sequence[Cell]], rest: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield from first
    yield from rest


def attachment(filename: str, fallback: str) -> str:
    """Content-Disposition with a Chinese name (RFC 6266, RFC 8187) and an ASCII one."""
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(filename)}"
