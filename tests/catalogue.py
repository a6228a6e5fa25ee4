"""The whole catalogue of `data/`, loaded once per worker into a copy of the test database.

Loading takes seconds, so a module that asks for it works in that copy: its connection is pointed
there, each test is rolled back as always, and the connection returns when the module ends. A test
with real transactions would empty the copy; keep those in modules of their own.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

DATA = Path(__file__).parent.parent / "data"
SUFFIX = "_catalogue"


def run_outside(statement: str) -> None:
    """Run a statement on databases themselves, from a connection to none of them."""
    with connection._nodb_cursor() as cursor:  # what Django's own test runner uses for this
        cursor.execute(statement)


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Point the default connection at another database for a while."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database and, made while nobody is connected to it, its empty copy."""
    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        run_outside(f'DROP DATABASE IF EXISTS "{usual}{SUFFIX}"')
        run_outside(f'CREATE DATABASE "{usual}{SUFFIX}" TEMPLATE "{usual}"')
    yield
    with django_db_blocker.unblock():
        run_outside(f'DROP DATABASE "{usual}{SUFFIX}" WITH (FORCE)')


@pytest.fixture(scope="session")
def catalogue_database(django_db_setup, django_db_blocker) -> str:
    """Name of the copy, with the catalogue in it."""
    name = f"{connection.settings_dict['NAME']}{SUFFIX}"
    with django_db_blocker.unblock(), working_in(name):
        call_command("load_catalogue", str(DATA), verbosity=0, stdout=io.StringIO())
    return name


@pytest.fixture(scope="module")
def loaded_module(catalogue_database, django_db_blocker):
    """176 published matters, their agencies, themes and papers, for a whole module."""
    with django_db_blocker.unblock(), working_in(catalogue_database):
        yield


@pytest.fixture
def loaded_catalogue(loaded_module, db):
    """The loaded catalogue, with every change of the test undone afterwards."""
