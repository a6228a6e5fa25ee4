"""Writing and checking chains of rows."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.apps import apps

from audit.models import ChainedRow

Row = TypeVar("Row", bound=ChainedRow)


@dataclass(frozen=True)
class Break:
    """Where a chain is broken: `row` is the primary key, None for a missing end."""

    table: str
    chain: int
    row: int | None
    reason: str


def append(row: Row) -> Row:
    """Link one unsaved row to its chain and insert it; the caller holds the aggregate's lock."""
    return append_all([row])[0]


def append_all(rows: Sequence[Row]) -> list[Row]:
    """Link unsaved rows of one model in the given order and insert them together.

    Raises `IntegrityError` when another writer took the same place, which the aggregate's lock
    prevents.
    """
    if not rows:
        return []
    model = type(rows[0])
    ends = _ends(model, {_chain_of(row) for row in rows})
    for row in rows:
        number, previous = ends.get(_chain_of(row), (0, ""))
        row.sequence, row.previous_hash = number + 1, previous
        row.row_hash = digest(row)
        ends[_chain_of(row)] = (row.sequence, row.row_hash)
    return model._default_manager.bulk_create(rows)


def digest(row: ChainedRow) -> str:
    """SHA-256 over the canonical text of a row."""
    return hashlib.sha256(canonical(row).encode()).hexdigest()


def canonical(row: ChainedRow) -> str:
    """What is hashed: the table's name, then columns, place and hash before as sorted JSON."""
    names = (row.chain, "sequence", "previous_hash", "at", *row.content)
    columns = {field.name: field.attname for field in row._meta.concrete_fields}
    content = {name: _plain(getattr(row, columns[name])) for name in names}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{row._meta.label_lower}\n{text}"


def chained_models() -> list[type[ChainedRow]]:
    """Every table of chained rows, in the order of the apps."""
    return [model for model in apps.get_models() if issubclass(model, ChainedRow)]


def breaks(model: type[ChainedRow]) -> Iterator[Break]:
    """The first broken row of each chain of a table, then ends that contradict the aggregate."""
    label = model._meta.label
    sound, broken = (0, 0, ""), 0  # chain, sequence and hash of the last sound row
    column = f"{model.chain}_id"
    for row in model._default_manager.order_by(column, "sequence").iterator(2000):
        chain = _chain_of(row)
        if chain == broken:
            continue
        number, previous = sound[1:] if sound[0] == chain else (0, "")
        if reason := _fault(row, number, previous):
            broken = chain
            yield Break(label, chain, row.pk, reason)
        sound = (chain, row.sequence, row.row_hash)
    for chain, reason in model.loose_ends():
        yield Break(label, chain, None, reason)


def _fault(row: ChainedRow, number: int, previous: str) -> str:
    if row.sequence != number + 1:
        return f"链内序号应为 {number + 1}，实为 {row.sequence}：中间有记录被删除或插入。"
    if row.previous_hash != previous:
        return "与前一条记录的摘要不符：前一条被替换，或本条被移动。"
    if row.row_hash != digest(row):
        return "内容与摘要不符：本条被改动。"
    return ""


def _ends(model: type[ChainedRow], chains: set[int]) -> dict[int, tuple[int, str]]:
    column = f"{model.chain}_id"
    last = (
        model._default_manager.filter(**{f"{column}__in": chains})
        .order_by(column, "-sequence")
        .distinct(column)
    )
    return {row[0]: row[1:] for row in last.values_list(column, "sequence", "row_hash")}


def _chain_of(row: ChainedRow) -> int:
    return getattr(row, f"{row.chain}_id")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
