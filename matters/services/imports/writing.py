"""Writing what differs: new drafts beside the editions in force, own drafts in place.

All in the caller's transaction: killed half-way, the catalogue is what it was. Call after
`comparing.compare`, when nothing is wrong.
"""

import datetime
from typing import Any

from django.db import models

from accounts.models import User
from audit.chain import append_all, canonical
from common import clock
from matters.models import BaseItem, ElementChange, Matter, VersionMove
from matters.services.imports.staging import (
    Staged,
    content_fields,
    default_of,
)
from matters.sheets.layout import BY_NAME, MAIN, PARTS, Sheet
from matters.workflow import VersionEvent, VersionStatus

REASON = "从文件导入"
#: part tables that hang on the edition alone
FLAT = (
    "matters_versiontheme",
    "matters_jointagency",
    "matters_businessitem",
    "matters_situation",
    "matters_condition",
    "matters_material",
    "matters_step",
    "matters_fee",
    "matters_result",
    "matters_faq",
    "matters_legalbasis",
)
LINKS = {
    "themes": ("matters_versiontheme", "theme_id"),
    "joint_agencies": ("matters_jointagency", "agency_id"),
}


def write(cursor: Any, staged: dict[str, Staged], *, by: User) -> None:
    """Write every difference; `imp_target` then lists version, origin and newness per matter."""
    main = staged[MAIN.name]
    _new_matters(cursor, main)
    _targets(cursor)
    _new_versions(cursor)
    _record_moves(cursor, by)
    _copy_parts(cursor)
    _record_changes(cursor, staged, by)
    _own_drafts(cursor, main)
    for name in LINKS:
        if main.has(name):
            _write_links(cursor, name)
    for sheet in PARTS:
        if sheet.name in staged:
            _write_part(cursor, staged[sheet.name])


def _new_matters(cursor: Any, main: Staged) -> None:
    if not main.has("name"):  # then there are none: checked before
        return
    has_code = main.has("base_code")
    if has_code:
        _insert(
            cursor,
            BaseItem,
            {"code": "s.base_code", "name": "max(s.name)"},
            "imp_matter s JOIN imp_base b ON b.seq = s.seq WHERE b.matter_id IS NULL"
            " AND s.base_code <> '' AND NOT EXISTS"
            " (SELECT FROM matters_baseitem x WHERE x.code = s.base_code) GROUP BY s.base_code",
        )
    code = "(SELECT x.id FROM matters_baseitem x WHERE x.code = NULLIF(s.base_code, ''))"
    _insert(
        cursor,
        Matter,
        {
            "seq": "s.seq",
            "name": "s.name",
            "base_item_id": code if has_code else "NULL",
            "source": "'导入'",
        },
        "imp_matter s JOIN imp_base b ON b.seq = s.seq WHERE b.matter_id IS NULL",
    )
    cursor.execute(
        "UPDATE imp_base b SET matter_id = m.id FROM matters_matter m"
        " WHERE m.seq = b.seq AND b.matter_id IS NULL"
    )


