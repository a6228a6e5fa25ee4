"""CSV as people really send it: any common encoding, comma, semicolon or tab."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matters.intake import headings
from matters.intake.checking import Numbered
from matters.intake.refusal import whole_file

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHUNK = 1 << 20
DELIMITERS = ",;\t，；"
CELL_CHARACTERS = 100_000


def encoding_of(path: Path) -> str:
    """The encoding the whole file can be read in; refused (RowErrors) when there is none."""
    with path.open("rb") as stream:
        head = stream.read(4_096)
    if not head.strip(b"\x00 \t\r\n"):
        raise whole_file("文件是空的。请选择填好的表格。")
    for mark, name in MARKS:
        if head.startswith(mark):
            return _decodes(path, name) or _refuse_encoding()
    for name in _without_mark(head):
        if found := _decodes(path, name):
            return found
    return _refuse_encoding()


def _without_mark(head: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark shows by the zero bytes of its ASCII characters."""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if odd or even:
        return ("utf-16-le",) if odd >= even else ("utf-16-be",)
    return ("utf-8", "gb18030")


def _refuse_encoding() -> str:
    raise whole_file(
        "看不懂文件的文字编码。请在表格软件里另存为“CSV UTF-8（逗号分隔）”或 .xlsx，再上传。"
    )


def _decodes(path: Path, name: str) -> str:
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                if "\x00" in decoder.decode(chunk):
                    return ""
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return ""
    return name


def delimiter_of(line: str, sheet: dict[str, Any]) -> str:
    """The character that splits the line into the most known headings."""
    known = headings.known_headings(sheet)

    def hits(delimiter: str) -> int:
        return sum(headings.heading_of(part.strip('"')) in known for part in line.split(delimiter))

    return max(DELIMITERS, key=hits)


def read_rows(path: Path, sheet: dict[str, Any]) -> Iterator[Numbered]:
    """Rows that are not empty, with the number a spreadsheet shows beside them."""
    encoding = encoding_of(path)
    csv.field_size_limit(CELL_CHARACTERS)
    with path.open(encoding=encoding, newline="") as stream:
        delimiter = _delimiter(stream, sheet)
        rows = csv.reader(stream, delimiter=delimiter, strict=True)
        number = 0
        try:
            for number, row in enumerate(rows, 1):
                if any(row):
                    yield number, row
        except csv.Error as error:
            reason = (
                f"第 {number + 1} 行读不下去：引号没有成对，或者有一格太长。请检查这一行的引号。"
            )
            raise whole_file(reason, sheet["title"]) from error


def _delimiter(stream: Any, sheet: dict[str, Any]) -> str:
    """Look at the first lines, then start again."""
    lines = [stream.readline() for _ in range(headings.SEARCHED_ROWS)]
    stream.seek(0)
    key = sheet["columns"][0]["heading"]
    return delimiter_of(next((line for line in lines if key in line), lines[0]), sheet)
