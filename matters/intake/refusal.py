"""Saying no: to a whole file at once, or to many cells together."""

from dataclasses import dataclass, field
from typing import Any

from common.rowerrors import RowError, RowErrors
from matters.intake import limits

SHOWN_VALUE = 80


def whole_file(reason: str, place: str = "") -> RowErrors:
    """A refusal of the file (or of the sheet `place`) as such: row 0, no column."""
    return RowErrors([RowError(place, 0, "", "", reason)])


@dataclass
class Problems:
    """Wrong cells: the first ones word for word, all of them counted."""

    listed: list[RowError] = field(default_factory=list)
    total: int = 0

    def add(self, sheet: str, row: int, column: str, value: Any, reason: str) -> None:
        """Note one wrong cell."""
        self.total += 1
        if len(self.listed) < limits.ERRORS:
            shown = str(value).replace("\x00", "�")[:SHOWN_VALUE]
            self.listed.append(RowError(sheet, row, column, shown, reason))