def _insert(cursor: Any, model: type[models.Model], values: dict[str, str], rest: str) -> None:
    """INSERT … SELECT with defaults for every column that is not given."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    chosen = ", ".join(values.get(str(field.column)) or default_of(field) for field in fields)
    cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {chosen} FROM {rest}')


def _targets(cursor: Any) -> None:
    """The version every changed matter is written to: the own draft, or a new one."""
    cursor.execute(
        """
        CREATE TEMP TABLE imp_target ON COMMIT DROP AS
        SELECT b.seq, b.matter_id, b.edition_id AS origin_id, NOT b.is_own AS is_new,
               CASE WHEN b.is_own THEN b.open_id
                    ELSE nextval(pg_get_serial_sequence('matters_matterversion', 'id'))
               END AS version_id
        FROM imp_base b WHERE b.seq IN (SELECT seq FROM imp_change)
        """
    )
    cursor.execute("ANALYZE imp_target (seq, version_id)")


def _new_versions(cursor: Any) -> None:
    """A matter of the file gets the merged elements; numbers go on after the last kept one."""
    fields = content_fields()
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(map(_new_value, fields))
    cursor.execute(
        f"""
        INSERT INTO matters_matterversion (id, matter_id, {names})
        SELECT t.version_id, t.matter_id, {values}
        FROM imp_target t JOIN imp_merged m ON m.seq = t.seq
        LEFT JOIN (SELECT v.matter_id, max(v.number) AS last FROM matters_matterversion v
                   WHERE v.matter_id IN (SELECT matter_id FROM imp_target)
                     AND v.status <> 'discarded' GROUP BY v.matter_id) n
          ON n.matter_id = t.matter_id
        WHERE t.is_new
        """
    )


def _new_value(field: models.Field) -> str:
    """SQL of one column of a new edition."""
    if field.column == "number":
        return "COALESCE(n.last, 0) + 1"
    return f'm."{field.column}"'


def _record_moves(cursor: Any, by: User) -> None:
    """The first link of each new draft's history: who prepared it never approves it.

    Rows differ in the version alone, the last key of the hashed text (`audit.chain.canonical`),
    so the database hashes them itself: fifty times as fast as row by row.
    """
    move = VersionMove(
        version_id=0,
        event=VersionEvent.PREPARE,
        to_status=VersionStatus.DRAFT,
        by=by,
        at=clock.now(),
        reason=REASON,
        sequence=1,
    )
    start, end = canonical(move).rsplit("0", 1)
    fields = [field for field in VersionMove._meta.concrete_fields if not field.primary_key]
    values = {"version_id": "t.version_id", "row_hash": HASHED}
    names = ", ".join(f'"{field.column}"' for field in fields)
    chosen = ", ".join(values.get(str(field.column), "%s") for field in fields)
    params: list[Any] = []
    for field in fields:
        if field.column == "row_hash":
            params += [start, end]
        elif field.column not in values:
            params.append(getattr(move, field.attname))
    cursor.execute(
        f"INSERT INTO matters_versionmove ({names}) SELECT {chosen} FROM imp_target t"
        " WHERE t.is_new ORDER BY t.version_id",
        params,
    )


#: the digest of one row, from the text before and behind its version
HASHED = "encode(sha256(convert_to(%s::text || t.version_id || %s::text, 'UTF8')), 'hex')"


# --- parts of the edition a new draft starts from ---


def _copy_parts(cursor: Any) -> None:
    cursor.execute("SELECT EXISTS (SELECT FROM imp_target WHERE is_new AND origin_id IS NOT NULL)")
    if not cursor.fetchone()[0]:
        return
    for table in FLAT:
        _copy_rows(cursor, table)
    cursor.execute(_COPY_OPTIONS)
    cursor.execute(_COPY_USES)


def _copy_rows(cursor: Any, table: str) -> None:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped AND attname NOT IN ('id', 'version_id') ORDER BY attnum",
        [table],
    )
    names = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
    cursor.execute(
        f"INSERT INTO {table} (version_id, {names}) SELECT t.version_id, {names} FROM {table} p"
        " JOIN imp_target t ON t.origin_id = p.version_id AND t.is_new ORDER BY p.id"
    )


_COPY_OPTIONS = """
    INSERT INTO matters_situationoption (situation_id, key, label, position)
    SELECT new.id, o.key, o.label, o.position FROM imp_target t
    JOIN matters_situation old ON old.version_id = t.origin_id
    JOIN matters_situation new ON new.version_id = t.version_id AND new.key = old.key
    JOIN matters_situationoption o ON o.situation_id = old.id WHERE t.is_new ORDER BY o.id
