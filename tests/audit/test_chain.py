"""A chain names what was changed, removed or cut off; the database refuses both first."""

import io

import pgtrigger
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from audit.chain import breaks, chained_models, digest
from matters.models import ElementChange, MatterVersion, VersionMove
from matters.services.editions import prepare_version, record_change
from tests.factories.matters import editor, in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> MatterVersion:
    """A draft with a chain of three element changes."""
    by = editor()
    draft = prepare_version(matter_id=in_force().matter_id, by=by)
    for number in range(3):
        record_change(version=draft, element="summary", before=number, after=number + 1, by=by)
    return draft


def run_past_the_trigger(statement: str) -> None:
    """As an owner of the database could: without the triggers."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(statement)


def verify() -> str:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=err)
    except CommandError as error:
        return err.getvalue() + str(error)
    return out.getvalue()


def test_untouched_chains_are_sound(version):
    assert [found for model in chained_models() for found in breaks(model)] == []
    assert "全部记录完好" in verify()


@pytest.mark.parametrize("work", ["update", "delete"])
def test_the_database_refuses_to_change_a_row(version, work):
    rows = ElementChange.objects.filter(version=version)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        rows.update(element="name") if work == "update" else rows.delete()


def test_a_changed_row_is_named(version):
    row = ElementChange.objects.get(version=version, sequence=2)
    run_past_the_trigger(f"UPDATE matters_elementchange SET after = '9' WHERE id = {row.pk}")
    assert f"第 {row.pk} 条记录：内容与摘要不符" in verify()


def test_a_removed_row_is_noticed_at_the_next_one(version):
    run_past_the_trigger("DELETE FROM matters_elementchange WHERE sequence = 2")
    following = ElementChange.objects.get(version=version, sequence=3)
    assert f"第 {following.pk} 条记录：链内序号应为 2" in verify()


def test_a_row_rewritten_with_its_own_hash_breaks_the_next_link(version):
    row = ElementChange.objects.get(version=version, sequence=1)
    row.after = 9
    run_past_the_trigger(
        f"UPDATE matters_elementchange SET after = '9', row_hash = '{digest(row)}' "
        f"WHERE id = {row.pk}"
    )
    assert "与前一条记录的摘要不符" in verify()


def test_a_cut_off_end_contradicts_the_status_of_the_version(version):
    last = VersionMove.objects.filter(version__matter=version.matter, event="load").get()
    run_past_the_trigger(f"DELETE FROM matters_versionmove WHERE id = {last.pk}")
    assert "链尾" not in verify()  # a version without any moves was never moved by a service
    MatterVersion.objects.filter(pk=version.pk).update(status="submitted")
    assert "链尾：版本的状态与最后一条流转不符" in verify()


def test_every_chained_table_is_append_only_for_the_portal_role():
    tables = {model._meta.db_table for model in chained_models()}
    assert tables
    assert tables <= set(settings.APPEND_ONLY_TABLES)
