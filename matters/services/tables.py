"""Typed reading of a table or a guide file, collecting every wrong cell.

A reader never stops at the first error: the person who mends the file sees all of them.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from common.rowerrors import RowError

FLAGS = {"true": True, "false": False, "是": True, "否": False}


class Cells:
    """One row (or one JSON object) with getters that record what is wrong and go on.

    A getter returns a usable neutral value after an error, so that reading continues.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        *,
        file: str,
        row: int,
        errors: list[RowError],
        path: str = "",
    ):
        self.values, self.file, self.row, self.errors, self.path = (
            values,
            file,
            row,
            errors,
            path,
        )

    def wrong(self, column: str, reason: str) -> None:
        """Record one wrong cell."""
        value = str(self.values.get(column, ""))[:80]
        self.errors.append(RowError(self.file, self.row, self.path + column, value, reason))

    def raw(self, column: str) -> Any:
        """The value as it stands; a missing column is an error."""
        if column not in self.values:
            self.wrong(column, "缺少这一列，请补上列名。")
            return ""
        return self.values[column]

    def text(self, column: str, size: int = 300, *, empty: bool = False) -> str:
        """Stripped text of at most `size` characters."""
        value = self.raw(column)
        value = "" if value is None else str(value).strip()
        if not value and not empty:
            self.wrong(column, "不能为空，请填写。")
        if len(value) > size:
            self.wrong(column, f"超过 {size} 个字，请缩短。")
        return value[:size]

    def number(self, column: str, *, empty: bool = False) -> int | None:
        """A whole number, or None when it may be empty."""
        value = self.raw(column)
        if value in ("", None) and empty:
            return None
        try:
            number = int(value)
        except (TypeError, ValueError):
            self.wrong(column, "应为整数，请改正。")
            return 0
        if isinstance(value, bool) or number < 0:
            self.wrong(column, "应为不小于 0 的整数，请改正。")
        return number

    def flag(self, column: str) -> bool:
        """true/false or 是/否."""
        value = self.raw(column)
        if isinstance(value, bool):
            return value
        if value not in FLAGS:
            self.wrong(column, "应为 true 或 false（是或否）。")
        return FLAGS.get(value, False)

    def choice(self, column: str, words: Mapping[str, Any]) -> Any:
        """The value `words` gives for the cell's word."""
        value = self.raw(column)
        if value not in words:
            self.wrong(column, f"只能是：{'、'.join(map(str, words))}。")
            return next(iter(words.values()))
        return words[value]

    def parts(self, column: str, separator: str = "|") -> list[str]:
        """Non-empty parts of a separated cell."""
        return [part.strip() for part in str(self.raw(column) or "").split(separator) if part]

    def rows(self, column: str) -> Iterator["Cells"]:
        """The objects of a JSON list, each with its own path for messages."""
        value = self.raw(column)
        if not isinstance(value, list):
            self.wrong(column, "应为列表。")
            return
        for index, inner in enumerate(value, start=1):
            yield Cells(
                inner,
                file=self.file,
                row=self.row,
                errors=self.errors,
                path=f"{self.path}{column}[{index}].",
            )

    def inner(self, column: str) -> "Cells":
        """One nested JSON object."""
        value = self.raw(column)
        if not isinstance(value, dict):
            self.wrong(column, "应为对象。")
            value = {}
        return Cells(
            value,
            file=self.file,
            row=self.row,
            errors=self.errors,
            path=f"{self.path}{column}.",
        )


def read_table(folder: Path, name: str, errors: list[RowError]) -> list[Cells]:
    """All rows of a UTF-8 CSV file; a missing file or wrong encoding is one error."""
    path = folder / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
    except FileNotFoundError:
        errors.append(RowError(name, 0, "", "", "找不到这个文件，请检查目录。"))
        return []
    except UnicodeDecodeError:
        errors.append(RowError(name, 0, "", "", "不是 UTF-8 编码，请另存为 UTF-8。"))
        return []
    return [Cells(row, file=name, row=number, errors=errors) for number, row in enumerate(rows, 2)]


def read_guide(folder: Path, seq: int, errors: list[RowError]) -> Cells | None:
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
    return Cells(values, file=name, row=1, errors=errors)
