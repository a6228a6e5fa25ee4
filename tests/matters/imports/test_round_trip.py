"""What is exported can be imported again; nothing changes, and nothing is written."""

import pytest

from matters import exports
from matters.models.import_job import ImportState
from matters.services import workbooks

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


def csv_bytes() -> bytes:
    table = workbooks.matters_table()
    return "".join(exports.csv_lines(table.columns, table.rows())).encode()


@pytest.mark.parametrize("form", ["workbook", "csv"])
def test_an_export_imported_again_changes_nothing(check, form):
    content = workbooks.catalogue_workbook() if form == "workbook" else csv_bytes()
    job = check(content)
    assert job.errors == []
    assert job.state == ImportState.READY
    assert job.counts == {"added": 0, "changed": 0, "unchanged": 176}
