"""A published version is frozen by the database, whatever code runs."""

import pytest
from django.db import connection, models, transaction
from django.db.utils import IntegrityError, InternalError

from matters.models import (
    BusinessItem,
    Condition,
    Faq,
    Fee,
    GuideText,
    LegalBasis,
    Material,
    MaterialUse,
    MatterVersion,
    Result,
    Situation,
    SituationOption,
    Step,
    VersionTheme,
)
from matters.workflow import VersionStatus

pytestmark = pytest.mark.usefixtures("loaded_catalogue")

PARTS = [
    (BusinessItem, {"name": "改名"}),
    (Condition, {"sentence": "改了"}),
    (Faq, {"answer": "改了"}),
    (Fee, {"item": "改了"}),
    (LegalBasis, {"gist": "改了"}),
    (Material, {"name": "改了"}),
    (Result, {"name": "改了"}),
    (Situation, {"question": "改了"}),
    (SituationOption, {"label": "改了"}),
    (Step, {"name": "改了"}),
]
NAMES = [model.__name__ for model, _ in PARTS]


def refused(work):
    """Run `work` in a savepoint and insist that the database refuses it."""
    with pytest.raises((IntegrityError, InternalError), match="frozen"), transaction.atomic():
        work()


@pytest.mark.parametrize(("model", "change"), PARTS, ids=NAMES)
def test_a_part_of_a_published_version_cannot_be_updated(model, change):
    refused(lambda: model.objects.filter(pk=model.objects.first().pk).update(**change))


@pytest.mark.parametrize(
    "model", [*(m for m, _ in PARTS), VersionTheme, MaterialUse], ids=lambda m: m.__name__
)
def test_a_part_of_a_published_version_cannot_be_deleted(model):
    row = model.objects.first()
    refused(lambda: model.objects.filter(pk=row.pk)._raw_delete("default"))


def test_nothing_can_be_added_to_a_published_version():
    version = MatterVersion.objects.published().first()
    refused(
        lambda: Condition.objects.create(
            version=version, kind="applies", position=99, sentence="后加的条件"
        )
    )


def test_a_part_cannot_be_moved_out_of_a_published_version():
    row = Faq.objects.select_related("version").first()
    draft = copy_as_draft(row.version)
    refused(lambda: Faq.objects.filter(pk=row.pk).update(version=draft))


@pytest.mark.parametrize("field", ["name", "promised_value", "snapshot", "agency_id", "number"])
def test_the_content_of_a_published_version_cannot_change(field):
    version = MatterVersion.objects.published().first()
    value = {"name": "改名", "snapshot": {}, "number": 77}.get(field, 1)
    if field == "agency_id":
        value = MatterVersion.objects.exclude(agency=version.agency).first().agency_id
    if field == "promised_value":
        value = version.promised_value + 1 if version.promised_value < 3 else 1
    refused(lambda: MatterVersion.objects.filter(pk=version.pk).update(**{field: value}))


def test_a_published_version_cannot_become_a_draft_again():
    version = MatterVersion.objects.published().first()
    refused(lambda: MatterVersion.objects.filter(pk=version.pk).update(status=VersionStatus.DRAFT))


def test_a_published_version_cannot_be_deleted_by_plain_sql():
    version = MatterVersion.objects.published().first()

    def delete():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM matters_matterversion WHERE id = %s", [version.pk])

    refused(delete)


def test_a_published_version_may_be_superseded():
    version = MatterVersion.objects.published().first()
    changed = MatterVersion.objects.filter(pk=version.pk).update(
        status=VersionStatus.SUPERSEDED, superseded_at=version.published_at
    )
    assert changed == 1
    refused(
        lambda: MatterVersion.objects.filter(pk=version.pk).update(status=VersionStatus.PUBLISHED)
    )


def test_every_part_that_goes_with_a_version_carries_the_trigger():
    owned = [
        relation.related_model
        for relation in MatterVersion._meta.related_objects
        if relation.on_delete is models.CASCADE
        and relation.related_model is not GuideText  # derived: drawn anew when templates change
    ]
    without = [
        model.__name__
        for model in owned
        if "freeze_published" not in {trigger.name for trigger in model._meta.triggers}
    ]
    assert owned
    assert without == []


def test_only_one_version_of_a_matter_is_in_force():
    version = MatterVersion.objects.published().first()
    with pytest.raises(IntegrityError, match="one_published_version"), transaction.atomic():
        draft = copy_as_draft(version)
        MatterVersion.objects.filter(pk=draft.pk).update(
            status=VersionStatus.PUBLISHED, snapshot={}, published_at=version.published_at
        )


def copy_as_draft(version: MatterVersion) -> MatterVersion:
    """A draft with the scalar elements of a published version."""
    draft = MatterVersion.objects.get(pk=version.pk)
    draft.pk, draft.number, draft.status = None, version.number + 1, VersionStatus.DRAFT
    draft.snapshot = draft.published_at = None
    draft._state.adding = True
    draft.save()
    return draft