"""
_COPY_USES = """
    INSERT INTO matters_materialuse (material_id, item_id)
    SELECT new.id, item.id FROM imp_target t
    JOIN matters_material old ON old.version_id = t.origin_id
    JOIN matters_material new ON new.version_id = t.version_id AND new.key = old.key
    JOIN matters_materialuse u ON u.material_id = old.id
    JOIN matters_businessitem before ON before.id = u.item_id
    JOIN matters_businessitem item
      ON item.version_id = t.version_id AND item.suffix = before.suffix
    WHERE t.is_new ORDER BY u.id
"""


# --- own drafts and the file's rows ---


def _record_changes(cursor: Any, staged: dict[str, Staged], by: User) -> None:
    """What the file changes in own drafts, element by element; a part table as a whole."""
    cursor.execute("SELECT EXISTS (SELECT FROM imp_target WHERE NOT is_new)")
    if not cursor.fetchone()[0]:
        return
    found = _changed_elements(cursor, staged[MAIN.name])
    cursor.execute(
        "SELECT t.version_id, c.sheet FROM imp_target t JOIN imp_change c ON c.seq = t.seq"
        " WHERE NOT t.is_new AND c.sheet <> %s ORDER BY 1, 2",
        [MAIN.name],
    )
    found += [(version_id, BY_NAME[name].title, None, REASON) for version_id, name in cursor]
    moment = clock.now()
    append_all(
        [
            ElementChange(
                version_id=version_id, element=element, before=before, after=after, by=by, at=moment
            )
            for version_id, element, before, after in found
        ]
    )


def _changed_elements(cursor: Any, main: Staged) -> list[tuple[int, str, Any, Any]]:
    """(version, element, before, after) of the elements of own drafts that differ."""
    columns = [column for column in main.columns if column.name != "base_code"]
    if not columns:
        return []
    new = ", ".join(f's."{column.name}"' for column in columns)
    old = ", ".join(f"({column.sql})::{column.db_type}" for column in columns)
    cursor.execute(
        f"SELECT t.version_id, {old}, {new} FROM imp_target t JOIN imp_matter s ON s.seq = t.seq"
        " JOIN matters_matterversion e ON e.id = t.version_id WHERE NOT t.is_new ORDER BY 1"
    )
    found = []
    for version_id, *values in cursor.fetchall():
        before, after = values[: len(columns)], values[len(columns) :]
        found += [
            (version_id, column.name, plain(was), plain(now))
            for column, was, now in zip(columns, before, after, strict=True)
            if was != now
        ]
    return found


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _own_drafts(cursor: Any, main: Staged) -> None:
    columns = [column for column in main.columns if not column.is_link]
    if not columns:
        return
    sets = ", ".join(f'"{column.name}" = s."{column.name}"' for column in columns)
    cursor.execute(
        f"UPDATE matters_matterversion v SET {sets} FROM imp_target t, imp_matter s"
        " WHERE NOT t.is_new AND v.id = t.version_id AND s.seq = t.seq"
    )


def _write_links(cursor: Any, name: str) -> None:
    """Themes or joint agencies as the file has them."""
    table, column = LINKS[name]
    wanted = f"imp_target t JOIN imp_matter s ON s.seq = t.seq, unnest(s.{name}) x"
    cursor.execute(
        f"DELETE FROM {table} l USING imp_target t, imp_matter s WHERE l.version_id = t.version_id"
        f" AND s.seq = t.seq AND l.{column} <> ALL (s.{name})"
    )
    cursor.execute(
        f"INSERT INTO {table} (version_id, {column}) SELECT t.version_id, x FROM {wanted}"
        " ON CONFLICT DO NOTHING"
    )


def _write_part(cursor: Any, entry: Staged) -> None:
    """Replace the rows of one sheet for the matters in which they differ."""
    sheet = entry.sheet
    changed = (
        f"(SELECT t.* FROM imp_target t JOIN imp_change c ON c.seq = t.seq"
        f" AND c.sheet = '{sheet.name}')"
    )
    if sheet.name == "item":
        _replace_items(cursor, entry, changed)
        return
    if sheet.name == "material":
        cursor.execute(
            f"DELETE FROM matters_materialuse u USING matters_material p, {changed} t"
            " WHERE u.material_id = p.id AND p.version_id = t.version_id"
        )
    if sheet.name == "situation":
        cursor.execute(
            f"DELETE FROM matters_situationoption o USING matters_situation p, {changed} t"
            " WHERE o.situation_id = p.id AND p.version_id = t.version_id"
        )
    _replace_rows(cursor, entry, changed)
    if sheet.name == "material":
        cursor.execute(_WRITE_USES.format(changed=changed))
    if sheet.name == "situation":
        cursor.execute(_WRITE_OPTIONS.format(changed=changed))


def _replace_rows(cursor: Any, entry: Staged, changed: str) -> None:
    sheet, table = entry.sheet, entry.sheet.model._meta.db_table
    cursor.execute(f"DELETE FROM {table} p USING {changed} t WHERE p.version_id = t.version_id")
    values = _values(sheet, entry)
    names = ", ".join(f'"{name}"' for name in values)
    source = f"{entry.table} s"
    if sheet.name == "situation":  # one row per question, though the sheet has one per answer
        source = (
            f"(SELECT DISTINCT ON (seq, key) * FROM {entry.table} ORDER BY seq, key, position) s"
        )
    cursor.execute(
        f"INSERT INTO {table} (version_id, {names})"
        f" SELECT t.version_id, {', '.join(values.values())}"
        f" FROM {source} JOIN {changed} t ON t.seq = s.seq ORDER BY t.version_id, s.position"
    )


def _values(sheet: Sheet, entry: Staged) -> dict[str, str]:
    """Column of the part's table → SQL of its value; the rest of the columns gets defaults."""
    fields = sheet.model._meta.concrete_fields
    return {
        str(field.column): "s.position"
        if field.column == "position"
        else f's."{field.column}"'
        if entry.has(str(field.column))
        else default_of(field)
        for field in fields
        if field.column not in ("id", "version_id")
    }


