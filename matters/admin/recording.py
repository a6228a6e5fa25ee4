"""What the admin saves in a draft is written down like a save of the desk, so that whoever changed
a version here is one of its editors too (the second pair of eyes is another person's)."""

from typing import Any

from accounts.models import User
from matters.models import MatterVersion
from matters.services.editions import lock_draft, record_change


def record(version: MatterVersion, row: Any, by: User, **values: Any) -> None:
    """One changed row or element; `values`: `field`, `before`, `after`, shown as text."""
    place = row._meta.model_name if row.pk is None else f"{row._meta.model_name}.{row.pk}"
    field = values.get("field", "")
    record_change(
        version=version,
        element=f"{place}.{field}" if field else place,
        before=_text(values.get("before")),
        after=_text(values.get("after")),
        by=by,
    )


def record_form(version: MatterVersion, form: Any, by: User) -> None:
    """Every element a form changed."""
    for field in form.changed_data:
        before, after = form.initial.get(field), form.cleaned_data.get(field)
        record(version, form.instance, by, field=field, before=before, after=after)


def record_formset(version: MatterVersion, formset: Any, by: User) -> None:
    """Every row an inline added, changed or removed."""
    for row in formset.new_objects:
        record(version, row, by, after=row)
    for row, fields in formset.changed_objects:
        for field in fields:
            record(version, row, by, field=field, before="", after=getattr(row, field))
    for row in formset.deleted_objects:
        record(version, row, by, before=row)


def hold(version: MatterVersion, by: User) -> MatterVersion:
    """The draft under its lock; the admin saves inside one transaction."""
    return lock_draft(version.pk, by=by)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
