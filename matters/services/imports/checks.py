"""What only the catalogue can tell: references, constraints, base codes, other people's drafts.

Every check is a query that yields (row, value, reason); the sheet and the column are known. The
checks see the merged editions, so a file that brings one column is held against the others.
"""

import contextlib
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import CheckConstraint, Model

from accounts.models import User
from common.errors import Refused
from matters import policies
from matters.intake.refusal import Problems
from matters.services.imports.staging import Staged, default_of
from matters.sheets.layout import BY_NAME, KEY, MAIN, NEEDED_FOR_NEW
from matters.workflow import MatterStatus

#: an agency nobody has: only an unlimited post covers it
NO_AGENCY = 0
#: constraint → the column whose cell is shown
SHOWN_AT = {
    "version_promise_within_limit": "promised_value",
    "version_instant_promises_zero": "promised_value",
    "version_retires_after_effect": "retire_on",
    "item_promise_within_limit": "promised_value",
    "item_suffix_two_digits": "suffix",
    "fee_needs_standard_and_basis": "standard",
    "material_at_least_one_copy": "copies",
}


def check_catalogue(
    cursor: Any, staged: dict[str, Staged], problems: Problems, *, by: User
) -> None:
    """Add every wrong cell the catalogue knows of."""
    main = staged[MAIN.name]
    _unknown_matters(cursor, staged, problems)
    _new_matters(cursor, main, problems)
    if main.has("base_code"):
        _base_codes(cursor, problems)
    for entry in staged.values():
        _constraints(cursor, entry, problems)
    _references(cursor, staged, problems)
    _situations(cursor, staged, problems)
    _conflicts(cursor, staged, problems)
    _posts(cursor, staged, problems, by)


def _add(
    cursor: Any, problems: Problems, sheet: str, column: str, statement: str, params: Any = None
) -> None:
    """Note every (row, value, reason) the statement yields."""
    cursor.execute(statement, params)
    for row, value, reason in cursor:
        problems.add(sheet, row or 0, column, "" if value is None else value, reason)


def _unknown_matters(cursor: Any, staged: dict[str, Staged], problems: Problems) -> None:
    for entry in staged.values():
        if entry.sheet.is_main:
            continue
        _add(
            cursor,
            problems,
            entry.sheet.title,
            KEY,
            f"""
            SELECT min(s."row"), s.seq, '目录里和“事项”工作表里都没有这个序号，请核对。'
            FROM {entry.table} s JOIN imp_base b ON b.seq = s.seq
            WHERE b.matter_id IS NULL AND s.seq NOT IN
                (SELECT seq FROM imp_matter WHERE seq IS NOT NULL)
            GROUP BY s.seq ORDER BY 1
            """,
        )


def _new_matters(cursor: Any, main: Staged, problems: Problems) -> None:
    """A matter without any edition needs every column that may not be empty."""
    missing = [name for name in NEEDED_FOR_NEW if not main.has(name)]
    if not missing:
        return
    cursor.execute(
        'SELECT s."row", s.seq FROM imp_matter s JOIN imp_base b ON b.seq = s.seq'
        " WHERE b.edition_id IS NULL ORDER BY 1 LIMIT 1"
    )
    first = cursor.fetchone()
    for name in missing if first else ():
        heading = MAIN.by_name[name].heading
        reason = f"序号 {first[1]} 是新事项，新事项必须有“{heading}”这一列，请补上。"
        problems.add(MAIN.title, first[0], heading, "", reason)


def _base_codes(cursor: Any, problems: Problems) -> None:
    heading = MAIN.by_name["base_code"].heading
    _add(
        cursor,
        problems,
        MAIN.title,
        heading,
        """
        SELECT s."row", s.base_code,
               '与目录里的基本编码（' || COALESCE(c.code, '未登记')
               || '）不同，编码不能通过导入修改。'
        FROM imp_matter s JOIN matters_matter m ON m.seq = s.seq
        LEFT JOIN matters_baseitem c ON c.id = m.base_item_id
        WHERE s.base_code <> '' AND s.base_code IS DISTINCT FROM c.code ORDER BY 1
        """,
    )
    _add(
        cursor,
        problems,
        MAIN.title,
        heading,
        """
        SELECT s."row", s.base_code, '这个编码已属于事项“' || m.name || '”，不能重复使用。'
        FROM imp_matter s JOIN imp_base b ON b.seq = s.seq AND b.matter_id IS NULL
        JOIN matters_baseitem c ON c.code = s.base_code
        JOIN matters_matter m ON m.base_item_id = c.id ORDER BY 1
        """,
    )
    _add(
        cursor,
        problems,
        MAIN.title,
        heading,
        """
        SELECT "row", base_code, '与第 ' || first || ' 行的编码重复。' FROM (
            SELECT "row", base_code, min("row") OVER (PARTITION BY base_code) AS first
            FROM imp_matter WHERE base_code <> '') r
        WHERE first <> "row" ORDER BY 1
        """,
    )


