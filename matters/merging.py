"""Two editors, one section: a three-way merge, field by field (pure).

A *document* is what one section holds, as JSON-ready data:
`{"fields": {name: value}, "rows": [{"id": int | None, name: value, …}, …]}`.
`base` is what the editor saw when opening the page, `mine` what was typed, `theirs` what is stored
now. A field only one side changed is taken from that side; a field both changed differently is a
conflict a person decides. Nothing is ever dropped in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Clash:
    """One field both editors changed. `row` is the id of its row, None for a plain field;
    `name` empty: one removed the row the other changed."""

    row: int | None
    name: str
    mine: Any
    theirs: Any


@dataclass
class Merge:
    """The document with everything that could be joined, and what a person must decide.

    In `document` a clash holds my value; `taken` counts the values that came from the other side.
    """

    document: Document
    clashes: list[Clash] = field(default_factory=list)
    taken: int = 0


def merge(base: Document, mine: Document, theirs: Document) -> Merge:
    """Join `mine` and `theirs`, both made from `base`."""
    result = Merge({"fields": {}, "rows": []})
    result.document["fields"] = _fields(
        base["fields"], mine["fields"], theirs["fields"], None, result
    )
    result.document["rows"] = _rows(base["rows"], mine["rows"], theirs["rows"], result)
    return result


def _fields(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    row: int | None,
    result: Merge,
) -> dict[str, Any]:
    joined = {}
    for name, value in mine.items():
        before, other = base.get(name), theirs.get(name)
        joined[name] = value
        if other in (before, value):
            continue
        if value == before:
            joined[name] = other
            result.taken += 1
        else:
            result.clashes.append(Clash(row, name, value, other))
    return joined


def _rows(base: list, mine: list, theirs: list, result: Merge) -> list[dict[str, Any]]:
    """My order; rows added by the other side follow after the row they stand behind there."""
    before, other = _by_id(base), _by_id(theirs)
    joined = [row for row in (_row(row, before, other, result) for row in mine) if row]
    kept = {row["id"] for row in mine if row["id"] is not None}
    for position, row in enumerate(theirs):
        if row["id"] in kept:
            continue
        if row["id"] not in before:
            result.taken += 1
            joined.insert(_place(joined, theirs[:position]), row)
        elif row != before[row["id"]]:  # I removed what they changed
            joined.insert(_place(joined, theirs[:position]), row)
            result.clashes.append(Clash(row["id"], "", None, row))
    return _their_order(base, mine, theirs, joined)


def _row(row: dict, before: dict, other: dict, result: Merge) -> dict | None:
    """One of my rows joined with its twin; None when the other side removed it unchanged."""
    number = row["id"]
    if number is None or number not in before:
        return row
    if number not in other:
        if row == before[number]:
            result.taken += 1
            return None
        result.clashes.append(Clash(number, "", row, None))
        return row
    fields = _fields(before[number], row, other[number], number, result)
    return fields | {"id": number}


def _their_order(base: list, mine: list, theirs: list, joined: list) -> list[dict[str, Any]]:
    """When only the other side reordered, the joined rows follow their order."""
    if _order(mine) != [n for n in _order(base) if n in set(_order(mine))]:
        return joined
    place = {number: index for index, number in enumerate(_order(theirs))}
    known = iter(sorted((r for r in joined if r["id"] in place), key=lambda row: place[row["id"]]))
    return [next(known) if row["id"] in place else row for row in joined]


def _order(rows: list) -> list[int]:
    return [row["id"] for row in rows if row["id"] is not None]


def _by_id(rows: list) -> dict[int, dict]:
    return {row["id"]: row for row in rows if row["id"] is not None}


def _place(joined: list, before: list) -> int:
    """Position after the last row of `before` that is still there; the end when none is."""
    numbers = [row["id"] for row in joined]
    for row in reversed(before):
        if row["id"] in numbers:
            return numbers.index(row["id"]) + 1
    return len(joined) if before else 0


def changes(before: Document, after: Document) -> list[tuple[str, Any, Any]]:
    """What differs, as (element path, before, after): `summary`, `12.question`, `12` (a whole
    row), `order`. New rows have no number yet: their path is `+1`, `+2` …"""
    found = [
        (name, before["fields"].get(name), value)
        for name, value in after["fields"].items()
        if value != before["fields"].get(name)
    ]
    old = _by_id(before["rows"])
    fresh = 0
    for row in after["rows"]:
        twin = old.pop(row["id"], None) if row["id"] is not None else None
        if twin is None:
            fresh += 1
            found.append((f"+{fresh}", None, _values(row)))
            continue
        found += [
            (f"{row['id']}.{name}", twin.get(name), value)
            for name, value in row.items()
            if value != twin.get(name)
        ]
    found += [(str(number), _values(row), None) for number, row in old.items()]
    left = [n for n in _order(before["rows"]) if n not in old]
    if left != _order(after["rows"]):
        found.append(("order", left, _order(after["rows"])))
    return found


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}
