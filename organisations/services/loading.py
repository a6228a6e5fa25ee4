"""Loading organisations from tables: all or nothing, and a second load changes nothing.

Rows the tables do not mention stay: an office may add its own. What the tables leave empty stays
too: a phone number entered in the admin is not wiped by the next load.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from common.rowerrors import RowError, RowErrors
from organisations.models import Agency, ServiceCentre, Street, Window
from organisations.services import reading
from organisations.services.cells import Rows, parse_rows, read_table

STREETS, AGENCIES = "hedong_streets.csv", "agencies.csv"
CENTRES, WINDOWS = "service_centres.csv", "windows.csv"


@dataclass(frozen=True)
class LoadReport:
    """How many rows were new, different and equal."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "LoadReport") -> "LoadReport":
        return LoadReport(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


@transaction.atomic
def load_organisations(folder: Path) -> LoadReport:
    """Load the four tables of a folder; raises RowErrors and writes nothing when a cell is wrong.

    Centres and windows may be missing from a folder that only brings a catalogue.
    """
    report = load_streets(read_table(folder / STREETS))
    report += load_agencies(read_table(folder / AGENCIES))
    for file, load in ((CENTRES, load_centres), (WINDOWS, load_windows)):
        if (folder / file).exists():
            report += load(read_table(folder / file))
    return report


def load_streets(rows: Rows, file: str = STREETS) -> LoadReport:
    """Streets by code."""
    parsed, errors = parse_rows(file, rows, reading.read_street, "code")
    _refuse(errors)
    return _upsert(Street, ("code",), parsed)


def load_agencies(rows: Rows, file: str = AGENCIES) -> LoadReport:
    """Agencies by slug; a name may belong to one agency only."""
    slugs = {row.get("slug", "").strip() for row in rows} | _keys(Agency, "slug").keys()
    streets = {street.name: street for street in Street.objects.all()}
    read = reading.read_agency(slugs, streets)
    parsed, errors = parse_rows(file, rows, read, "slug")
    _refuse(errors + _shared_names(file, parsed))
    parents = {values["slug"]: values.pop("parent") for values in parsed}
    with transaction.atomic():
        report = _upsert(Agency, ("slug",), parsed)
        _set_parents(parents)
    return report


def load_centres(rows: Rows, file: str = CENTRES) -> LoadReport:
    """Service centres by slug."""
    agencies, streets = _keys(Agency, "slug"), _keys(Street, "code")
    parsed, errors = parse_rows(file, rows, reading.read_centre(agencies, streets), "slug")
    _refuse(errors)
    for values in parsed:
        values["agency"] = agencies[values["agency"]]
        values["street"] = streets.get(values["street"])
    return _upsert(ServiceCentre, ("slug",), parsed)


@transaction.atomic
def load_windows(rows: Rows, file: str = WINDOWS) -> LoadReport:
    """Windows by centre and slug."""
    centres, agencies = _keys(ServiceCentre, "slug"), _keys(Agency, "slug")
    read = reading.read_window(centres, agencies)
    parsed, errors = parse_rows(file, rows, read, "place", "slug")
    _refuse(errors)
    served = {}
    for values in parsed:
        served[values.pop("place")] = {agencies[slug] for slug in values.pop("agencies")}
        values["centre"] = centres[values["centre"]]
    report = _upsert(Window, ("centre", "slug"), parsed)
    for window in Window.objects.select_related("centre").prefetch_related("agencies"):
        wanted = served.get((window.centre.slug, window.slug))
        if wanted is not None and wanted != set(window.agencies.all()):
            window.agencies.set(wanted)
    return report


def _refuse(errors: list[RowError]) -> None:
    if errors:
        raise RowErrors(errors)


def _keys(model: type[models.Model], field: str) -> dict[str, Any]:
    return {getattr(row, field): row for row in model._default_manager.all()}


@transaction.atomic
def _upsert(model: type[models.Model], key: tuple[str, ...], rows: list[dict]) -> LoadReport:
    known = {tuple(getattr(row, k) for k in key): row for row in model._default_manager.all()}
    created = changed = 0
    for values in rows:
        row = known.get(tuple(values[k] for k in key))
        if row is None:
            model(**values).save(force_insert=True)
            created += 1
        elif different := _differences(row, values):
            for name, value in different.items():
                setattr(row, name, value)
            row.save(update_fields=list(different))
            changed += 1
    return LoadReport(created, changed, len(rows) - created - changed)


def _differences(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """What the table says otherwise; an empty cell says nothing against a filled field."""
    return {
        name: value
        for name, value in values.items()
        if getattr(row, name) != value and value not in ("", None, [])
    }


def _shared_names(file: str, parsed: list[dict[str, Any]]) -> list[RowError]:
    owner: dict[str, int] = {}
    errors = []
    for number, values in enumerate(parsed, 2):
        for name in {values["name"], values["short_name"], *values["aliases"]}:
            if owner.setdefault(name, number) != number:
                reason = f"第 {owner[name]} 行的机构也叫这个名称，导入时无法区分。"
                errors.append(RowError(file, number, "aliases", name, reason))
    return errors


def _set_parents(parents: dict[str, str]) -> None:
    agencies = _keys(Agency, "slug")
    for slug, parent in parents.items():
        agency, wanted = agencies[slug], agencies.get(parent)
        if wanted is not None and agency.parent_id != wanted.pk:
            agency.parent = wanted
            agency.save(update_fields=["parent"])
