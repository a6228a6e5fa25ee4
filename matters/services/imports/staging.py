"""The checked lines in temporary tables, and the catalogue's editions beside them.

Tables live until the end of the transaction: `imp_<sheet>` per sheet of the file (row, seq,
position, the columns the file has), `imp_base` (one row per matter named anywhere in the file) and
the view `imp_merged` (every element of the edition as it would be written).

Names in these statements come from the models, never from a file.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Field

from matters.models import MatterVersion
from matters.services.copying import OWN_LIFE
from matters.services.imports import places
from matters.services.imports.sandbox import Reading
from matters.sheets.columns import Column
from matters.sheets.layout import BY_NAME, MAIN, Sheet
from matters.workflow import OPEN, VersionStatus

CHUNK = 1 << 20
#: drafts the person of the import prepared; nobody else's are touched
OWN_DRAFTS = """
    SELECT m.version_id FROM matters_versionmove m
    WHERE m.event = 'prepare' AND m.by_id = %(user)s AND NOT EXISTS (
        SELECT FROM matters_elementchange x
        WHERE x.version_id = m.version_id AND x.by_id <> %(user)s)
"""
OTHER_TABLES = ("imp_base", "imp_change", "imp_other", "imp_target", "imp_use")
#: columns every new edition starts with, whatever the one before had; the rest of its own life
#: (`copying.OWN_LIFE`) starts with the defaults
FRESH = {
    "number": "0",
    "status": f"'{VersionStatus.DRAFT}'",
    "source_digest": "''",
    "created_at": "clock_timestamp()",
}


@dataclass(frozen=True)
class Staged:
    """A sheet of the file: its layout and the columns it brought."""

    sheet: Sheet
    columns: tuple[Column, ...]

    @property
    def table(self) -> str:
        """Name of its temporary table."""
        return f"imp_{self.sheet.name}"

    def has(self, name: str) -> bool:
        """Whether the file has that column."""
        return any(column.name == name for column in self.columns)


def stage(
    cursor: Any, folder: str, reading: Reading, user_id: int, *, hold: bool = False
) -> dict[str, Staged]:
    """Fill the temporary tables from the lines of one job; sheet name → what is staged.

    `hold`: lock the matters and drafts of the file before looking at them, for writing.
    """
    staged = {MAIN.name: Staged(MAIN, ())}
    for report in reading.sheets:
        sheet = BY_NAME[report["name"]]
        names = sheet.by_name
        columns = tuple(names[name] for name in report["columns"])
        staged[sheet.name] = Staged(sheet, columns)
    _clear(cursor)
    for entry in staged.values():
        _create(cursor, entry)
        if any(report["name"] == entry.sheet.name for report in reading.sheets):
            _copy(cursor, entry, folder)
    if hold:
        _hold(cursor, staged)
    _base(cursor, staged, user_id)
    _merged(cursor, staged[MAIN.name])
    return staged


def _clear(cursor: Any) -> None:
    """Drop what an attempt before left in the same transaction."""
    names = [*(f"imp_{name}" for name in BY_NAME), *OTHER_TABLES]
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{name}' for name in names)} CASCADE")


def _create(cursor: Any, entry: Staged) -> None:
    columns = "".join(f', "{column.name}" {column.db_type}' for column in entry.columns)
    cursor.execute(
        f"CREATE TEMP TABLE {entry.table}"
        f' ("row" integer, seq integer, position integer{columns}) ON COMMIT DROP'
    )


def _copy(cursor: Any, entry: Staged, folder: str) -> None:
    path = places.staged_in(folder) / f"{entry.sheet.name}.copy"
    with path.open("rb") as stream, cursor.copy(f"COPY {entry.table} FROM STDIN") as copy:
        while chunk := stream.read(CHUNK):
            copy.write(chunk)
    cursor.execute(f"ANALYZE {entry.table} (seq)")


def _hold(cursor: Any, staged: dict[str, Staged]) -> None:
    """Matter before version, in the order of their keys, as everywhere (`services.moves`)."""
    named = f"SELECT id FROM matters_matter WHERE seq IN ({_seqs(staged)})"
    cursor.execute(f"{named} ORDER BY id FOR NO KEY UPDATE")
    cursor.execute(
        f"SELECT id FROM matters_matterversion WHERE matter_id IN ({named})"
        f" AND status = '{VersionStatus.DRAFT}' ORDER BY id FOR NO KEY UPDATE"
    )


def _seqs(staged: dict[str, Staged]) -> str:
    """SQL of every number in the file."""
    return " UNION ".join(f"SELECT seq FROM {entry.table}" for entry in staged.values())


def _base(cursor: Any, staged: dict[str, Staged], user_id: int) -> None:
    """Matter, open version, version in force for every number in the file."""
    seqs = _seqs(staged)
    opened = ", ".join(f"'{status}'" for status in sorted(OPEN))
    cursor.execute(
        f"""
        CREATE TEMP TABLE imp_base ON COMMIT DROP AS
        SELECT s.seq, m.id AS matter_id, m.status AS matter_status,
               o.id AS open_id, o.status AS open_status, p.id AS published_id,
               COALESCE(o.id, p.id, l.id) AS edition_id,
               COALESCE(o.status = '{VersionStatus.DRAFT}' AND o.id IN ({OWN_DRAFTS}), false)
                   AS is_own
        FROM ({seqs}) s
        LEFT JOIN matters_matter m ON m.seq = s.seq
        LEFT JOIN LATERAL (
            SELECT v.id, v.status FROM matters_matterversion v
            WHERE v.matter_id = m.id AND v.status IN ({opened})
            ORDER BY v.number DESC LIMIT 1) o ON true
        LEFT JOIN matters_matterversion p ON p.matter_id = m.id AND p.status = 'published'
        LEFT JOIN LATERAL (
            SELECT v.id FROM matters_matterversion v
            WHERE v.matter_id = m.id ORDER BY v.number DESC LIMIT 1) l
            ON o.id IS NULL AND p.id IS NULL
        WHERE s.seq IS NOT NULL
        """,
        {"user": user_id},
    )
    cursor.execute("CREATE INDEX ON imp_base (seq)")
    cursor.execute("ANALYZE imp_base (seq)")


def _merged(cursor: Any, main: Staged) -> None:
    """The edition each matter would get: the file over the edition it has, over defaults."""
    columns = ", ".join(
        f'{merged_value(field, main)} AS "{field.column}"' for field in content_fields()
    )
    cursor.execute(
        f"""
        CREATE TEMP VIEW imp_merged AS
        SELECT s."row", b.seq, b.matter_id, b.edition_id, {columns}
        FROM imp_base b
        LEFT JOIN imp_matter s ON s.seq = b.seq
        LEFT JOIN matters_matterversion e ON e.id = b.edition_id
        """
    )


def content_fields() -> list[Field]:
    """Concrete fields of an edition without its id and its matter."""
    return [
        field
        for field in MatterVersion._meta.concrete_fields
        if field.column not in {"id", "matter_id"}
    ]


def merged_value(field: Field, main: Staged) -> str:
    """SQL of one element of the new edition."""
    kind = str(field.db_type(connection))
    if field.column in FRESH:
        return f"{FRESH[field.column]}::{kind}"
    if field.name in OWN_LIFE:
        return f"{default_of(field)}::{kind}"
    kept = f'CASE WHEN e.id IS NULL THEN {default_of(field)} ELSE e."{field.column}" END'
    if main.has(str(field.column)):
        cast = f"::{kind}" if kind.endswith("[]") else ""
        return f'CASE WHEN s.seq IS NULL THEN {kept} ELSE s."{field.column}"{cast} END'
    return kept


def default_of(field: Field) -> str:
    """SQL of the value an element has in a guide that says nothing about it."""
    kind = field.get_internal_type()
    if field.has_default():
        value = field.get_default()
        if isinstance(value, bool):
            return str(value).upper()
        if value in ([], {}):
            return "'{}'"
        return f"'{value}'"
    if field.null:
        return "NULL"
    return "''" if kind in ("CharField", "TextField", "URLField", "EmailField") else "NULL"
