"""The whole catalogue of `data/`, loaded once per test module and rolled back after it.

Loading takes seconds, so the fixture opens one transaction for the module; each test runs in a
savepoint inside it. Keep tests that need real transactions in modules of their own.
"""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def loaded_module(django_db_setup, django_db_blocker):
    """176 published matters, their agencies, themes and papers, for a whole module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_catalogue", str(DATA), verbosity=0, stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded_catalogue(loaded_module, db):
    """The loaded catalogue, with every change of the test undone afterwards."""
