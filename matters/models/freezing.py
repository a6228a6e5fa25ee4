"""Database triggers that keep a published version as it was published.

Published means frozen: a change is a new version (国发〔2022〕5号 dynamic management; 行政许可法
art. 30 the posted criteria bind the authority). Rules in Python can be walked around by a bulk
update or a shell; a trigger cannot.
"""

import pgtrigger

#: columns of a frozen version that may still move: its place in the line of versions
LIFE_COLUMNS = ("status", "superseded_at")
FROZEN_SQL = "('published', 'superseded')"


def frozen_version() -> pgtrigger.Trigger:
    """Trigger for the version row: content fixed, status only published -> superseded."""
    without_life = " - ".join(["to_jsonb({row})", *(f"'{c}'" for c in LIFE_COLUMNS)])
    return pgtrigger.Trigger(
        name="freeze_published",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            IF OLD.status NOT IN {FROZEN_SQL} THEN
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END IF;
            IF TG_OP = 'UPDATE'
               AND ({without_life.format(row="NEW")}) = ({without_life.format(row="OLD")})
               AND (NEW.status = OLD.status OR NEW.status = 'superseded') THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'version % is published and frozen', OLD.id
                USING ERRCODE = 'restrict_violation';
        """,
    )


def frozen_part(parent_sql: str = "{row}.version_id") -> pgtrigger.Trigger:
    """Trigger for a row that belongs to a version.

    `parent_sql` yields the version id from `{row}` (NEW or OLD), a plain column by default. Both
    the version a row leaves and the one it joins must be open.
    """
    return pgtrigger.Trigger(
        name="freeze_published",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
            {_refuse_if_frozen("INSERT", parent_sql.format(row="OLD"))}
            {_refuse_if_frozen("DELETE", parent_sql.format(row="NEW"))}
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        """,
    )


def _refuse_if_frozen(except_for: str, version_sql: str) -> str:
    # the pieces are constants of this package, never input
    return f"""
            IF TG_OP <> '{except_for}' THEN
                PERFORM FROM matters_matterversion
                  WHERE id = {version_sql} AND status IN {FROZEN_SQL};
                IF FOUND THEN
                    RAISE EXCEPTION 'version is published and frozen'
                        USING ERRCODE = 'restrict_violation';
                END IF;
            END IF;"""  # noqa: S608
