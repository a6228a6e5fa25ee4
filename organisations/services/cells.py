"""Reading tables: every wrong cell becomes a `RowError`, none stops the rest."""

import csv
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from common.rowerrors import RowError, RowErrors

Rows = list[dict[str, str]]
SEPARATOR = "|"
TRUTH = {"true": True, "是": True, "false": False, "否": False, "": False}


class Cells:
    """The cells of one row; `number` counts from 1 with the header as row 1.

    Columns that a file does not have read as empty, so a shorter file of an office loads too.
    """

    def __init__(self, file: str, number: int, row: dict[str, str], errors: list[RowError]):
        self.file, self.number, self.row, self.errors = file, number, row, errors

    def raw(self, column: str) -> str:
        """The cell without surrounding space."""
        return (self.row.get(column) or "").strip()

    def fail(self, column: str, reason: str) -> None:
        """Note that the cell is wrong."""
        self.errors.append(RowError(self.file, self.number, column, self.raw(column), reason))

    def text(self, column: str, model: type[models.Model], *, required: bool = False) -> str:
        """Text that the field of the same name takes: presence, length and validators."""
        value = self.raw(column)
        if not value:
            if required:
                self.fail(column, "不能为空，请填写。")
            return ""
        try:
            model._meta.get_field(column).run_validators(value)
        except ValidationError as error:
            self.fail(column, "；".join(error.messages))
        return value

    def choice(self, column: str, choices: type[models.TextChoices], default: str = "") -> str:
        """A code or its Chinese label."""
        value = self.raw(column) or default
        codes = {label: code for code, label in choices.choices} | {c: c for c in choices.values}
        if value not in codes:
            self.fail(column, f"只能填写 {'、'.join(choices.labels)}。")
        return codes.get(value, "")

    def truth(self, column: str) -> bool:
        """true or false; empty is false."""
        value = self.raw(column).lower()
        if value not in TRUTH:
            self.fail(column, "只能填写 true 或 false。")
        return TRUTH.get(value, False)

    def many(self, column: str, known: Collection[str] | None = None) -> list[str]:
        """Values separated by “|”, each once, in the order given; all `known` when asked."""
        values = list(dict.fromkeys(v.strip() for v in self.raw(column).split(SEPARATOR) if v))
        for value in values:
            if known is not None and value not in known:
                self.fail(column, f"找不到“{value}”，请改用已有的值。")
        return values

    def known(self, column: str, known: Collection[str], where: str) -> str:
        """Empty, or one of the keys another table has."""
        value = self.raw(column)
        if value and value not in known:
            self.fail(column, f"{where}里没有这一个，请补充或改用已有的。")
        return value


def parse_rows(
    file: str,
    rows: list[dict[str, str]],
    read: Callable[[Cells], dict[str, Any]],
    key: str,
    column: str = "",
) -> tuple[list[dict[str, Any]], list[RowError]]:
    """Read every row with `read`; row 2 is the first of data.

    A repeated `key` is an error of `column` (by default the column of that name).
    """
    errors: list[RowError] = []
    parsed, seen = [], {}
    for number, row in enumerate(rows, 2):
        cells = Cells(file, number, row, errors)
        values = read(cells)
        if values[key] in seen:
            cells.fail(column or key, f"与第 {seen[values[key]]} 行重复。")
        seen.setdefault(values[key], number)
        parsed.append(values)
    return parsed, errors


def read_table(path: Path) -> Rows:
    """Rows of a UTF-8 CSV file with a header; raises RowErrors when it is missing or unreadable."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    except FileNotFoundError:
        reason = "文件不存在，请放入数据目录。"
    except UnicodeDecodeError:
        reason = "不是 UTF-8 编码，请另存为 CSV（UTF-8）。"
    raise RowErrors([RowError(path.name, 1, "", "", reason)])
