"""Typed reading of a table or a guide file, collecting every wrong cell.

A reader never stops at the first error: the person who mends the file sees all of them.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from common.rowerrors import RowError, RowErrors
from organisations.services import cells
from organisations.services.cells import Cells


class GuideCells(Cells):
    """One row of the catalogue's tables, or one object of a guide file.

    Unlike the tables of organisations, a missing column is an error: a guide says everything. A
    getter returns a usable neutral value after an error, so that reading continues.
    """

    def __init__(
        self,
        file: str,
        number: int,
        row: Mapping[str, Any],
        errors: list[RowError],
        path: str = "",
    ):
        super().__init__(file, number, dict(row), errors)
        self.path = path

    def fail(self, column: str, reason: str) -> None:
        """Note that the cell is wrong; `path` leads to it inside a guide file."""
        value = str(self.row.get(column, ""))[:80]
        self.errors.append(RowError(self.file, self.number, self.path + column, value, reason))

    def raw(self, column: str) -> Any:
        """The value as it stands; a missing column is an error."""
        if column not in self.row:
            self.fail(column, "缺少这一列，请补上列名。")
            return ""
        return self.row[column]

    def line(self, column: str, size: int = 300, *, empty: bool = False) -> str:
        """Stripped text of at most `size` characters."""
        value = self.raw(column)
        value = "" if value is None else str(value).strip()
        if not value and not empty:
            self.fail(column, "不能为空，请填写。")
        if len(value) > size:
            self.fail(column, f"超过 {size} 个字，请缩短。")
        return value[:size]

    def count(self, column: str, *, empty: bool = False) -> int | None:
        """A whole number from 0, or None when it may be empty."""
        value = self.raw(column)
        if value in ("", None) and empty:
            return None
        try:
            number = int(value)
        except (TypeError, ValueError):
            number = -1
        if isinstance(value, bool) or number < 0:
            self.fail(column, "应为不小于 0 的整数，请改正。")
        return max(number, 0)

    def flag(self, column: str) -> bool:
        """A JSON truth value, or the words of a table."""
        value = self.raw(column)
        return value if isinstance(value, bool) else self.truth(column)

    def word(self, column: str, words: Mapping[str, Any]) -> Any:
        """The value `words` gives for the cell's word."""
        value = self.raw(column)
        if value not in words:
            self.fail(column, f"只能是：{'、'.join(map(str, words))}。")
            return next(iter(words.values()))
        return words[value]

    def rows(self, column: str) -> Iterator["GuideCells"]:
        """The objects of a JSON list, each with its own path for messages."""
        value = self.raw(column)
        if not isinstance(value, list):
            self.fail(column, "应为列表。")
            return
        for index, inner in enumerate(value, start=1):
            path = f"{self.path}{column}[{index}]."
            yield GuideCells(self.file, self.number, inner, self.errors, path)

    def inner(self, column: str) -> "GuideCells":
        """One nested JSON object."""
        value = self.raw(column)
        if not isinstance(value, dict):
            self.fail(column, "应为对象。")
            value = {}
        return GuideCells(self.file, self.number, value, self.errors, f"{self.path}{column}.")


def read_table(folder: Path, name: str, errors: list[RowError]) -> list[GuideCells]:
    """All rows of a UTF-8 CSV file; a missing file or wrong encoding is one error."""
    try:
        rows = cells.read_table(folder / name)
    except RowErrors as refusal:
        errors.extend(refusal.errors)
        return []
    return [GuideCells(name, number, row, errors) for number, row in enumerate(rows, 2)]


def read_guide(folder: Path, seq: int, errors: list[RowError]) -> GuideCells | None:
    """The guide file of matter `seq` (guides/NNN.json)."""
    name = f"guides/{seq:03d}.json"
    try:
        values = json.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        errors.append(RowError(name, 0, "", "", "找不到这份指南。"))
        return None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        errors.append(RowError(name, 0, "", "", f"不是有效的 JSON：{error}"))
        return None
    return GuideCells(name, 1, values, errors)
