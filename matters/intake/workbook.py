"""XLSX: sheets by name, formulas and merged cells, rows as calamine reads them."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

import python_calamine as calamine

from matters.intake import headings, limits
from matters.intake.archive import unfold
from matters.intake.checking import Numbered
from matters.intake.refusal import Problems, whole_file

#: sheets of our own templates that only people read
EXPLAINING = {"填写说明", "可填的值"}
FORMULA = re.compile(rb'<c [^>]*?r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f[ />]')
OVERLAP = 4_096
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Found:
    """A sheet of the file and the layout it follows."""

    sheet: calamine.CalamineSheet
    layout: dict[str, Any]


def open_workbook(path: Path) -> calamine.CalamineWorkbook:
    """The workbook; refused (RowErrors) with a sentence when calamine cannot read it."""
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError as error:
        raise whole_file("表格加了密码。请去掉密码，另存后再上传。") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise whole_file("表格已损坏，打不开。请在表格软件里另存为新的 .xlsx。") from error


def find_sheets(
    book: calamine.CalamineWorkbook, layouts: list[dict[str, Any]], problems: Problems
) -> list[Found]:
    """Sheets to read, in the order of the layouts; hidden and unknown ones are said."""
    by_title = {headings.heading_of(layout["title"]): layout for layout in layouts}
    known, unknown = {}, []
    for meta in book.sheets_metadata:
        name = headings.heading_of(meta.name)
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        if name in EXPLAINING or (hidden and name not in by_title):
            continue
        if hidden:
            reason = "这张工作表是隐藏的。请取消隐藏核对后再上传，或者删去它。"
            problems.add(meta.name, 0, "", "", reason)
        elif name in by_title:
            known[name] = Found(_load(book, meta.name), by_title[name])
        elif (sheet := _load(book, meta.name)).height:
            unknown.append(sheet)
    if not known and len(unknown) == 1:
        return [Found(unknown[0], layouts[0])]
    titles = "、".join(layout["title"] for layout in layouts)
    for sheet in unknown:
        reason = f"不认识这张工作表。工作表的名称只能是：{titles}；不用的请删去。"
        problems.add(sheet.name, 0, "", "", reason)
    return [known[name] for name in by_title if name in known]


def _load(book: calamine.CalamineWorkbook, name: str) -> calamine.CalamineSheet:
    try:
        sheet = book.get_sheet_by_name(name)
    except (calamine.CalamineError, ValueError) as error:
        raise whole_file("这张工作表已损坏，打不开。请另存为新的 .xlsx。", name) from error
    if sheet.height > limits.ROWS + headings.SEARCHED_ROWS:
        reason = f"有 {sheet.height} 行，超过 {limits.ROWS} 行。请拆成几个文件；空白行请整行删除。"
        raise whole_file(reason, name)
    if sheet.width > limits.COLUMNS:
        raise whole_file(
            f"有 {sheet.width} 列，超过 {limits.COLUMNS} 列。请删去右边空白的列。", name
        )
    return sheet


def read_rows(found: Found, problems: Problems) -> Iterator[Numbered]:
    """Rows that are not empty, numbered as the spreadsheet numbers them."""
    sheet = found.sheet
    if sheet.start is None:
        return
    top, left = sheet.start
    pad, spans = [""] * left, _spans(sheet, found.layout["title"], problems)
    held: dict[int, Any] = {}
    for number, row in enumerate(sheet.iter_rows(), top + 1):
        if left:
            row = pad + row
        if spans:
            row = _fill(row, number - 1, spans, held)
        if row[left] != "" or any(value != "" for value in row):
            yield number, row


def _spans(sheet: Any, title: str, problems: Problems) -> dict[int, list[tuple[int, int]]]:
    """column → (first row, last row) of vertically merged cells: the value holds for all of them.

    A range across columns cannot belong to one heading and is refused, unless it is a title above
    the headings.
    """
    spans: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left == right:
            spans.setdefault(left, []).append((top, bottom))
        elif top >= headings.SEARCHED_ROWS or not _is_title(sheet, top):
            reason = "合并单元格跨了几列，分不清属于哪一列。请取消合并，每格分别填写。"
            problems.add(title, top + 1, "", "", reason)
    return spans


def _is_title(sheet: Any, top: int) -> bool:
    """Whether nothing but the merged text stands in that row."""
    first = sheet.start[0]
    rows = sheet.to_python(nrows=headings.SEARCHED_ROWS)
    row: Sequence[Any] = rows[top - first] if 0 <= top - first < len(rows) else []
    return sum(value != "" for value in row) <= 1


def _fill(
    row: list[Any], index: int, spans: dict[int, list[tuple[int, int]]], held: dict[int, Any]
) -> list[Any]:
    for place, ranges in spans.items():
        if place >= len(row):
            continue
        for first, last in ranges:
            if index == first:
                held[place] = row[place]
            elif first < index <= last and row[place] == "":
                row[place] = held.get(place, "")
    return row


def find_formulas(path: Path, problems: Problems) -> None:
    """Report cells that hold a formula, and read every part once against its stated size.

    A formula's stored result may be missing or old, so it is refused instead of trusted.
    """
    with zipfile.ZipFile(path) as archive:
        titles = _titles(archive)
        for name in archive.namelist():
            for cell in _formulas(archive, name, name in titles):
                column, row = re.match(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
                reason = "这一格是公式。请复制后用“选择性粘贴—数值”换成结果。"
                problems.add(titles[name], int(row), f"{column} 列", cell, reason)


def _formulas(archive: zipfile.ZipFile, name: str, is_sheet: bool) -> Iterator[str]:
    rest, last = b"", ""
    for chunk in unfold(archive, name):
        if not is_sheet:
            continue
        window = rest + chunk
        if b"<f" in window:
            for found in FORMULA.finditer(window):
                cell = found.group(1).decode()
                if cell != last:
                    yield cell
                last = cell
        rest = window[-OVERLAP:]


def _titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of the archive → name of the sheet it holds."""
    try:
        book = ElementTree.fromstring(b"".join(unfold(archive, "xl/workbook.xml")))
        links = ElementTree.fromstring(b"".join(unfold(archive, "xl/_rels/workbook.xml.rels")))
    except (ElementTree.ParseError, KeyError) as error:
        raise whole_file("表格已损坏，打不开。请在表格软件里另存为新的 .xlsx。") from error
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and (target := targets.get(sheet.get(RELATION))):
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            parts[str(PurePosixPath(path))] = sheet.get("name", "")
    return parts