# --- constraints of the models, asked before the database would refuse ---


def constraints_of(model: type[Model]) -> Iterable[CheckConstraint]:
    """Constraints a file can break; those about publishing cannot be reached from here."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint) and constraint.name in SHOWN_AT:
            yield constraint


def _constraints(cursor: Any, entry: Staged, problems: Problems) -> None:
    sheet = entry.sheet
    source = (
        '(SELECT * FROM imp_merged WHERE "row" IS NOT NULL) r' if sheet.is_main else _whole(entry)
    )
    for constraint in constraints_of(sheet.model):
        name = SHOWN_AT[constraint.name]
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            # what Django itself writes into CREATE TABLE; there is no public way to ask for it
            condition = constraint._get_check_sql(sheet.model, editor)  # type: ignore[attr-defined]
        _add(
            cursor,
            problems,
            sheet.title,
            sheet.by_name[name].heading,
            f'SELECT "row", "{name}", %s FROM {source} WHERE NOT ({condition}) ORDER BY 1',
            [constraint.violation_error_message],
        )


def _whole(entry: Staged) -> str:
    """The staged rows of a part with defaults for the columns the file does not have."""
    missing = [
        f'{default_of(field)}::{entry.sheet.by_name[field.column].db_type} AS "{field.column}"'
        for field in entry.sheet.model._meta.concrete_fields
        if field.column in entry.sheet.by_name and not entry.has(field.column)
    ]
    extra = f", {', '.join(missing)}" if missing else ""
    return f"(SELECT *{extra} FROM {entry.table}) r"


# --- references between the sheets ---


def _references(cursor: Any, staged: dict[str, Staged], problems: Problems) -> None:
    """Materials name business items of the same matter: in the file, or else in the edition."""
    items, materials = staged.get("item"), staged.get("material")
    if materials and materials.has("items"):
        _add(
            cursor,
            problems,
            materials.sheet.title,
            "适用的办理项",
            f"""
            SELECT s."row", x, '这个事项没有序号为 ' || x || ' 的业务办理项。'
            FROM imp_material s JOIN imp_base b ON b.seq = s.seq, unnest(s.items) x
            WHERE NOT EXISTS ({_items_of(items)} AND i.suffix = x) ORDER BY 1
            """,
        )
    if items:
        in_file = "SELECT seq FROM imp_material" if materials else "SELECT NULL::integer"
        _add(
            cursor,
            problems,
            items.sheet.title,
            "办理项序号",
            f"""
            SELECT (SELECT min("row") FROM imp_item r WHERE r.seq = b.seq), i.suffix,
                   '缺少办理项 ' || i.suffix || '：申请材料“' || min(p.name)
                   || '”等 ' || count(*) || ' 项还在用它。请保留这一项，或同时修改申请材料。'
            FROM imp_base b JOIN matters_material p ON p.version_id = b.edition_id
            JOIN matters_materialuse u ON u.material_id = p.id
            JOIN matters_businessitem i ON i.id = u.item_id
            WHERE b.seq IN (SELECT seq FROM imp_item)
              AND NOT EXISTS (SELECT FROM ({in_file}) f(seq) WHERE f.seq = b.seq)
              AND NOT EXISTS (SELECT FROM imp_item s
                              WHERE s.seq = b.seq AND s.suffix = i.suffix)
            GROUP BY b.seq, i.suffix ORDER BY 1
            """,
        )


def _items_of(items: Staged | None) -> str:
    stored = "SELECT suffix FROM matters_businessitem WHERE version_id = b.edition_id" + (
        " AND b.seq NOT IN (SELECT seq FROM imp_item WHERE seq IS NOT NULL)" if items else ""
    )
    staged = " UNION ALL SELECT suffix FROM imp_item t WHERE t.seq = b.seq" if items else ""
    return f"SELECT FROM ({stored}{staged}) i(suffix) WHERE true"


def _situations(cursor: Any, staged: dict[str, Staged], problems: Problems) -> None:
    """`when` names questions and answers that exist; one question has one wording."""
    situations, materials = staged.get("situation"), staged.get("material")
    if situations and situations.has("question") and situations.has("key"):
        _add(
            cursor,
            problems,
            situations.sheet.title,
            "情形问题",
            """
            SELECT "row", question, '与第 ' || first || ' 行是同一个情形代号，问题却不同。' FROM (
                SELECT *, first_value(question) OVER w AS wording,
                       first_value("row") OVER w AS first
                FROM imp_situation WINDOW w AS (PARTITION BY seq, key ORDER BY "row")) r
            WHERE question IS DISTINCT FROM wording ORDER BY 1
            """,
        )
    if materials and materials.has("when"):
        _add(
            cursor,
            problems,
            materials.sheet.title,
            "适用情形",
            f"""
            SELECT s."row", k.key || '=' || o.value,
                   '这个事项的情形里没有“' || k.key || '=' || o.value
                   || '”，请在“情形”工作表里核对代号。'
            FROM imp_material s JOIN imp_base b ON b.seq = s.seq,
                 jsonb_each(s."when") k, jsonb_array_elements_text(k.value) o(value)
            WHERE NOT EXISTS ({_answers_of(situations)} AND a.key = k.key AND a.option = o.value)
            ORDER BY 1
            """,
        )


def _answers_of(situations: Staged | None) -> str:
    stored = (
        "SELECT q.key, o.key FROM matters_situation q JOIN matters_situationoption o"
        " ON o.situation_id = q.id WHERE q.version_id = b.edition_id"
        + (
            " AND b.seq NOT IN (SELECT seq FROM imp_situation WHERE seq IS NOT NULL)"
            if situations
            else ""
        )
    )
    staged = (
        " UNION ALL SELECT key, option_key FROM imp_situation t WHERE t.seq = b.seq"
        if situations
        else ""
    )
    return f"SELECT FROM ({stored}{staged}) a(key, option) WHERE true"


# --- other people's work ---


def _conflicts(cursor: Any, staged: dict[str, Staged], problems: Problems) -> None:
    """A changed matter that somebody else has open, that is being reviewed, or is withdrawn."""
    for name in staged:
        _add(
            cursor,
            problems,
            BY_NAME[name].title,
            KEY,
            f"""
            SELECT (SELECT min(s."row") FROM imp_{name} s WHERE s.seq = c.seq), c.seq,
                   CASE WHEN b.matter_status = '{MatterStatus.WITHDRAWN}'
                        THEN '这个事项已取消，不能再导入新内容。'
                        WHEN b.open_status = 'draft'
                        THEN '别人正在编辑这个事项（第 ' || o.number || ' 版草稿）。'
                             || '请等对方提交或作废后再导入，或从文件里删去这个事项。'
                        ELSE '这个事项的第 ' || o.number || ' 版正在审核或等待生效，不能改动。'
                             || '请等它发布或退回后再导入。' END
            FROM imp_change c JOIN imp_base b ON b.seq = c.seq
            LEFT JOIN matters_matterversion o ON o.id = b.open_id
            WHERE c.sheet = '{name}' AND (b.matter_status = '{MatterStatus.WITHDRAWN}'
                  OR (b.open_id IS NOT NULL AND NOT b.is_own)) ORDER BY 1
            """,
        )


def _posts(cursor: Any, staged: dict[str, Staged], problems: Problems, by: User) -> None:
    """Changed matters of agencies the person's post does not cover, before or after."""
    with contextlib.suppress(Refused):
        policies.check_may_edit(by, NO_AGENCY)
        return  # a post that covers even this one covers the whole catalogue
    cursor.execute(
        "SELECT DISTINCT x FROM imp_change c JOIN imp_base b ON b.seq = c.seq"
        " JOIN imp_merged m ON m.seq = c.seq"
        " LEFT JOIN matters_matterversion e ON e.id = b.edition_id,"
        " unnest(ARRAY[m.agency_id, e.agency_id]) x WHERE x IS NOT NULL"
    )
    for (agency_id,) in cursor.fetchall():
        try:
            policies.check_may_edit(by, agency_id)
        except Refused as refusal:
            _refuse_agency(cursor, staged, problems, agency_id, refusal.message)


def _refuse_agency(
    cursor: Any, staged: dict[str, Staged], problems: Problems, agency_id: int, reason: str
) -> None:
    for name in staged:
        _add(
            cursor,
            problems,
            BY_NAME[name].title,
            KEY,
            f"""
            SELECT (SELECT min(s."row") FROM imp_{name} s WHERE s.seq = c.seq), c.seq, %s
            FROM imp_change c JOIN imp_base b ON b.seq = c.seq JOIN imp_merged m ON m.seq = c.seq
            LEFT JOIN matters_matterversion e ON e.id = b.edition_id
            WHERE c.sheet = %s AND %s IN (m.agency_id, e.agency_id) ORDER BY 1
            """,
            [reason, name, agency_id],
        )
