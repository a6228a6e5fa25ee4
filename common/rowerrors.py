"""Errors of a table, collected so that a person can mend all of them at once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RowError:
    """One wrong cell. `row` counts from 1 with the header as row 1; `column` is its name."""

    file: str
    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.row} 行“{self.column}”（{self.value}）：{self.reason}"


class RowErrors(Exception):
    """Raised instead of writing anything when a table has wrong cells."""

    def __init__(self, errors: list[RowError]):
        super().__init__(f"共 {len(errors)} 处错误")
        self.errors = errors
