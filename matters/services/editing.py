"""Changing a draft, one section at a time, with nothing lost and nobody locked out.

Optimistic: the page carries the document it was made from (`base`). Under the version's row lock
the stored document is read again; what only one side changed is joined, what both changed is
handed back for a person to decide, and then nothing is written.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max

from accounts.models import User
from common.errors import Refused
from matters import merging
from matters.models import Fee, MatterVersion, Result
from matters.sections import Rows, Section
from matters.services.editions import lock_draft, record_change

Document = merging.Document
#: positions move out of the way by this much while rows are put into a new order
ASIDE = 1000
EMPTY: Document = {"fields": {}, "rows": []}


@dataclass(frozen=True)
class Outcome:
    """What became of a save. With clashes in `merge` nothing was written and `stored` is what
    the other editor left; otherwise `stored` is the section as it is now."""

    stored: Document
    merge: merging.Merge
    changed: int = 0
    element_id: int | None = None

    @property
    def saved(self) -> bool:
        """Whether the section is stored as the editor wanted it."""
        return not self.merge.clashes


# --- reading ---


def holder_row(version: MatterVersion, section: Section, element_id: int | None) -> Any:
    """The row whose fields a page edits; unsaved when it does not exist yet.

    Raises `Refused` (404) when an element of that number is not part of the version (any more).
    """
    if section.elements:
        return _element(version, section.elements, element_id)
    if section.holder:
        model: Any = {"fee": Fee, "result": Result}[section.holder]
        return model.objects.filter(version=version).first() or model(version=version)
    return version


def _element(version: MatterVersion, elements: Rows, element_id: int | None) -> Any:
    if element_id is None:
        return elements.model(version=version)
    row = elements.model.objects.filter(version=version, pk=element_id).first()
    if row is None:
        message = f"这一项{elements.noun}已被其他人删除。请回到列表，需要的话重新添加。"
        raise Refused("element_gone", message, status=404)
    return row


def read_section(
    version: MatterVersion, section: Section, element_id: int | None = None
) -> Document:
    """The document of one page; see `matters.merging`."""
    row = holder_row(version, section, element_id)
    return _read(row, section)


def _read(row: Any, section: Section) -> Document:
    if row.pk is None:
        return EMPTY
    rows = rows_of(section)
    return {
        "fields": {name: value_of(row, name) for name in fields_of(section)},
        "rows": [_row_document(part, rows) for part in _parts(row, rows)] if rows else [],
    }


def fields_of(section: Section) -> tuple[str, ...]:
    """Names of the plain fields of a section's page."""
    return section.elements.fields if section.elements else section.fields


def rows_of(section: Section) -> Rows | None:
    """The list on a section's page, if it has one."""
    return section.element_rows if section.elements else section.rows


def _parts(row: Any, rows: Rows) -> models.QuerySet:
    found = rows.model.objects.filter(**{rows.parent: row})
    return found.order_by("position" if rows.ordered else rows.numbered)


def _row_document(part: Any, rows: Rows) -> dict[str, Any]:
    return {"id": part.pk} | {name: value_of(part, name) for name in rows.fields}


def value_of(row: Any, name: str) -> Any:
    """One element as JSON-ready data: foreign keys and many-to-many as keys, dates as text."""
    field = row._meta.get_field(name)
    if field.many_to_many:
        if row.pk is None:
            return []
        return sorted(getattr(row, name).values_list("pk", flat=True))
    value = getattr(row, field.attname)
    return value.isoformat() if isinstance(field, models.DateField) and value else value


# --- writing ---


@transaction.atomic
def save_section(
    *,
    version_id: int,
    section: Section,
    mine: Document,
    base: Document,
    by: User,
    element_id: int | None = None,
) -> Outcome:
    """Store one page of a draft.

    Raises `Refused` when the version is no draft (any more) or the element is gone, and
    `ValidationError` when the joined values break a rule neither side broke alone.
    """
    version = lock_draft(version_id, by=by)
    row = holder_row(version, section, element_id)
    stored = _read(row, section)
    joined = merging.merge(base, mine, stored)
    if joined.clashes:
        return Outcome(stored, joined, element_id=element_id)
    if section.elements and row.pk is None:
        _new_element(row, section.elements, version)
    found = merging.changes(stored, joined.document)
    if found:
        names_before = _row_names(row, section)
        _write_fields(row, joined.document["fields"])
        if rows := rows_of(section):
            _write_rows(row, rows, joined.document["rows"])
        paths = _Paths(section, row, names_before | _row_names(row, section))
        for change, before, after in found:
            record_change(
                version=version, element=paths.of(change), before=before, after=after, by=by
            )
    return Outcome(_read(row, section), joined, len(found), row.pk)


def _write_fields(row: Any, values: dict[str, Any]) -> None:
    many = {}
    for name, value in values.items():
        field = row._meta.get_field(name)
        if field.many_to_many:
            many[name] = value
        else:
            setattr(row, field.attname, field.to_python(value) if value is not None else None)
    row.full_clean(exclude={f.name for f in row._meta.fields} - set(values))
    row.save()
    for name, value in many.items():
        getattr(row, name).set(value)


