"""Lists of the open interface: the contract holds byte for byte, pages join without a gap."""

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.api.rendering import to_json
from matters.api import contracts, paging, views
from matters.models import MatterVersion

pytestmark = pytest.mark.usefixtures("loaded_catalogue")

LISTS = {
    "/api/v1/matters/": (
        views.Matters,
        ("matter__base_item", "agency", "fee"),
        ("themes",),
    ),
    "/api/v1/items/": (views.Items, ("version__matter",), ()),
    "/api/v1/materials/": (views.Materials, ("version__matter", "paper"), ("items",)),
}


def everything(client, address: str) -> list[dict]:
    """All rows of a list, page by page."""
    rows = []
    while address:
        answer = client.get(address).json()
        rows += answer["results"]
        address = answer["next"]
    return rows


@pytest.mark.parametrize("address", LISTS)
def test_the_fast_way_answers_what_the_serializer_would_byte_for_byte(client, address):
    view, joined, fetched = LISTS[address]
    rows = view().get_queryset().order_by(*view.keys.values())
    whole = rows.select_related(*joined).prefetch_related(*fetched)
    contract = view.rows.serializer(whole[:150], many=True).data
    assert to_json(view.rows.of(rows[:150])) == to_json(contract)


@pytest.mark.parametrize(("address", "number"), [("matters", 176), ("items", 562)])
def test_pages_join_without_a_gap_or_a_repetition(client, address, number):
    rows = everything(client, f"/api/v1/{address}/?limit=37")
    keys = [tuple(row[name] for name in ("seq", "suffix") if name in row) for row in rows]
    assert len(keys) == number
    assert keys == sorted(set(keys))


def test_a_list_is_counted_exactly_up_to_a_thousand_and_no_further(client):
    few = client.get("/api/v1/items/?limit=1").json()
    many = client.get("/api/v1/materials/?limit=1").json()
    assert (few["count"], few["count_is_exact"]) == (562, True)
    assert (many["count"], many["count_is_exact"]) == (paging.EXACT, False)


@pytest.mark.parametrize("address", [*LISTS, "/api/v1/agencies/", "/api/v1/centres/"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(client, address):
    client.get(address)
    counts = []
    for query in ("?limit=1", "?limit=100") if address in LISTS else ("", ""):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address + query).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("online=false", {"online": False}),
        ("handling_type=1", {"handling_type": "1"}),
        ("audience=person", {"audience__contains": ["person"]}),
        ("charged=true", {"fee__charged": True}),
        ("agency=market-regulation", {"agency__slug": "market-regulation"}),
        ("theme=medical-health", {"themes__slug": "medical-health"}),
        ("online=true&cross_province=true", {"online": True, "cross_province": True}),
    ],
)
def test_a_filter_means_what_it_says(client, query, condition):
    rows = everything(client, f"/api/v1/matters/?{query}")
    expected = MatterVersion.objects.public().filter(**condition).order_by("matter__seq")
    assert [row["seq"] for row in rows] == list(expected.values_list("matter__seq", flat=True))
    assert rows


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=１０", "limit"),
        ("limit=ten", "limit"),
        ("online=yes", "online"),
        ("audience=everyone", "audience"),
        ("agency=a%20b", "agency"),
        ("onlin=true", "onlin"),
        ("limit=1&limit=2", "limit"),
        ("theme=%00", "theme"),
        ("theme=", "theme"),
    ],
)
def test_a_mistaken_parameter_is_told_and_not_ignored(client, query, name):
    answer = client.get(f"/api/v1/matters/?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [name]


@pytest.mark.parametrize("spoil", [lambda c: c[:-1], lambda c: c + "A", lambda c: "x"])
def test_a_spoilt_cursor_is_refused(client, spoil):
    following = client.get("/api/v1/matters/?limit=5").json()["next"]
    address, _, cursor = following.partition("cursor=")
    answer = client.get(address + "cursor=" + spoil(cursor))
    assert answer.status_code == 404
    assert answer.json()["code"] == "no_such_page"


def test_a_cursor_belongs_to_its_list_and_its_filters(client):
    following = client.get("/api/v1/matters/?online=true&limit=5").json()["next"]
    for other in (
        following.replace("online=true", "online=false"),
        following.replace("/matters/", "/items/").replace("online=true&", ""),
    ):
        assert client.get(other).status_code == 404


def test_an_address_in_a_row_leads_to_the_guide(client):
    row = client.get("/api/v1/items/?matter=113").json()["results"][0]
    assert client.get("/" + row["url"].split("/", 3)[3]).status_code == 200


def test_every_row_has_exactly_the_declared_fields(client):
    for address, (view, _, _) in LISTS.items():
        row = orjson.loads(client.get(address).content)["results"][0]
        assert list(row) == view.rows.serializer.Meta.fields


def test_the_description_declares_what_the_rows_carry():
    assert set(contracts.MATTERS.columns) | set(contracts.MATTERS.derived) == set(
        contracts.MatterSerializer.Meta.fields
    )
