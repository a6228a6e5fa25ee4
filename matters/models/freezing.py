"""Database triggers that keep a version as it was submitted, approved and published.

Published means frozen: a change is a new version (国发〔2022〕5号 dynamic management; 行政许可法
art. 30 the posted criteria bind the authority). Submitted means fixed too: what a reviewer approved
is what comes into force, so content changes in a draft only. Rules in Python can be walked around
by a bulk update or a shell; a trigger cannot.
"""

import pgtrigger

from matters.workflow import EDITABLE, FROZEN, MOVES

#: columns that move while a fixed version is on its way into force
WAY_COLUMNS = (
    "status",
    "number",
    "effective_on",
    "snapshot",
    "published_at",
    "published_by_id",
    "superseded_at",
)
#: columns of a published version that may still move: its place in the line of versions
LIFE_COLUMNS = ("status", "superseded_at")
FROZEN_SQL = "(" + ", ".join(f"'{status}'" for status in sorted(FROZEN)) + ")"
PAIRS = sorted({(str(origin), str(target)) for (origin, _), target in MOVES.items()})
MOVES_SQL = "(" + ", ".join(f"('{origin}', '{target}')" for origin, target in PAIRS) + ")"


def _without(columns: tuple[str, ...], row: str) -> str:
    return "(" + " - ".join([f"to_jsonb({row})", *(f"'{name}'" for name in columns)]) + ")"


def frozen_version() -> pgtrigger.Trigger:
    """Trigger for the version row: content moves in a draft only, status along `MOVES`."""
    return pgtrigger.Trigger(
        name="freeze_published",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            IF TG_OP = 'DELETE' THEN
                IF OLD.status = '{EDITABLE}' THEN RETURN OLD; END IF;
            ELSIF NEW.status <> OLD.status
                  AND (OLD.status, NEW.status) NOT IN {MOVES_SQL} THEN
                NULL;
            ELSIF OLD.status = '{EDITABLE}' THEN
                RETURN NEW;
            ELSIF OLD.status IN {FROZEN_SQL} THEN
                IF {_without(LIFE_COLUMNS, "NEW")} = {_without(LIFE_COLUMNS, "OLD")} THEN
                    RETURN NEW;
                END IF;
            ELSIF {_without(WAY_COLUMNS, "NEW")} = {_without(WAY_COLUMNS, "OLD")} THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'version % is % and frozen', OLD.id, OLD.status
                USING ERRCODE = 'restrict_violation';
        """,
    )


def frozen_part(parent_sql: str = "{row}.version_id") -> pgtrigger.Trigger:
    """Trigger for a row that belongs to a version.

    `parent_sql` yields the version id from `{row}` (NEW or OLD), a plain column by default. Both
    the version a row leaves and the one it joins must be drafts.
    """
    return pgtrigger.Trigger(
        name="freeze_published",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            {_refuse_if_fixed("INSERT", parent_sql.format(row="OLD"))}
            {_refuse_if_fixed("DELETE", parent_sql.format(row="NEW"))}
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        """,
    )


def _refuse_if_fixed(except_for: str, version_sql: str) -> str:
    # the pieces are constants of this package, never input
    return f"""
            IF TG_OP <> '{except_for}' THEN
                PERFORM FROM matters_matterversion
                  WHERE id = {version_sql} AND status <> '{EDITABLE}';
                IF FOUND THEN
                    RAISE EXCEPTION 'version is no draft any more and frozen'
                        USING ERRCODE = 'restrict_violation';
                END IF;
            END IF;"""  # noqa: S608
