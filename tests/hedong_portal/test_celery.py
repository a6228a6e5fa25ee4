"""The schedule and the settings that keep messages safe."""

from pathlib import Path

from django.conf import settings

from hedong_portal.celery import app

ROOT = Path(__file__).resolve().parents[2]


def test_every_scheduled_name_is_a_task():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_every_scheduled_message_expires():
    assert all(entry["options"]["expires"] > 0 for entry in app.conf.beat_schedule.values())


def test_every_task_of_the_portal_is_named_after_its_app_and_function():
    app.loader.import_default_modules()
    for name, task in app.tasks.items():
        module = task.run.__module__
        if module.partition(".")[0] in settings.PORTAL_APPS:
            assert name == f"{module.partition('.')[0]}.{task.run.__name__}"


def test_a_message_survives_a_killed_worker():
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_time_limit < app.conf.broker_transport_options["visibility_timeout"]


def test_no_request_of_the_portal_waits_for_the_broker():
    options = app.conf.broker_transport_options
    assert options["socket_timeout"] <= 5
    assert options["socket_connect_timeout"] <= 2