def _replace_items(cursor: Any, entry: Staged, changed: str) -> None:
    """Materials point at business items: their links are kept by number over the exchange."""
    cursor.execute(
        f"""
        CREATE TEMP TABLE imp_use ON COMMIT DROP AS
        SELECT t.version_id, u.material_id, i.suffix FROM {changed} t
        JOIN matters_businessitem i ON i.version_id = t.version_id
        JOIN matters_materialuse u ON u.item_id = i.id
        """
    )
    cursor.execute(
        f"DELETE FROM matters_materialuse u USING matters_businessitem i, {changed} t"
        " WHERE u.item_id = i.id AND i.version_id = t.version_id"
    )
    _replace_rows(cursor, entry, changed)
    cursor.execute(
        "INSERT INTO matters_materialuse (material_id, item_id)"
        " SELECT k.material_id, i.id FROM imp_use k JOIN matters_businessitem i"
        " ON i.version_id = k.version_id AND i.suffix = k.suffix"
    )


_WRITE_USES = """
    INSERT INTO matters_materialuse (material_id, item_id)
    SELECT p.id, i.id FROM {changed} t JOIN imp_material s ON s.seq = t.seq
    JOIN matters_material p ON p.version_id = t.version_id AND p.key = s.key,
    unnest(s.items) x JOIN matters_businessitem i ON i.suffix = x
    WHERE i.version_id = t.version_id
    ON CONFLICT DO NOTHING
"""
_WRITE_OPTIONS = """
    INSERT INTO matters_situationoption (situation_id, key, label, position)
    SELECT p.id, s.option_key, s.label,
           row_number() OVER (PARTITION BY p.id ORDER BY s.position)
    FROM {changed} t JOIN imp_situation s ON s.seq = t.seq
    JOIN matters_situation p ON p.version_id = t.version_id AND p.key = s.key
"""
