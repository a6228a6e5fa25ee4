"""One sheet: from rows of raw values to lines for COPY, with every wrong cell noted.

A staged line is `row, seq, position` and then the columns the file has, in the order of
`SheetReport.columns`. A wrong cell is staged as NULL, so that the rest can still be checked.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TextIO

from matters.intake import headings, limits
from matters.intake.cells import NULL, Parse, escaped, parser, plain_text
from matters.intake.refusal import Problems

Row = Sequence[Any]
Numbered = tuple[int, Row]
REPORT_EVERY = 2_000
#: kinds of values whose texts are remembered; not truth values, since True equals 1.0
REPEATING = (str, float)


@dataclass
class SheetReport:
    """What was staged of one sheet: name, columns of the layout, rows, and how many matters."""

    name: str
    columns: list[str] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True)
class Cell:
    """How one column of the file is read. `fallback`: what an empty cell becomes, or None."""

    place: int
    heading: str
    parse: Parse
    fallback: str | None
    known: dict[str | float, str]


def check_sheet(
    rows: Iterable[Numbered],
    sheet: dict[str, Any],
    out: TextIO,
    problems: Problems,
    progress: Callable[[int], None],
) -> SheetReport:
    """Read a sheet (rows numbered from 1, empty ones left out) and stage it to `out`."""
    report = SheetReport(sheet["name"])
    rows = iter(rows)
    found = _headings(rows, sheet, problems)
    if not found:
        return report
    report.columns = [sheet["columns"][number]["name"] for _, number in found[1:]]
    lines = _lines(rows, sheet, found, problems)
    while block := list(islice(lines, REPORT_EVERY)):
        out.writelines(block)
        report.rows += len(block)
        progress(report.rows)
    if not report.rows:
        problems.add(sheet["title"], 0, "", "", "没有数据行。请在列名下面填写，或删去这张工作表。")
    return report


def _headings(
    rows: Iterator[Numbered], sheet: dict[str, Any], problems: Problems
) -> list[tuple[int, int]]:
    """(place, column) pairs, the key first; empty when the sheet cannot be read."""
    title, key = sheet["title"], sheet["columns"][0]["heading"]
    for number, row in islice(rows, headings.SEARCHED_ROWS):
        if headings.is_heading_row(row, sheet):
            found = headings.find_columns(row, number, sheet, problems)
            for name in headings.missing(sheet, found):
                problems.add(title, number, name, "", "缺少这一列，请从模板里补上列名和内容。")
            found = list({column: (place, column) for place, column in reversed(found)}.values())
            return sorted(found, key=lambda pair: (pair[1] != 0, pair[0]))
    reason = f"前 {headings.SEARCHED_ROWS} 行里找不到列名“{key}”，请用模板里的列名。"
    problems.add(title, 1, key, "", reason)
    return []


def _lines(
    rows: Iterator[Numbered],
    sheet: dict[str, Any],
    found: list[tuple[int, int]],
    problems: Problems,
) -> Iterator[str]:
    title = sheet["title"]
    key, *cells = [_cell(place, sheet["columns"][number]) for place, number in found]
    names = [sheet["columns"][number]["name"] for _, number in found[1:]]
    repeats = _Repeats(sheet, names, problems)
    seen_positions: dict[str, int] = {}
    for count, (number, row) in enumerate(rows):
        if count >= limits.ROWS:
            problems.add(title, number, "", "", f"超过 {limits.ROWS} 行，请拆成几个文件。")
            return
        seq = _read(key, row, number, title, problems)
        position = seen_positions[seq] = seen_positions.get(seq, 0) + 1
        values = []
        for cell in cells:  # a text or number seen before costs one look-up and no call
            value = row[cell.place] if cell.place < len(row) else ""
            known = cell.known.get(value) if value.__class__ in REPEATING else None
            values.append(_read(cell, row, number, title, problems) if known is None else known)
        repeats.check(number, seq, position, values)
        yield "\t".join([str(number), seq, str(position), *values]) + "\n"


def _cell(place: int, column: dict[str, Any]) -> Cell:
    fallback = None if column.get("required") else column.get("empty", "")
    if fallback is not None:
        fallback = NULL if fallback == "NULL" else escaped(str(fallback))
    return Cell(place, column["heading"], parser(column), fallback, {})


def _read(cell: Cell, row: Row, number: int, title: str, problems: Problems) -> str:
    """The COPY text of one cell, remembered for the rows to come: most columns repeat."""
    value = row[cell.place] if cell.place < len(row) else ""
    is_text = value.__class__ is str
    try:
        if value is None or value == "" or (is_text and not plain_text(value)):
            if cell.fallback is None:
                raise ValueError("不能为空，请填写。")
            return cell.fallback
        found = cell.parse(value)
    except ValueError as error:
        problems.add(title, number, cell.heading, value, str(error))
        return NULL
    if value.__class__ in REPEATING and len(cell.known) < 5_000:
        cell.known[value] = found
    return found


class _Repeats:
    """Finds rows with the same key, and fills in keys that were left empty."""

    def __init__(self, sheet: dict[str, Any], names: list[str], problems: Problems):
        self.title, self.problems = sheet["title"], problems
        self.places = [names.index(name) for name in sheet["key"] if name in names]
        self.headings = [
            column["heading"] for column in sheet["columns"] if column["name"] in sheet["key"]
        ]
        self.generated = [
            (names.index(name), prefix)
            for name, prefix in sheet.get("generated", {}).items()
            if name in names
        ]
        self.unique = len(self.places) == len(sheet["key"]) and sheet["unique"]
        self.seen: dict[tuple[str, ...], int] = {}

    def check(self, number: int, seq: str, position: int, values: list[str]) -> None:
        for place, prefix in self.generated:
            if not values[place]:
                values[place] = f"{prefix}{position}"
        if not self.unique or seq == NULL:
            return
        key = (seq, *(values[place] for place in self.places))
        if NULL in key:
            return
        first = self.seen.setdefault(key, number)
        if first != number:
            heading = self.headings[-1] if self.headings else "事项序号"
            self.problems.add(
                self.title, number, heading, key[-1], f"与第 {first} 行重复，请只保留一行。"
            )
