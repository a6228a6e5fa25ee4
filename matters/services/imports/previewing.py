"""What would change, element by element, in the words of the sheets.

Stored with the job as plain data, so that the page that is confirmed shows what was compared:
[{"seq", "name", "is_new", "changes": [{"sheet", "heading", "before", "after"}]}].
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from matters.services.imports.staging import Staged
from matters.sheets import vocabulary
from matters.sheets.columns import Column
from matters.sheets.layout import MAIN, Sheet
from matters.sheets.reading import rows_of
from matters.sheets.vocabulary import Vocabulary

#: matters shown one by one; the counts say how many there are
SHOWN_MATTERS = 200
#: changed lines shown per sheet of a matter, and characters per value
SHOWN_LINES, SHOWN_CHARACTERS = 12, 160
Change = dict[str, str]
Row = list[str]


def preview(cursor: Any, staged: dict[str, Staged]) -> list[dict[str, Any]]:
    """The first changed matters in the order of their numbers."""
    words = vocabulary.current()
    matters = _matters(cursor)
    sheets = defaultdict(list)
    cursor.execute("SELECT sheet, seq FROM imp_change WHERE seq = ANY(%s)", [list(matters)])
    for name, seq in cursor.fetchall():
        sheets[name].append(seq)
    for name, entry in staged.items():
        changed = [seq for seq in sheets[name] if not matters[seq]["is_new"]]
        find = _main_changes if entry.sheet.is_main else _part_changes
        for seq, changes in find(cursor, entry, changed, words).items():
            matters[seq]["changes"] += changes
    return list(matters.values())


def _matters(cursor: Any) -> dict[int, dict[str, Any]]:
    cursor.execute(
        "SELECT b.seq, m.name, b.edition_id IS NULL, COALESCE(v.status = 'draft', false)"
        " FROM imp_base b JOIN imp_merged m ON m.seq = b.seq"
        " LEFT JOIN matters_matterversion v ON v.id = b.open_id"
        " WHERE b.seq IN (SELECT seq FROM imp_change) ORDER BY b.seq LIMIT %s",
        [SHOWN_MATTERS],
    )
    return {
        seq: {"seq": seq, "name": name, "is_new": is_new, "in_draft": in_draft, "changes": []}
        for seq, name, is_new, in_draft in cursor.fetchall()
    }


def _main_changes(
    cursor: Any, entry: Staged, seqs: list[int], words: Vocabulary
) -> dict[int, list[Change]]:
    columns = [column for column in entry.columns if column.name != "base_code"]
    new = ", ".join(f's."{column.name}"' for column in columns)
    old = ", ".join(f"({column.sql})::{column.db_type}" for column in columns)
    if not columns or not seqs:
        return {}
    cursor.execute(
        f"SELECT s.seq, {new}, {old} FROM imp_matter s JOIN imp_base b ON b.seq = s.seq"
        " JOIN matters_matterversion e ON e.id = b.edition_id WHERE s.seq = ANY(%s)",
        [seqs],
    )
    found = {}
    for seq, *values in cursor.fetchall():
        after, before = values[: len(columns)], values[len(columns) :]
        found[seq] = [
            _change(MAIN.title, column.heading, column.shown(was, words), column.shown(now, words))
            for column, was, now in zip(columns, before, after, strict=True)
            if was != now
        ]
    return found


def _part_changes(
    cursor: Any, entry: Staged, seqs: list[int], words: Vocabulary
) -> dict[int, list[Change]]:
    """Cells that differ where both sides have the row; whole rows that are gone or new."""
    if not seqs:
        return {}
    cursor.execute("SELECT seq, edition_id FROM imp_base WHERE seq = ANY(%s)", [seqs])
    editions = dict(cursor.fetchall())
    columns = [column for column in entry.sheet.columns if entry.has(column.name)]
    places = [n for n, column in enumerate(entry.sheet.columns) if column in columns]
    before: dict[int, list[Row]] = defaultdict(list)
    for seq, _, *cells in rows_of(entry.sheet, list(editions.values()), words):
        before[int(seq)].append([str(cells[place]) for place in places])
    after = _staged_rows(cursor, entry, columns, seqs, words)
    compare = _Rows(entry.sheet, columns)
    return {seq: compare.changes(before[seq], after[seq]) for seq in seqs}


def _staged_rows(
    cursor: Any, entry: Staged, columns: list[Column], seqs: list[int], words: Vocabulary
) -> dict[int, list[Row]]:
    names = ", ".join(f'"{column.name}"' for column in columns)
    cursor.execute(
        f"SELECT seq, {names} FROM {entry.table} WHERE seq = ANY(%s) ORDER BY seq, position", [seqs]
    )
    found: dict[int, list[Row]] = defaultdict(list)
    for seq, *values in cursor.fetchall():
        cells = [str(c.shown(value, words)) for c, value in zip(columns, values, strict=True)]
        found[seq].append(cells)
    return found


class _Rows:
    """Two lists of rows of one sheet and one matter, side by side."""

    def __init__(self, sheet: Sheet, columns: list[Column]):
        self.sheet, self.columns = sheet, columns
        names = [column.name for column in columns]
        self.key = [names.index(name) for name in sheet.key if name in names]
        self.title = names.index("name") if "name" in names else 0

    def changes(self, before: list[Row], after: list[Row]) -> list[Change]:
        """At most `SHOWN_LINES` changes, then how many more there are."""
        found = list(self._all(before, after))
        if not found:
            found = [_change(self.sheet.title, "顺序", "原来的顺序", "文件里的顺序")]
        if len(found) > SHOWN_LINES:
            rest = f"还有 {len(found) - SHOWN_LINES} 处改动"
            found = [*found[:SHOWN_LINES], _change(self.sheet.title, "其余", "", rest)]
        return found

    def _all(self, before: list[Row], after: list[Row]) -> Iterator[Change]:
        old, new = self._named(before, len(after)), self._named(after, len(before))
        for name in {**old, **new}:
            was, now = old.get(name), new.get(name)
            if was and now:
                yield from self._cells(was, now)
            elif was:
                yield _change(self.sheet.title, "删去一行", _line(was), "")
            elif now:
                yield _change(self.sheet.title, "增加一行", "", _line(now))

    def _named(self, rows: list[Row], others: int) -> dict[Any, Row]:
        """Rows by their key; without one by their place when the number of rows is the same, and
        else by their content."""
        if self.key:
            return {tuple(row[place] for place in self.key): row for row in rows}
        if len(rows) == others:
            return dict(enumerate(rows))
        return {tuple(row): row for row in rows}

    def _cells(self, was: Row, now: Row) -> Iterator[Change]:
        for column, old, new in zip(self.columns, was, now, strict=True):
            if old != new:
                heading = f"{was[self.title][:30]} · {column.heading}"
                yield _change(self.sheet.title, heading, old, new)


def _line(cells: Row) -> str:
    return "｜".join(cell for cell in cells if cell)


def _change(sheet: str, heading: str, before: Any, after: Any) -> Change:
    return {"sheet": sheet, "heading": heading, "before": _short(before), "after": _short(after)}


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
