"""No table can change what readers see without their pages being renewed."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.urls import get_resolver

from hedong_portal.pagecache import coverage, triggers
from hedong_portal.pagecache.routes import ROUTES
from tests.architecture.test_open_pages import OPEN, walk

MODELS = coverage.content_models()


def label(model) -> str:
    return model._meta.label


def places(model) -> list[bool]:
    """Which of the four decisions were made about a model."""
    return [
        model in coverage.guide_models(),
        model in coverage.general_models(),
        label(model) in coverage.UNSEEN,
        coverage.is_frozen_part(model) and label(model) not in coverage.GUIDES,
    ]


@pytest.fixture
def told(db) -> set[str]:
    """Tables whose changes are told, as the database has it."""
    with connection.cursor() as cursor:
        return {table for table, _ in triggers._existing(cursor)}


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_a_model_has_exactly_one_place(model):
    assert places(model).count(True) == 1


def test_every_table_readers_see_has_its_trigger(told):
    seen = [m for m in MODELS if m in coverage.guide_models() + coverage.general_models()]
    assert {model._meta.db_table for model in seen} == told


def test_whatever_can_be_edited_in_the_admin_is_told_or_frozen_or_unseen(told):
    """A new model in the admin is covered without anybody thinking of it."""
    edited = {m for m in admin.site._registry if m._meta.app_label in coverage.CONTENT_APPS}
    edited |= {
        inline.model
        for entry in admin.site._registry.values()
        for inline in entry.inlines
        if inline.model._meta.app_label in coverage.CONTENT_APPS
    }
    uncovered = {
        label(model)
        for model in edited
        if model._meta.db_table not in told
        and label(model) not in coverage.UNSEEN
        and not coverage.is_frozen_part(model)
    }
    assert uncovered == set()


def test_every_app_of_the_portal_is_decided_about():
    assert {*coverage.CONTENT_APPS, *coverage.OTHER_APPS} >= set(settings.PORTAL_APPS)


def test_no_name_in_the_lists_is_gone():
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert (coverage.UNSEEN | coverage.GUIDES) - labels == set()


def test_only_open_pages_are_kept():
    known = {name for name, _ in walk(get_resolver().url_patterns)}
    assert ROUTES.keys() - known == set()
    assert ROUTES.keys() - OPEN == set()


def test_a_database_without_a_trigger_is_seen_and_mended(db):
    assert triggers.is_installed(connection)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER tell_readers ON pages_notice")
    assert not triggers.is_installed(connection)
    triggers.install(connection)
    assert triggers.is_installed(connection)


def test_triggers_of_another_release_are_replaced(db, monkeypatch):
    monkeypatch.setattr(triggers, "MOST_GUIDES", 3)
    assert not triggers.is_installed(connection)
    triggers.install(connection)
    assert triggers.is_installed(connection)
