"""样板卷: complete for every matter, visibly invented, the same every time, published by two."""

import re

import pytest

from accounts.roles import Role
from common.clock import now
from common.errors import Refused
from matters.models import MatterVersion, SampleDossier, SampleNote, SamplePage
from matters.models.sample import SampleStatus
from matters.services.samples import (
    make_samples,
    note_edit,
    public_content,
    publish_sample,
    return_sample,
    submit_sample,
)
from tests.catalogue import DATA
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


@pytest.fixture
def dossier():
    return SampleDossier.objects.get(matter__seq=113)


def test_every_matter_has_a_dossier_and_no_sheet_is_empty():
    versions = MatterVersion.objects.published().select_related("matter")
    contents = {row.matter_id: row.snapshot for row in SampleDossier.objects.public()}
    assert len(contents) == 176
    for version in versions:
        keys = [material["key"] for material in version.snapshot["materials"]]
        pages = contents[version.matter_id]["pages"]
        assert [page["key"] for page in pages] == keys
        assert all(len(page["body"].splitlines()) >= 2 and page["notes"] for page in pages)


def test_every_mistake_of_a_guide_stands_on_a_sheet_of_its_dossier():
    contents = {row.matter_id: row.snapshot for row in SampleDossier.objects.public()}
    for version in MatterVersion.objects.published():
        found = [
            note["text"]
            for page in contents[version.matter_id]["pages"]
            for note in page["notes"]
            if note["kind"] == "mistake"
        ]
        assert sorted(found) == sorted(version.mistakes)


def test_making_them_again_writes_nothing():
    before = list(SamplePage.objects.order_by("pk").values_list("pk", flat=True))
    assert make_samples(DATA, moment=now()) == 0
    assert list(SamplePage.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_nothing_in_a_sheet_could_be_a_real_person_or_number():
    """No 11-digit telephone, no 18-character identity or credit code, no whole name."""
    real = re.compile(r"1[3-9]\d{9}|\d{17}[\dX]|[0-9A-Z]{18}|022-?\d{8}")
    bodies = SamplePage.objects.values_list("body", flat=True)
    assert [body for body in bodies if real.search(body)] == []


def test_hand_written_columns_reach_their_sheet(dossier):
    body = dossier.pages.get(key="application_form").body
    assert "经营业务范围：【√】国内旅游" in body
    assert "业务办理项：{办理项}" in body


def test_a_changed_guide_gets_a_new_dossier_unless_an_editor_owns_it(dossier):
    page = dossier.pages.get(key="lease")
    page.body = "甲方：某某"
    page.save()
    note_edit(dossier_id=dossier.pk, by=UserFactory(roles=[Role.CATALOGUE_EDITOR]))
    SampleDossier.objects.filter(matter__seq__in=(113, 66)).update(digest="older")
    assert make_samples(DATA, moment=now()) == 1
    page.refresh_from_db()
    assert page.body == "甲方：某某"


def test_an_edit_stays_hidden_until_another_person_publishes_it(dossier):
    editor = UserFactory(roles=[Role.CATALOGUE_EDITOR, Role.CATALOGUE_REVIEWER])
    reviewer = UserFactory(roles=[Role.CATALOGUE_REVIEWER])
    page = dossier.pages.get(key="lease")
    page.body = "甲方：改过的示例"
    page.save()
    note_edit(dossier_id=dossier.pk, by=editor)
    version = MatterVersion.objects.published().get(matter__seq=113)
    assert "改过的示例" not in str(public_content(version))
    with pytest.raises(Refused, match="还没有提交审核"):
        publish_sample(dossier_id=dossier.pk, by=reviewer, moment=now())
    submit_sample(dossier_id=dossier.pk, by=editor)
    with pytest.raises(Refused, match="另一位同事"):
        publish_sample(dossier_id=dossier.pk, by=editor, moment=now())
    published = publish_sample(dossier_id=dossier.pk, by=reviewer, moment=now())
    assert published.status == SampleStatus.PUBLISHED
    assert "改过的示例" in str(public_content(version))


def test_a_reviewer_may_send_it_back(dossier):
    editor = UserFactory(roles=[Role.CATALOGUE_EDITOR])
    note_edit(dossier_id=dossier.pk, by=editor)
    submit_sample(dossier_id=dossier.pk, by=editor)
    assert return_sample(dossier_id=dossier.pk, by=UserFactory()).status == SampleStatus.DRAFT


def test_a_dossier_without_sheets_is_not_published(dossier):
    editor, reviewer = UserFactory(), UserFactory()
    note_edit(dossier_id=dossier.pk, by=editor)
    submit_sample(dossier_id=dossier.pk, by=editor)
    dossier.pages.all().delete()
    with pytest.raises(Refused, match="还没有样张"):
        publish_sample(dossier_id=dossier.pk, by=reviewer, moment=now())


def test_a_material_younger_than_its_dossier_gets_an_example_on_the_spot(dossier):
    dossier.snapshot["pages"] = [p for p in dossier.snapshot["pages"] if p["key"] != "lease"]
    dossier.save()
    notes = SampleNote.objects.count()
    version = MatterVersion.objects.published().get(matter__seq=113)
    assert "lease" in [page["key"] for page in public_content(version)["pages"]]
    assert SampleNote.objects.count() == notes
