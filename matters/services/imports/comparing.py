"""What in the file differs from the catalogue: `imp_change(seq, sheet)`.

A matter is compared with the version being worked on, or with the one in force. A sheet of parts
is compared as a whole per matter, in order; the sheet of matters column by column.
"""

from dataclasses import dataclass
from typing import Any

from matters.services.imports.staging import Staged
from matters.sheets.columns import Column

#: order of staged rows, so that equal content in another order of lines stays equal
STAGED_ORDER = {
    "item": "s.suffix",
    "condition": "s.kind, s.position",
    "situation": "s.first_position, s.position",
}


@dataclass(frozen=True)
class Counts:
    """Matters named in the file, by what would become of them."""

    added: int
    changed: int
    unchanged: int


def compare(cursor: Any, staged: dict[str, Staged]) -> None:
    """Fill `imp_change`."""
    cursor.execute("CREATE TEMP TABLE imp_change (seq integer, sheet text) ON COMMIT DROP")
    for entry in staged.values():
        cursor.execute(f"INSERT INTO imp_change {_differences(entry, 'edition_id')}")
    cursor.execute("CREATE INDEX ON imp_change (seq)")
    cursor.execute("ANALYZE imp_change (seq)")


def _differences(entry: Staged, edition: str) -> str:
    return _main(entry, edition) if entry.sheet.is_main else _part(entry, edition)


def _main(entry: Staged, edition: str) -> str:
    """Matters whose own elements differ. A base code given for an existing matter is checked
    elsewhere and is no change."""
    columns = [column for column in entry.columns if column.name != "base_code"]
    differs = f"ROW({_staged(columns)}) IS DISTINCT FROM ROW({_stored(columns)})"
    return f"""
        SELECT s.seq, '{entry.sheet.name}' FROM {entry.table} s
        JOIN imp_base b ON b.seq = s.seq
        LEFT JOIN matters_matterversion e ON e.id = b.{edition}
        WHERE e.id IS NULL{f" OR {differs}" if columns else ""}
    """


def _staged(columns: list[Column]) -> str:
    return ", ".join(f's."{column.name}"' for column in columns)


def _stored(columns: list[Column]) -> str:
    return ", ".join(f"({column.sql})::{column.db_type}" for column in columns)


def _part(entry: Staged, edition: str) -> str:
    """Matters whose rows of this sheet differ, in number, order or content."""
    sheet, columns = entry.sheet, list(entry.columns)
    order = STAGED_ORDER.get(sheet.name, "s.position")
    return f"""
        WITH new AS (
            SELECT s.seq, jsonb_agg(jsonb_build_array({_staged(columns)}) ORDER BY {order}) AS v
            FROM {source(entry)} s GROUP BY s.seq),
        old AS (
            SELECT b.seq,
                   jsonb_agg(jsonb_build_array({_stored(columns)}) ORDER BY {sheet.order}) AS v
            FROM imp_base b JOIN matters_matterversion e ON e.id = b.{edition} {sheet.tables}
            WHERE b.seq IN (SELECT seq FROM {entry.table})
            GROUP BY b.seq)
        SELECT new.seq, '{sheet.name}' FROM new LEFT JOIN old ON old.seq = new.seq
        WHERE new.seq IS NOT NULL AND new.v IS DISTINCT FROM old.v
    """


def source(entry: Staged) -> str:
    """The staged rows; those of a question stand where its first row stands."""
    if entry.sheet.name != "situation" or not entry.has("key"):
        return entry.table
    first = "min(position) OVER (PARTITION BY seq, key) AS first_position"
    return f"(SELECT *, {first} FROM {entry.table})"


def same_as_published(cursor: Any, staged: dict[str, Staged]) -> None:
    """Forget changes of matters that somebody else is working on when the file only repeats the
    edition in force: there is nothing to import."""
    cursor.execute(
        "CREATE TEMP TABLE imp_other ON COMMIT DROP AS SELECT seq FROM imp_base"
        " WHERE NOT is_own AND open_id IS NOT NULL AND published_id IS NOT NULL"
        " AND seq IN (SELECT seq FROM imp_change)"
    )
    cursor.execute("SELECT EXISTS (SELECT FROM imp_other)")
    if not cursor.fetchone()[0]:
        return
    differing = " UNION ".join(
        f"SELECT seq FROM ({_differences(entry, 'published_id')}) d(seq, sheet)"
        for entry in staged.values()
    )
    cursor.execute(
        f"DELETE FROM imp_change WHERE seq IN (SELECT seq FROM imp_other)"
        f" AND seq NOT IN ({differing})"
    )


def counts(cursor: Any) -> Counts:
    """How many matters are added, changed and left alone."""
    cursor.execute(
        "SELECT count(*) FILTER (WHERE c.seq IS NOT NULL AND b.edition_id IS NULL),"
        " count(*) FILTER (WHERE c.seq IS NOT NULL AND b.edition_id IS NOT NULL),"
        " count(*) FILTER (WHERE c.seq IS NULL)"
        " FROM imp_base b LEFT JOIN (SELECT DISTINCT seq FROM imp_change) c ON c.seq = b.seq"
    )
    return Counts(*cursor.fetchone())


def plan_hash(cursor: Any) -> str:
    """Fingerprint of what would be written and over what: the person confirms exactly this.

    A sum over the lines, so that their order says nothing and none has to be sorted.
    """
    cursor.execute(
        "SELECT count(*), COALESCE(sum(hashtextextended(line, 1)), 0)"
        " FROM (SELECT concat_ws(',', c.seq, c.sheet, b.edition_id) AS line"
        " FROM imp_change c JOIN imp_base b ON b.seq = c.seq) lines"
    )
    lines, fingerprint = cursor.fetchone()
    return f"{lines}:{fingerprint}"