def _write_rows(owner: Any, rows: Rows, wanted: list[dict[str, Any]]) -> None:
    parts = {part.pk: part for part in _parts(owner, rows)}
    keep = {entry["id"] for entry in wanted}
    for number in set(parts) - keep:
        parts.pop(number).delete()
    if rows.ordered:
        _parts(owner, rows).update(position=F("position") + ASIDE)
    for position, entry in enumerate(wanted, start=1):
        part = parts.get(entry["id"]) or _new_row(owner, rows)
        if rows.ordered:
            part.position = position
        _write_fields(part, {k: v for k, v in entry.items() if k != "id"})


def _new_row(owner: Any, rows: Rows) -> Any:
    part = rows.model(**{rows.parent: owner})
    if rows.numbered:
        setattr(part, rows.numbered, _free_number(owner, rows))
    if rows.keyed:
        setattr(part, rows.keyed, _free_key(owner, rows))
    return part


def _new_element(row: Any, elements: Rows, version: MatterVersion) -> None:
    found = elements.model.objects.filter(version=version)
    row.position = (found.aggregate(last=Max("position"))["last"] or 0) + 1
    setattr(row, elements.keyed, _free_key(version, elements))


def _free_number(owner: Any, rows: Rows) -> str:
    taken = set(_parts(owner, rows).values_list(rows.numbered, flat=True))
    free = (f"{number:02}" for number in range(1, 100))
    found = next((number for number in free if number not in taken), None)
    if found is None:
        raise ValidationError(f"{rows.noun}最多 99 个，请先删去不用的。")
    return found


def _free_key(owner: Any, rows: Rows) -> str:
    """A key no row of the owner has; people never see it."""
    taken = set(
        rows.model.objects.filter(**{rows.parent: owner}).values_list(rows.keyed, flat=True)
    )
    letter = rows.relation[0]
    return next(key for n in range(1, 1000) if (key := f"{letter}{n}") not in taken)


# --- elements with a page of their own ---


def _elements(section: Section) -> Rows:
    if section.elements is None:
        raise Refused("no_elements", "这一节没有单独的条目。请回到这一节。", status=404)
    return section.elements


@transaction.atomic
def move_element(
    *, version_id: int, section: Section, element_id: int, step: int, by: User
) -> None:
    """Put an element one place up (-1) or down (+1); at the end of the list nothing happens."""
    version = lock_draft(version_id, by=by)
    elements = _elements(section)
    row = _element(version, elements, element_id)
    order = list(_parts(version, elements).values_list("pk", flat=True))
    place = order.index(element_id)
    other = min(max(place + step, 0), len(order) - 1)
    order.insert(other, order.pop(place))
    for position, number in enumerate(order, start=1):
        elements.model.objects.filter(pk=number).update(position=position)
    record_change(
        version=version,
        element=f"{elements.relation}.{getattr(row, elements.keyed)}.position",
        before=place + 1,
        after=other + 1,
        by=by,
    )


@transaction.atomic
def remove_element(*, version_id: int, section: Section, element_id: int, by: User) -> str:
    """Take an element out of the draft; returns its name."""
    version = lock_draft(version_id, by=by)
    elements = _elements(section)
    row = _element(version, elements, element_id)
    name, before = str(row), _read(row, section)
    element = f"{elements.relation}.{getattr(row, elements.keyed)}"
    row.delete()
    record_change(version=version, element=element, before=before, after=None, by=by)
    return name


# --- what a change is called in the history ---


@dataclass(frozen=True)
class _Paths:
    """Element paths in the notation of `matters.rules.Gap.field`.

    `summary`, `fee.basis`, `materials.id-card.copies`, `items.02.promised_value`, `faqs.3.answer`.
    `names`: row id → what the row is called in a path.
    """

    section: Section
    row: Any
    names: dict[int, str]

    @property
    def start(self) -> str:
        """Path of the row whose fields the page edits, with a dot; "" for the version itself."""
        if elements := self.section.elements:
            return f"{elements.relation}.{getattr(self.row, elements.keyed)}."
        return f"{self.section.holder}." if self.section.holder else ""

    def of(self, change: str) -> str:
        """Path of one entry of `merging.changes`."""
        head, _, name = change.partition(".")
        if not (head.isdigit() or head.startswith("+") or head == "order"):
            return self.start + change
        rows = rows_of(self.section)
        table = self.section.key
        if rows and self.section.elements:
            table = self.start + rows.relation
        called = self.names.get(int(head), head) if head.isdigit() else head
        return ".".join(part for part in (table, called, name) if part)


def _row_names(row: Any, section: Section) -> dict[int, str]:
    rows = rows_of(section)
    if rows is None or row.pk is None:
        return {}
    name = rows.numbered or rows.keyed or "position"
    return {part.pk: str(getattr(part, name)) for part in _parts(row, rows)}
