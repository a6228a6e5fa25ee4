"""The page about the interface: complete, true, and without anything from elsewhere."""

import datetime
import json

import pytest

from accounts.api.described import description
from matters.api import changes
from pages import reference

OPERATIONS = [
    operation for methods in description()["paths"].values() for operation in methods.values()
]


@pytest.mark.django_db
def test_without_a_catalogue_the_page_has_no_examples_and_still_opens(client):
    assert client.get("/api/").status_code == 200


@pytest.fixture
def settled(monkeypatch):
    """Events of a catalogue loaded a moment ago are told at once."""
    monkeypatch.setattr(changes, "SETTLING", datetime.timedelta(0))


@pytest.mark.usefixtures("loaded_catalogue", "settled")
class TestWithTheCatalogue:
    """Examples are today's answers."""

    def test_every_operation_stands_on_the_page(self, client):
        page = client.get("/api/").content.decode()
        for operation in OPERATIONS:
            assert f'id="{operation["operationId"]}"' in page
            for parameter in operation.get("parameters", ()):
                assert f"<code>{parameter['name']}</code>" in page

    @pytest.mark.parametrize("address", reference.EXAMPLES.values())
    def test_an_example_has_the_shape_of_the_answer(self, client, address):
        answer, shown = client.get(address).json(), json.loads(reference.example(address))
        assert list(shown) == list(answer)

    def test_the_page_is_made_in_few_queries(self, client, django_assert_max_num_queries):
        client.get("/api/")
        with django_assert_max_num_queries(45):
            client.get("/api/")


def test_every_operation_that_reads_has_an_example():
    keys = {operation["operationId"] for operation in OPERATIONS if not operation.get("security")}
    assert keys == set(reference.EXAMPLES)


def test_every_line_to_try_is_one_a_shell_takes():
    """No brace is left for curl to expand, and every operation that writes shows its body."""
    writing = {o["operationId"] for o in OPERATIONS if "requestBody" in o}
    assert writing == set(reference.BODIES)
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            line = reference._curl(operation["operationId"], path, method)
            address = line.split("'")[-2]
            assert address.startswith("http")
            assert "{" not in address


def test_every_parameter_is_explained_in_chinese():
    for group in reference_parameters():
        assert any("\u4e00" <= character <= "\u9fff" for character in group["description"]), group


def reference_parameters() -> list[dict]:
    return [one for operation in OPERATIONS for one in operation.get("parameters", ())]
