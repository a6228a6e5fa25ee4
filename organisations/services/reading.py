"""What a row of each organisation table means: cells in, field values out. No writing here."""

from collections.abc import Callable, Collection
from typing import Any

from common.sortkeys import sort_key
from organisations.models import Agency, Certainty, ServiceCentre, Street, Window
from organisations.services.cells import Cells

Values = dict[str, Any]
#: Where the exclave lies; the table of streets says it only in words (domain facts, section 0).
LIES_IN = {"120102013": "河北省涉县"}
#: The office's own code, from the index number of its published annual report; others are unknown.
KNOWN_USCC = {"government-services-office": "11120102MB0P40013N"}


def read_street(cells: Cells) -> Values:
    """One row of hedong_streets.csv."""
    code = cells.text("code", Street, required=True)
    is_enclave = cells.truth("is_enclave")
    return {
        "code": code,
        "name": cells.text("name", Street, required=True),
        "is_enclave": is_enclave,
        "lies_in": LIES_IN.get(code, "") if is_enclave else "",
        "note": cells.text("note", Street),
        "certainty": cells.choice("certainty", Certainty, Certainty.FOUND),
        "source": cells.text("source", Street),
    }


def read_agency(slugs: Collection[str], street_by_name: dict[str, Any]) -> Callable:
    """Reader of one row of agencies.csv; `slugs` are those a parent may have."""

    def read(cells: Cells) -> Values:
        short_name = cells.text("short_name", Agency, required=True)
        kind = cells.choice("kind", Agency.Kind)
        slug = cells.text("slug", Agency, required=True)
        return {
            "slug": slug,
            "name": cells.text("name", Agency, required=True),
            "short_name": short_name,
            "aliases": cells.many("aliases"),
            "kind": kind,
            "parent": cells.known("parent_slug", slugs, "机构表"),
            "street": street_by_name.get(short_name) if kind == Agency.Kind.STREET else None,
            "in_catalogue": cells.truth("in_catalogue"),
            "uscc": cells.text("uscc", Agency) or KNOWN_USCC.get(slug, ""),
            "consultation_phone": cells.text("consultation_phone", Agency),
            "supervision_phone": cells.text("supervision_phone", Agency),
            "certainty": cells.choice("certainty", Certainty),
            "source": cells.text("source", Agency),
            "sort_key": sort_key(short_name),
        }

    return read


def read_centre(agencies: Collection[str], streets: Collection[str]) -> Callable:
    """Reader of one row of service_centres.csv; the order of the file is the order shown."""

    def read(cells: Cells) -> Values:
        street, kind = (
            cells.known("street_code", streets, "街道表"),
            cells.choice("kind", ServiceCentre.Kind),
        )
        if bool(street) != (kind == ServiceCentre.Kind.STREET):
            cells.fail("street_code", "街道便民服务中心须填写街道代码，其他大厅不填。")
        if not cells.raw("agency_slug"):
            cells.fail("agency_slug", "不能为空，请填写。")
        return {
            "slug": cells.text("slug", ServiceCentre, required=True),
            "name": cells.text("name", ServiceCentre, required=True),
            "aliases": cells.many("aliases"),
            "kind": kind,
            "agency": cells.known("agency_slug", agencies, "机构表"),
            "street": street,
            "address": cells.text("address", ServiceCentre),
            "hours": cells.text("hours", ServiceCentre),
            "phone": cells.text("phone", ServiceCentre),
            "transport": cells.text("transport", ServiceCentre),
            "facilities": cells.many("facilities", ServiceCentre.Facility.values),
            "position": cells.number,
            "certainty": cells.choice("certainty", Certainty),
            "source": cells.text("source", ServiceCentre),
        }

    return read


def read_window(centres: Collection[str], agencies: Collection[str]) -> Callable:
    """Reader of one row of windows.csv."""

    def read(cells: Cells) -> Values:
        centre = cells.known("centre_slug", centres, "大厅表")
        if not centre:
            cells.fail("centre_slug", "不能为空，请填写。")
        slug = cells.text("slug", Window, required=True)
        return {
            "place": (centre, slug),
            "centre": centre,
            "slug": slug,
            "number": cells.text("number", Window),
            "name": cells.text("name", Window, required=True),
            "kind": cells.choice("kind", Window.Kind),
            "agencies": cells.many("agencies", agencies),
            "is_demonstration": cells.truth("is_demonstration"),
        }

    return read
