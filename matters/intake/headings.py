"""The line of headings: which column holds what, and every way it can be wrong."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from matters.intake.cells import INVISIBLE, NEUTRALISED
from matters.intake.refusal import Problems

#: a title and a note may stand above the headings
SEARCHED_ROWS = 10
#: marks our own templates and other people's put behind a heading
MARKS = re.compile(r"(\*|＊|[（(]必填[)）])$")


def heading_of(value: Any) -> str:
    """A heading as compared: half-width, no spaces, no mark of a required column."""
    if value is None or value == "":
        return ""
    text = unicodedata.normalize("NFKC", str(value)).strip(INVISIBLE)
    if NEUTRALISED.match(text):
        text = text[1:]
    return MARKS.sub("", re.sub(r"\s+", "", text)).strip()


def known_headings(sheet: dict[str, Any]) -> dict[str, int]:
    """Heading as compared → number of the column in the layout; −1 for columns only people read."""
    known = {heading_of(name): -1 for name in sheet["ignored"]}
    for number, column in enumerate(sheet["columns"]):
        known[heading_of(column["heading"])] = number
    return known


def is_heading_row(row: Sequence[Any], sheet: dict[str, Any]) -> bool:
    """Whether the row names the column every sheet needs."""
    wanted = heading_of(sheet["columns"][0]["heading"])
    return any(heading_of(value) == wanted for value in row)


def find_columns(
    row: Sequence[Any], number: int, sheet: dict[str, Any], problems: Problems
) -> list[tuple[int, int]]:
    """(place in the row, column of the layout) for every column of the file that is known."""
    known, title = known_headings(sheet), sheet["title"]
    names = [heading_of(value) for value in row]
    found = []
    for place, name in enumerate(names):
        if name and name not in known:
            problems.add(title, number, name, name, _unknown(name, sheet))
        elif name and known[name] >= 0:
            found.append((place, known[name]))
    for name, count in Counter(name for name in names if name in known).items():
        if count > 1:
            problems.add(title, number, name, name, f"这一列出现了 {count} 次，请只保留一列。")
    return found


def _unknown(name: str, sheet: dict[str, Any]) -> str:
    headings = [column["heading"] for column in sheet["columns"]]
    near = difflib.get_close_matches(name, headings, 1, 0.5)
    hint = f"是不是“{near[0]}”？" if near else ""
    return f"不认识这一列。{hint}请改成模板里的列名，或删去这一列。"


def missing(sheet: dict[str, Any], found: list[tuple[int, int]]) -> list[str]:
    """Headings the sheet cannot do without and the file does not have."""
    present = {number for _, number in found}
    return [
        column["heading"]
        for number, column in enumerate(sheet["columns"])
        if column.get("needed") and number not in present
    ]
