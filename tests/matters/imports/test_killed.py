"""A worker killed at any moment leaves the catalogue old or new, and the next one takes over.

IMPORT_KILLS sets how often (3 by default, 20 before a release).
"""

import os
import random
import subprocess
import sys
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.roles import Role
from audit.chain import breaks
from matters.models import ImportJob, MatterVersion, VersionMove
from matters.models.import_job import ImportState
from matters.services.imports import jobs, running
from tests.factories.accounts import UserFactory
from tests.factories.organisations import AgencyFactory
from tests.matters.imports.files import csv_text, main

KILLS = int(os.environ.get("IMPORT_KILLS", "3"))
ROWS = 1_500
WORKER = (
    "import django; django.setup(); from matters.services.imports import running;"
    " print('ready', flush=True); running.run_next(); print('done', flush=True)"
)


def worker(tmp_path) -> subprocess.Popen:
    """A process like the one Celery keeps, on the test's own database."""
    given = connection.settings_dict
    address = (
        f"postgres://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={given['HOST']}"
    )
    environ = os.environ | {
        "DATABASE_URL": address + (f"&port={given['PORT']}" if given["PORT"] else ""),
        "PORTAL_DATA_DIR": str(tmp_path),
    }
    child = subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environ, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "ready\n"
    return child


def confirmed(start: int, editor) -> ImportJob:
    """A checked and confirmed import of new matters."""
    changes = [{"事项序号": start + n, "实施主体": "区测试局"} for n in range(ROWS)]
    content = csv_text(main(*changes)["事项"]).encode()
    job = jobs.hand_in(upload=SimpleUploadedFile("a.csv", content), by=editor)
    running.run_next()
    job.refresh_from_db()
    assert job.errors == []
    return jobs.confirm(job_id=job.pk, by=editor, plan_hash=job.plan_hash)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_all_or_nothing_and_is_replaced(tmp_path):
    AgencyFactory(name="天津市河东区测试局", short_name="区测试局")
    editor = UserFactory(roles=[Role.CATALOGUE_EDITOR])
    moments = random.Random(20250131)
    longest = 0.0
    for round_ in range(KILLS):
        before = MatterVersion.objects.count()
        job = confirmed(10_000 * (round_ + 1), editor)
        child, began = worker(tmp_path), time.monotonic()
        if longest:  # the first round is left alone and says how long one takes
            time.sleep(moments.uniform(0, longest))
            child.kill()
        child.wait()
        child.stdout.close()
        longest = longest or time.monotonic() - began
        assert MatterVersion.objects.count() in (before, before + ROWS)
        # as if the lease had run out
        ImportJob.objects.filter(pk=job.pk).update(lease_until="2020-01-01T00:00:00Z")
        running.run_next()
        job.refresh_from_db()
        assert job.state == ImportState.DONE
        assert MatterVersion.objects.count() == before + ROWS
    assert list(breaks(VersionMove)) == []


@pytest.mark.django_db
def test_a_job_is_given_up_after_three_workers_died(check, editor):
    job = jobs.hand_in(upload=SimpleUploadedFile("a.csv", b"x"), by=editor)
    ImportJob.objects.filter(pk=job.pk).update(attempts=3)
    running.run_next()
    job.refresh_from_db()
    assert job.state == ImportState.REFUSED
    assert "已经停止" in job.errors[0]["reason"]


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_writes_nothing(editor):
    job = jobs.hand_in(upload=SimpleUploadedFile("a.csv", b"x"), by=editor)
    claim = running.claim_next()
    ImportJob.objects.filter(pk=job.pk).update(lease_token=None)
    running.work(claim)
    claim.close()
    job.refresh_from_db()
    assert job.state == ImportState.CHECKING


@pytest.mark.django_db
def test_a_claimed_job_is_not_claimed_again_while_its_lease_holds(editor):
    jobs.hand_in(upload=SimpleUploadedFile("a.csv", b"x"), by=editor)
    assert running.claim_next() is not None
    assert running.claim_next() is None
