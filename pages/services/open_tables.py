"""The files of the open data, each with its rows: the contracts of `/api/v1/` written line by line.

JSON Lines carry codes for programs; CSV carries the words for people, with Chinese headings.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rest_framework.serializers import BaseSerializer

from accounts.api.rendering import to_json
from matters import exports
from matters.api import contracts, directory, guides
from matters.models import BusinessItem, Material, MatterVersion

JSON_LINES = "application/x-ndjson; charset=utf-8"
#: column → code list, for the words of a CSV file
Words = Mapping[str, str]
MATTER_WORDS = {
    "type": "type",
    "status": "status",
    "audience": "audience",
    "handling_type": "handling_type",
    "statutory_unit": "time_unit",
    "certainty": "certainty",
}
ITEM_WORDS = {
    "kind": "item_kind",
    "statutory_unit": "time_unit",
    "clock_starts": "clock_starts",
}
MATERIAL_WORDS = {
    "necessity": "necessity",
    "form": "material_form",
    "source": "material_source",
}
THEME_WORDS = {"kind": "theme_kind", "audience": "theme_audience"}
AGENCY_WORDS = {"kind": "agency_kind", "certainty": "certainty"}
CENTRE_WORDS = {"kind": "centre_kind", "facilities": "centre_facility", "certainty": "certainty"}


@dataclass(frozen=True)
class OpenFile:
    """One file: its name, what it holds, and how its lines come about (bytes with line end)."""

    name: str
    title: str
    media_type: str
    lines: Callable[[], Iterator[bytes]]
    columns: Callable[[], list[dict[str, str]]]
    heading_lines: int = 0


def csv_file(
    name: str,
    title: str,
    serializer: type[BaseSerializer],
    rows: Callable[[], Iterable[Mapping[str, Any]]],
    words: Words,
    without: tuple[str, ...] = (),
) -> OpenFile:
    """A table with the columns of the contract."""

    def columns() -> list[dict[str, str]]:
        fields = serializer().fields
        return [
            {"name": key, "label": str(field.label or key)}
            for key, field in fields.items()
            if key not in without
        ]

    def lines() -> Iterator[bytes]:
        names = [column["name"] for column in columns()]
        headings = [exports.Column(column["label"]) for column in columns()]
        cells = ([cell(row[key], words.get(key, "")) for key in names] for row in rows())
        for line in exports.csv_lines(headings, cells):
            yield line.encode()

    return OpenFile(name, title, exports.CSV_TYPE, lines, columns, heading_lines=1)


def cell(value: Any, code_list: str) -> exports.Cell:
    """One value as people read it: words for codes, 是 and 否, lists joined."""
    if isinstance(value, list):
        return "；".join(str(cell(part, code_list)) for part in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if code_list:
        return str(dict(directory.CODE_LISTS[code_list].choices).get(value, value))
    return value


def guide_lines() -> Iterator[bytes]:
    """One guide a line, as `/api/v1/matters/<seq>/` answers it."""
    for document in guides.all_in_force():
        yield to_json(document) + b"\n"


def _matters() -> Iterator[dict]:
    return contracts.MATTERS.each(MatterVersion.objects.public().order_by("matter__seq"))


def _items() -> Iterator[dict]:
    rows = contracts.in_force(BusinessItem.objects.all())
    return contracts.ITEMS.each(rows.order_by("version__matter__seq", "suffix"))


def _materials() -> Iterator[dict]:
    rows = contracts.in_force(Material.objects.all())
    return contracts.MATERIALS.each(rows.order_by("version__matter__seq", "position", "key"))


def _themes() -> Iterable[dict]:
    return directory.ThemeSerializer(directory.themes(), many=True).data


def _agencies() -> Iterable[dict]:
    return directory.AgencySerializer(directory.agencies(), many=True).data


def _centres() -> Iterable[dict]:
    return directory.CentreSerializer(directory.centres(), many=True).data


FILES: tuple[OpenFile, ...] = (
    OpenFile("guides.jsonl", "办事指南全文（每行一份）", JSON_LINES, guide_lines, list),
    csv_file("matters.csv", "事项", contracts.MatterSerializer, _matters, MATTER_WORDS),
    csv_file("items.csv", "业务办理项", contracts.ItemSerializer, _items, ITEM_WORDS),
    csv_file("materials.csv", "申请材料", contracts.MaterialSerializer, _materials, MATERIAL_WORDS),
    csv_file("themes.csv", "主题和生命周期", directory.ThemeSerializer, _themes, THEME_WORDS),
    csv_file("agencies.csv", "机构", directory.AgencySerializer, _agencies, AGENCY_WORDS),
    csv_file(
        "centres.csv", "办事大厅", directory.CentreSerializer, _centres, CENTRE_WORDS, ("windows",)
    ),
)
