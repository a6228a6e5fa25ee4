"""Editions as rows of sheets: for the export, and for what the preview shows before and after."""

from collections.abc import Iterator, Sequence

from django.db import connection

from matters.sheets.layout import Sheet
from matters.sheets.vocabulary import Vocabulary

Cells = list[str | int]
#: rows taken from the database at a time
CHUNK = 2_000


def rows_of(sheet: Sheet, version_ids: Sequence[int], words: Vocabulary) -> Iterator[Cells]:
    """Lines of one sheet in the order of `version_ids`; the first cell is the matter's number."""
    for start in range(0, len(version_ids), CHUNK):
        yield from _chunk(sheet, version_ids[start : start + CHUNK], words)


def _chunk(sheet: Sheet, version_ids: Sequence[int], words: Vocabulary) -> Iterator[Cells]:
    with connection.cursor() as cursor:
        cursor.execute(statement(sheet), [list(version_ids)])
        rows = cursor.fetchall()
    reader = 0 if sheet.is_main else 1
    for seq, name, *values in rows:
        shown = [
            column.shown(value, words) for column, value in zip(sheet.columns, values, strict=True)
        ]
        yield [seq, *([name] * reader), *shown]


def statement(sheet: Sheet) -> str:
    """SQL of the rows of a list of editions: number, name, then one value per column.

    Names come from the models and from `matters.sheets.layout`, never from a request.
    """
    columns = ", ".join(f"({column.sql})::{column.db_type}" for column in sheet.columns)
    order = "" if sheet.is_main else f", {sheet.order}"
    return (
        f"SELECT m.seq, e.name, {columns} FROM unnest(%s::bigint[]) WITH ORDINALITY w(id, place)"
        " JOIN matters_matterversion e ON e.id = w.id JOIN matters_matter m ON m.id = e.matter_id"
        f" {sheet.tables} ORDER BY w.place{order}"
    )
