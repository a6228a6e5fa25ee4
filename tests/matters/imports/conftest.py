"""Files made in the test, and one import from the upload to its end."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from matters.models import ImportJob
from matters.services.imports import jobs, running
from tests.factories.accounts import UserFactory


@pytest.fixture
def editor(db):
    """A person of 目录编辑 for the whole catalogue."""
    return UserFactory(roles=[Role.CATALOGUE_EDITOR])


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Uploads of a test lie in a folder of its own."""
    settings.PORTAL_DATA_DIR = tmp_path


@pytest.fixture
def check(editor):
    """Hand in a file and let the worker check it."""

    def run(content: bytes | str, name: str = "目录.xlsx", by=editor) -> ImportJob:
        body = content.encode() if isinstance(content, str) else content
        job = jobs.hand_in(upload=SimpleUploadedFile(name, body), by=by)
        assert running.run_next()
        job.refresh_from_db()
        return job

    return run


@pytest.fixture
def write(editor):
    """Confirm a checked import and let the worker write it."""

    def run(job: ImportJob, by=editor) -> ImportJob:
        jobs.confirm(job_id=job.pk, by=by, plan_hash=job.plan_hash)
        assert running.run_next()
        job.refresh_from_db()
        return job

    return run
