"""The catalogue as a file: CSV for any program, XLSX for people.

Both hold the same cells. A text that a spreadsheet would take for a formula is neutralised: in
CSV by an apostrophe in front (the only way CSV has), in XLSX by the type of the cell.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

BOM = "\ufeff"
#: first characters a spreadsheet may read as a formula (OWASP, CSV injection)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int


@dataclass(frozen=True)
class Column:
    """One column: its heading and its width in characters of the standard font."""

    heading: str
    width: int


def neutral(value: Cell) -> Cell:
    """The value, with an apostrophe before a text that starts like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


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
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name)
    sheet.freeze_panes = "A2"
    for position, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    sheet.append([_header_cell(sheet, column.heading) for column in columns])
    count = 1
    for count, row in enumerate(rows, 2):  # noqa: B007 - the last row number is needed below
        sheet.append([_body_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _header_cell(sheet: WriteOnlyWorksheet, heading: str) -> SheetCell:
    cell = WriteOnlyCell(sheet, heading)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="0A4FA3")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _body_cell(sheet: WriteOnlyWorksheet, value: Cell) -> SheetCell:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl would make a formula of "=…"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def attachment(filename: str, fallback: str) -> str:
    """Content-Disposition with a Chinese name (RFC 6266, RFC 8187) and an ASCII one."""
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(filename)}"
