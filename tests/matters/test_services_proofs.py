"""证明事项清单: derived from the guides, the same every time, the ground of a publishing rule."""

import csv
import json

import pytest

from matters.models import MatterVersion, ProofItem
from matters.models.proof import ReplacementWay, called_proof, unlisted_proofs
from matters.services.proofs import derive_proofs
from tests.catalogue import DATA

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


def proofs_in_the_files() -> set[tuple[int, str]]:
    """(seq, name) of every material called 证明, read without the portal's code."""
    found = set()
    for path in sorted((DATA / "guides").glob("*.json")):
        guide = json.loads(path.read_text(encoding="utf-8"))
        for material in guide["materials"]:
            name = material["name"]
            if "证明" in name and not name.endswith(("申请表", "申请书")):
                found.add((guide["seq"], name))
    return found


def test_the_list_holds_every_proof_of_the_guides_and_nothing_else():
    listed = set(ProofItem.objects.values_list("matter__seq", "name"))
    assert listed == proofs_in_the_files()
    assert len(listed) > 200


def test_nothing_published_demands_a_proof_outside_the_list():
    for version in MatterVersion.objects.published().select_related("matter"):
        listed = ProofItem.objects.listed_names(version.matter.seq)
        assert unlisted_proofs(version.snapshot["materials"], listed) == []


def test_a_second_derivation_writes_nothing():
    assert derive_proofs() == 0


def test_what_the_data_does_not_say_stays_empty():
    cancelled = ProofItem.objects.get(matter__seq=44, name="原户籍注销证明")
    assert (cancelled.issued_by, cancelled.basis, cancelled.replacements) == ("", "", [])
    assert cancelled.certainty == "estimated"


def test_issuer_and_replacement_come_from_the_canonical_paper():
    with (DATA / "papers.csv").open(encoding="utf-8") as handle:
        issuers = {row["key"]: row["issuer"] for row in csv.DictReader(handle)}
    identity = ProofItem.objects.get(matter__seq=10, name="身份证明")
    assert identity.issued_by in issuers.values()
    assert identity.replacements == [ReplacementWay.E_LICENCE]


def test_a_row_an_editor_changed_no_longer_follows_the_guide():
    row = ProofItem.objects.get(matter__seq=44, name="生活保障证明")
    row.issued_by, row.derived = "银行或者用人单位", False
    row.save()
    assert derive_proofs() == 0
    row.refresh_from_db()
    assert row.issued_by == "银行或者用人单位"


def test_an_abolished_proof_may_not_be_demanded():
    row = ProofItem.objects.get(matter__seq=44, name="生活保障证明")
    row.replacements = [ReplacementWay.ABOLISHED]
    row.save()
    listed = ProofItem.objects.listed_names(44)
    assert unlisted_proofs([{"name": "生活保障证明"}], listed) == ["生活保障证明"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("无犯罪记录证明", True),
        ("营业设施、设备证明或说明", True),
        ("营业执照", False),
        ("麻醉药品、精神药品邮寄证明申请表", False),
    ],
)
def test_a_form_that_asks_for_a_proof_is_not_one(name, expected):
    assert called_proof(name) is expected
