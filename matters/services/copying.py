"""A deep copy of an edition: every element and every row of every part table."""

from typing import Any

from django.db import models

from matters.models import (
    BusinessItem,
    Condition,
    Faq,
    Fee,
    JointAgency,
    LegalBasis,
    Material,
    MaterialUse,
    MatterVersion,
    Result,
    Situation,
    SituationOption,
    Step,
    VersionTheme,
)

#: Tables whose rows point at the version and at nothing else of it.
FLAT_PARTS: tuple[type[models.Model], ...] = (
    JointAgency,
    VersionTheme,
    Condition,
    Step,
    Fee,
    Result,
    Faq,
    LegalBasis,
)
#: Tables other parts point at, and those that do.
LINKED_PARTS = (BusinessItem, Situation, SituationOption, Material, MaterialUse)
#: Columns that belong to one edition's own life.
OWN_LIFE = (
    "id",
    "number",
    "status",
    "effective_on",
    "created_at",
    "published_at",
    "published_by",
    "superseded_at",
    "snapshot",
)


def copy_version(source: MatterVersion, *, number: int) -> MatterVersion:
    """A new draft with all content of `source`, stored."""
    values = {
        field.attname: getattr(source, field.attname)
        for field in MatterVersion._meta.concrete_fields
        if field.name not in OWN_LIFE
    }
    draft = MatterVersion.objects.create(number=number, **values)
    _copy_parts(source, draft)
    return draft


def _copy_parts(source: MatterVersion, draft: MatterVersion) -> None:
    for model in FLAT_PARTS:
        _copy_rows(model._default_manager.filter(version=source), version_id=draft.pk)
    items = _copy_rows(BusinessItem.objects.filter(version=source), version_id=draft.pk)
    situations = _copy_rows(Situation.objects.filter(version=source), version_id=draft.pk)
    _copy_rows(SituationOption.objects.filter(situation__version=source), situation_id=situations)
    materials = _copy_rows(Material.objects.filter(version=source), version_id=draft.pk)
    uses = MaterialUse.objects.filter(material__version=source)
    _copy_rows(uses, material_id=materials, item_id=items)


def _copy_rows(rows: models.QuerySet, **links: Any) -> dict[int, int]:
    """Copy rows, each link set to a value or looked up in old key → new key; return that map."""
    old = list(rows.order_by("pk"))
    new = [rows.model(**_values(row, links)) for row in old]
    rows.model._default_manager.bulk_create(new)
    return {before.pk: after.pk for before, after in zip(old, new, strict=True)}


def _values(row: models.Model, links: dict[str, Any]) -> dict[str, Any]:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    for name, link in links.items():
        values[name] = link[values[name]] if isinstance(link, dict) else link
    return values
