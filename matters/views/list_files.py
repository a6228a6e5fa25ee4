"""A list page as a file: the rows of the page, all pages of them, in the order on screen."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from common.clock import today
from matters import exports
from matters.cards import card
from matters.exports import Column, Table
from matters.views.listing import Listing

FACTS = ("谁能办", "承诺时限", "到现场", "费用")
COLUMNS = (
    Column("序号", 7),
    Column("事项名称", 46),
    Column("一句话说明", 60),
    Column("实施主体", 24),
    *(Column(label, 16) for label in FACTS),
    Column("服务方式", 24),
)
REASON = Column("匹配原因", 30)


def list_page(
    request: HttpRequest, template: str, context: dict[str, Any], name: str
) -> HttpResponseBase:
    """The page of `context["listing"]`, or with ?export= its matters as a file called `name`."""
    wanted = exports.requested(request)
    if wanted:
        return table_file(wanted, matters_table(context["listing"], name))
    return render(request, template, context)


def table_file(wanted: str, table: Table) -> HttpResponseBase:
    """Any table as a download of today."""
    return exports.answer(wanted, table, f"{today():%Y%m%d}")


def matters_table(found: Listing, name: str) -> Table:
    """The cards of a listing as rows; a search also says why each was found."""
    columns = (*COLUMNS, REASON) if found.hits else COLUMNS
    return Table(name, "hedong-matters", columns, lambda: _rows(found))


def _rows(found: Listing) -> Iterator[list[exports.Cell]]:
    for version in found.rows.iterator(chunk_size=500):
        shown = card(version)
        facts = {fact["label"]: fact["value"] for fact in shown.facts}
        row: list[exports.Cell] = [shown.seq, version.name, version.summary, version.agency.name]
        row += [facts.get(label, "") for label in FACTS]
        row.append("、".join(tag["label"] for tag in shown.tags))
        if found.hits:
            row.append(found.hits[shown.seq].reason)
        yield row
