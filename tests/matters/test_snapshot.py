"""The snapshot is the whole guide: complete, JSON, and independent of later changes."""

import json

import pytest

from matters import rules, snapshot
from matters.models import MatterVersion
from organisations.models import Agency

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


def guides():
    return [v.snapshot for v in MatterVersion.objects.published().only("snapshot")]


def test_no_published_guide_has_a_blocking_gap_or_an_empty_mandatory_section():
    blocking = [gap for guide in guides() for gap in rules.gaps(guide) if gap.blocking]
    assert blocking == []


def test_the_stored_snapshot_equals_a_fresh_one():
    version = MatterVersion.objects.published().get(matter__seq=70)
    fresh = json.loads(json.dumps(snapshot.build(version)))
    assert version.snapshot == fresh | {"published_on": version.snapshot["published_on"]}


def test_a_snapshot_does_not_follow_a_renamed_agency():
    version = MatterVersion.objects.published().get(matter__seq=1)
    name = version.snapshot["agency"]["name"]
    Agency.objects.filter(pk=version.agency_id).update(name="改了名的部门")
    version.refresh_from_db()
    assert version.snapshot["agency"]["name"] == name


def test_e_licences_waive_the_paper():
    by_key = {m["key"]: m for m in guides_of(1)["materials"]}
    assert by_key["business_licence"]["waived"] is True
    assert by_key["application_report"]["waived"] is False


def test_either_or_papers_are_named():
    choices = [m["one_of"] for guide in guides() for m in guide["materials"] if m["one_of"]]
    assert choices
    assert all(len(names) >= 2 for names in choices)


def guides_of(seq: int) -> dict:
    return MatterVersion.objects.published().get(matter__seq=seq).snapshot
