"""样板卷: generating, editing, reviewing and publishing model dossiers."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from common.errors import Refused
from matters.models import MatterVersion, SampleDossier, SampleNote, SamplePage
from matters.models.choices import Certainty
from matters.models.sample import SampleStatus
from matters.presenting.sampling.build import Dossier, dossier
from matters.presenting.sampling.examples import value_of

SCHEMA = 1
BATCH = 2000
#: the first section of every form has them already
PARTY_WORDS = ("信用代码", "手机", "电话")
#: seq → (business item suffixes, line) of columns known for its application form
Columns = dict[int, list[tuple[str, str]]]


@transaction.atomic
def make_samples(folder: Path | None = None, *, moment: datetime) -> int:
    """Generate and publish a dossier for every matter in force; returns how many were written.

    A dossier an editor has touched is left alone, one whose content is unchanged is not written
    again. `folder` may hold `samples.json` (columns written by hand) and the forms of bundles.
    """
    by_hand = _by_hand(folder)
    columns = _bundle_columns(folder)
    known = {row.matter_id: row for row in SampleDossier.objects.defer("snapshot")}
    made: list[tuple[SampleDossier, Dossier]] = []
    versions = MatterVersion.objects.public().exclude(snapshot__isnull=True)
    for version in versions.only("matter_id", "snapshot", "matter__seq").select_related("matter"):
        guide = version.snapshot or {}
        row = known.get(version.matter_id) or SampleDossier(
            matter_id=version.matter_id, derived=True
        )
        if not row.derived:
            continue
        seq = version.matter.seq
        fields = by_hand.get(seq) or _for_forms(guide, columns.get(seq, []))
        content = dossier(guide, fields)
        if row.digest != content.digest:
            made.append((row, content))
    _write(made, moment)
    return len(made)


def _by_hand(folder: Path | None) -> dict[int, Mapping[str, Sequence[str]]]:
    path = folder / "samples.json" if folder else None
    if path is None or not path.is_file():
        return {}
    return {int(seq): fields for seq, fields in json.loads(path.read_text("utf-8")).items()}


def _bundle_columns(folder: Path | None) -> Columns:
    """Columns the merged forms of the bundles ask for a component, with example values."""
    columns: Columns = {}
    if folder is None or not (folder / "bundle_forms.json").is_file():
        return columns
    with (folder / "bundle_items.csv").open(encoding="utf-8", newline="") as handle:
        parts = {(row["bundle_id"], row["item_no"]): row for row in csv.DictReader(handle)}
    for bundle in json.loads((folder / "bundle_forms.json").read_text("utf-8")):
        for field in bundle["form_fields"]:
            for number in field["used_by"]:
                part = parts.get((bundle["bundle_id"], str(number)))
                if part and part["matter_seq"].isdigit():
                    line = (part["item_suffix"], _example(field))
                    columns.setdefault(int(part["matter_seq"]), []).append(line)
    return columns


def _example(field: Mapping[str, Any]) -> str:
    value = field["options"][0] if field["options"] else value_of(field["label"])
    return f"{field['label']}：{value}"


def _for_forms(
    guide: Mapping[str, Any], columns: Iterable[tuple[str, str]]
) -> dict[str, list[str]]:
    """The columns of each business item go into the first form that serves it."""
    fields: dict[str, list[str]] = {}
    for suffix, line in columns:
        form = next(
            (m for m in guide["materials"] if m["blank_form"] and suffix in m["items"]), None
        )
        if form and not any(word in line for word in PARTY_WORDS):
            lines = fields.setdefault(form["key"], [])
            if line not in lines:
                lines.append(line)
    return fields


def _write(made: list[tuple[SampleDossier, Dossier]], moment: datetime) -> None:
    """Rows of all dossiers in bulk: three inserts, whatever their number."""
    for row, content in made:
        row.title, row.suffix, row.answers = content.title, content.suffix, content.answers
        row.digest, row.certainty = content.digest, Certainty.ESTIMATED
        row.status, row.published_at = SampleStatus.PUBLISHED, moment
        row.snapshot = _snapshot(row, content)
    new = [row for row, _ in made if row.pk is None]
    old = [row for row, _ in made if row.pk is not None]
    fields = "title suffix answers digest certainty status published_at snapshot".split()
    SamplePage.objects.filter(dossier__in=old).delete()
    SampleDossier.objects.bulk_update(old, fields, batch_size=50)
    SampleDossier.objects.bulk_create(new)
    pages = [
        (
            SamplePage(
                dossier=row,
                position=position,
                key=page.key,
                name=page.name,
                layout=page.layout,
                body=page.body,
            ),
            page,
        )
        for row, content in made
        for position, page in enumerate(content.pages, 1)
    ]
    SamplePage.objects.bulk_create([page for page, _ in pages], batch_size=BATCH)
    SampleNote.objects.bulk_create(
        [
            SampleNote(
                page=page, position=position, kind=note.kind, field=note.field, text=note.text
            )
            for page, content_page in pages
            for position, note in enumerate(content_page.notes, 1)
        ],
        batch_size=BATCH,
    )


def _snapshot(row: SampleDossier, content: Dossier) -> dict[str, Any]:
    """What is published, from generated content; `build_snapshot` does the same from rows."""
    pages = [
        {
            "key": page.key,
            "name": page.name,
            "layout": page.layout,
            "body": page.body,
            "notes": [
                {"kind": note.kind, "field": note.field, "text": note.text} for note in page.notes
            ],
        }
        for page in content.pages
    ]
    return _head(row) | {
        "title": content.title,
        "suffix": content.suffix,
        "answers": content.answers,
        "pages": pages,
    }


def _head(row: SampleDossier) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "title": row.title,
        "suffix": row.suffix,
        "answers": row.answers,
        "certainty": row.certainty,
        "derived": row.derived,
        "video_url": row.video_url,
    }


def public_content(version: MatterVersion) -> dict[str, Any]:
    """What the public reads for an edition: the published dossier, completed from the guide.

    A material that is younger than the dossier, or a matter without one, gets its example made on
    the spot, so that no link to a sample ever leads nowhere. Nothing is written.
    """
    guide = version.snapshot or {}
    row = SampleDossier.objects.public().filter(matter=version.matter_id).first()
    content: dict[str, Any] = (row.snapshot if row else None) or {}
    known = {page["key"] for page in content.get("pages", ())}
    if content and all(material["key"] in known for material in guide["materials"]):
        return content
    made = _snapshot(SampleDossier(derived=True, certainty=Certainty.ESTIMATED), dossier(guide))
    missing = [page for page in made["pages"] if page["key"] not in known]
    return content | {"pages": content["pages"] + missing} if content else made


def build_snapshot(row: SampleDossier) -> dict[str, Any]:
    """The edition the rows of a dossier make."""
    pages = [
        {
            "key": page.key,
            "name": page.name,
            "layout": page.layout,
            "body": page.body,
            "notes": [
                {"kind": note.kind, "field": note.field, "text": note.text}
                for note in page.notes.all()
            ],
        }
        for page in row.pages.prefetch_related("notes")
    ]
    return _head(row) | {"pages": pages}


def _locked(dossier_id: int) -> SampleDossier:
    return SampleDossier.objects.select_for_update(of=("self",), no_key=True).get(pk=dossier_id)


@transaction.atomic
def note_edit(*, dossier_id: int, by: User) -> SampleDossier:
    """After an editor changed rows: the dossier is theirs, and under work."""
    row = _locked(dossier_id)
    row.status, row.derived, row.edited_by = SampleStatus.DRAFT, False, by
    row.save(update_fields=["status", "derived", "edited_by"])
    return row


@transaction.atomic
def submit_sample(*, dossier_id: int, by: User) -> SampleDossier:
    """The editor hands the dossier to a reviewer."""
    row = _locked(dossier_id)
    if row.status != SampleStatus.DRAFT:
        raise Refused("sample_not_draft", f"“{row}”没有待提交的修改。")
    row.status, row.edited_by = SampleStatus.SUBMITTED, by
    row.save(update_fields=["status", "edited_by"])
    return row


@transaction.atomic
def publish_sample(*, dossier_id: int, by: User, moment: datetime) -> SampleDossier:
    """Put a submitted dossier before the public. Whoever edited it may not do so."""
    row = _locked(dossier_id)
    if row.status != SampleStatus.SUBMITTED:
        raise Refused("sample_not_submitted", f"“{row}”还没有提交审核，请编辑人员先提交。")
    if row.edited_by_id == by.pk:
        raise Refused("sample_own_edit", "自己修改的样板卷要请另一位同事审核发布。", status=403)
    row.snapshot = build_snapshot(row)
    if not row.snapshot["pages"]:
        raise Refused("sample_empty", f"“{row}”还没有样张，请补充后再发布。", status=422)
    row.status, row.published_at, row.published_by = SampleStatus.PUBLISHED, moment, by
    row.save(update_fields=["snapshot", "status", "published_at", "published_by"])
    return row


@transaction.atomic
def return_sample(*, dossier_id: int, by: User) -> SampleDossier:
    """The reviewer sends it back to the editor."""
    row = _locked(dossier_id)
    if row.status != SampleStatus.SUBMITTED:
        raise Refused("sample_not_submitted", f"“{row}”不在待审核状态。")
    row.status = SampleStatus.DRAFT
    row.save(update_fields=["status"])
    return row
