"""The catalogue's own rules, asked about the drafts as they would be.

Within the transaction of the check the drafts are written, measured by `matters.rules`, and
written off again. What the file itself brings must be right; what it does not bring may still be
missing and is told as a note. Only a file on a human scale is measured: each guide costs
milliseconds, and every guide is measured again when it is submitted.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from accounts.models import User
from matters import snapshot
from matters.intake.refusal import Problems
from matters.rules import Gap, gaps
from matters.services.checking import whole
from matters.services.imports import writing
from matters.services.imports.staging import Staged
from matters.sheets.layout import KEY, MAIN, Sheet

MEASURED = 500
#: table of `Gap.field` or section of `Gap.part` → sheet
SHEET_OF = {
    "items": "item",
    "materials": "material",
    "mat": "material",
    "steps": "step",
    "flow": "step",
    "situations": "situation",
    "conditions": "condition",
    "cannot_apply": "condition",
    "fee": "fee",
    "result": "result",
    "faqs": "faq",
    "law": "law",
    "legal_bases": "law",
}
#: gap → the column of the main sheet that shows it, for gaps that name no element
SHOWN_AT = {
    "once_with_visits": "visits",
    "visit_without_reason": "visit_reason",
    "payment_without_fee": "pay_online",
    "same_phones": "complaint_phone",
    "promise_too_long": "promised_value",
    "instant_with_days": "promised_value",
    "fee_without_basis": "basis",
    "stop_without_basis": "basis",
    "unknown_item": "items",
    "unknown_situation": "when",
}
Found = tuple[int, Gap]


class _WriteOff(Exception):
    """Ends the trial; everything written in it is undone."""


def measure(
    cursor: Any, staged: dict[str, Staged], problems: Problems, *, by: User
) -> list[dict[str, Any]]:
    """Add contradictions the file brings to `problems`; return notes on what is still missing.

    Notes: [{"message", "matters"}], most frequent first.
    """
    found: list[Found] = []
    try:
        with transaction.atomic():
            writing.write(cursor, staged, by=by)
            found = _gaps(cursor)
            raise _WriteOff
    except _WriteOff:
        pass
    notes: Counter[str] = Counter()
    for seq, gap in found:
        entry = staged.get(_sheet_of(gap))
        if entry and _brings(cursor, entry, seq, gap):
            _report(cursor, entry, seq, gap, problems)
        else:
            notes[gap.message] += 1
    return [{"message": text, "matters": count} for text, count in notes.most_common(30)]


def _gaps(cursor: Any) -> list[Found]:
    """Blocking gaps of the trial drafts that the edition they start from does not have."""
    cursor.execute("SELECT seq, version_id, origin_id FROM imp_target ORDER BY seq")
    targets = cursor.fetchall()
    versions = {row.pk: row for row in whole({v for _, *pair in targets for v in pair if v})}
    found = []
    for seq, version_id, origin_id in targets:
        known = _measured(versions.get(origin_id))
        for gap in _measured(versions[version_id]).values():
            if (gap.code, gap.field, gap.message) not in known:
                found.append((seq, gap))
    return found


def _measured(version: Any) -> dict[tuple[str, str, str], Gap]:
    try:
        guide = snapshot.build(version) if version else None
    except ObjectDoesNotExist:  # a new guide without its fee or result: measured when submitted
        guide = None
    found: Iterable[Gap] = gaps(guide) if guide else ()
    return {(gap.code, gap.field, gap.message): gap for gap in found if gap.blocking}


def _sheet_of(gap: Gap) -> str:
    table = gap.field.partition(".")[0] if "." in gap.field else ""
    return SHEET_OF.get(table) or SHEET_OF.get(gap.part) or MAIN.name


def _column_of(gap: Gap, sheet: Sheet) -> str:
    """Heading of the element's column; the key when the gap is about no single element."""
    name = gap.field.rpartition(".")[2] or SHOWN_AT.get(gap.code, "")
    aliases = {"statutory": "statutory_value", "promised": "promised_value", "counts": "basis"}
    for wanted in (name, aliases.get(name, ""), SHOWN_AT.get(gap.code, "")):
        if wanted in sheet.by_name:
            return sheet.by_name[wanted].heading
    return KEY


def _brings(cursor: Any, entry: Staged, seq: int, gap: Gap) -> bool:
    """Whether the file says something about the element that is wrong."""
    if entry.sheet.is_main:
        heading = _column_of(gap, entry.sheet)
        if all(column.heading != heading for column in entry.columns):
            return False
    cursor.execute(f"SELECT EXISTS (SELECT FROM {entry.table} WHERE seq = %s)", [seq])
    return cursor.fetchone()[0]


def _report(cursor: Any, entry: Staged, seq: int, gap: Gap, problems: Problems) -> None:
    sheet = entry.sheet
    heading = _column_of(gap, sheet)
    column = next((c.name for c in entry.columns if c.heading == heading), "seq")
    cursor.execute(
        f'SELECT "row", to_jsonb(s) FROM {entry.table} s WHERE seq = %s ORDER BY position',
        [seq],
    )
    rows = [(row, json.loads(content)) for row, content in cursor.fetchall()]
    row, content = next((row for row in rows if _is_about(gap, row[1])), rows[0])
    problems.add(sheet.title, row, heading, _shown(content.get(column)), gap.message)


def _is_about(gap: Gap, content: dict[str, Any]) -> bool:
    """Whether a staged row is the one the gap names: by its key in the path or its name."""
    parts = gap.field.split(".")
    keys = {str(content.get(name)) for name in ("suffix", "key", "position")}
    if len(parts) == 3 and parts[1] in keys:
        return True
    quoted = re.search("“(.+?)”", gap.message)
    return bool(quoted) and quoted.group(1) == content.get("name")  # type: ignore[union-attr]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
