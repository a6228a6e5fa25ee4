"""`manage.py portal init`: everything the first page needs, and nothing twice."""

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands
from django.db import connection

from hedong_portal import preparation


def names(**options) -> list[str]:
    return [step.command for step in preparation.missing_steps(**options)]


def test_every_step_names_a_command_and_a_model_that_exist():
    for step in preparation.STEPS:
        assert apps.get_model(step.model)
        assert step.command in get_commands() or step.command == "seed_site"


def test_a_migrated_test_database_has_nothing_unapplied(db):
    assert not preparation.unapplied_migrations()


def test_a_step_whose_model_has_rows_is_done(db):
    assert "load_calendar" in names(own_use=False)
    call_command("load_calendar", "data/holidays_2025_2027.csv", verbosity=0)
    assert "load_calendar" not in names(own_use=False)


def test_the_offices_own_database_gets_the_calendar_but_no_demonstration(db):
    wanted = names(own_use=True)
    assert "load_calendar" in wanted
    assert not {"load_catalogue", "seed_accounts"} & set(wanted)


def test_the_database_remembers_that_it_is_the_offices_own(db):
    assert not preparation.is_own_use()
    preparation.remember_own_use()
    assert preparation.is_own_use()


def test_the_list_of_demonstration_accounts_is_left_for_the_launcher(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    settings.DEMO_MODE = True
    preparation.note_demo_accounts(own_use=False)
    assert "演示账户" in (tmp_path / "demo-accounts.txt").read_text()
    preparation.note_demo_accounts(own_use=True)
    assert not (tmp_path / "demo-accounts.txt").exists()


def test_static_files_are_collected_once_until_a_source_changes(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], tmp_path / "static"
    said: list[str] = []
    for _ in range(2):
        preparation.collect_static(said.append)
    assert len(said) == 1
    (source / "b.css").write_text("b{}")
    preparation.collect_static(said.append)
    assert len(said) == 2
    assert (tmp_path / "static/b.css").exists()


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready(monkeypatch):
    def refuse():
        raise preparation.DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)
    assert not preparation.is_ready()
