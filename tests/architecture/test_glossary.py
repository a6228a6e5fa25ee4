"""The glossary knows every model by the word on screen, and nothing that does not exist."""

import ast
import re

import pytest
from django.apps import apps
from django.conf import settings

from tests.architecture.source import APPS, ROOT, python_files

GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| .* \| \((code|later)\) \|$", re.M)
ROWS = {name: (term.strip(), state) for name, term, state in ROW.findall(GLOSSARY)}
MODELS = [
    model
    for app in settings.PORTAL_APPS
    for model in apps.get_app_config(app).get_models(include_auto_created=False)
]


def class_names() -> set[str]:
    """Every class of the portal's apps."""
    return {
        node.name
        for path in python_files(*APPS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }


def test_every_row_of_an_identifier_can_be_read():
    """A row the pattern does not understand would escape the other tests."""
    assert len(ROWS) == len(re.findall(r"^\| `", GLOSSARY, re.M))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_has_its_row_with_the_word_on_screen(model):
    expected = (str(model._meta.verbose_name), "code")
    assert ROWS.get(model.__name__) == expected


def test_names_marked_as_code_exist():
    marked = {name for name, (_, state) in ROWS.items() if state == "code"}
    assert marked - class_names() == set()


def test_names_reserved_for_later_do_not_exist_yet():
    reserved = {name for name, (_, state) in ROWS.items() if state == "later"}
    assert reserved & class_names() == set()
