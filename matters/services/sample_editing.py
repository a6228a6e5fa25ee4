"""Changing a model dossier by hand: one sheet at a time, and the address of its film."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.models import User
from common.errors import Refused
from matters.models import SampleDossier, SampleNote, SamplePage
from matters.models.sample import NoteKind
from matters.presenting.sampling.bodies import label_of
from matters.presenting.sampling.notes import nearest_label
from matters.services.samples import note_edit

#: the order call-outs are numbered in
KINDS = (NoteKind.TIP, NoteKind.CHECK, NoteKind.MISTAKE)


def notes_by_kind(page: SamplePage) -> dict[str, list[str]]:
    """Kind → the sentences of its call-outs, in order."""
    found: dict[str, list[str]] = {kind.value: [] for kind in KINDS}
    for note in page.notes.all():
        found[note.kind].append(note.text)
    return found


def sheet_token(page: SamplePage) -> str:
    """Changes whenever the sheet does; a form carries the one it was opened with."""
    whole = json.dumps([page.layout, page.body, notes_by_kind(page)], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


@transaction.atomic
def edit_sheet(
    *, page_id: int, by: User, base: str, layout: str, body: str, notes: Mapping[str, Sequence[str]]
) -> SamplePage:
    """Replace content and call-outs of a sheet; a call-out points at the column it speaks of.

    Raises `Refused` (409) when somebody else has changed the sheet since `base` was handed out.
    Nothing is published: the dossier becomes a draft of the editor.
    """
    page = SamplePage.objects.select_for_update(no_key=True).get(pk=page_id)
    if sheet_token(page) != base:
        raise Refused(
            "sample_changed",
            "您打开之后，另一位编辑改过这张样张。您填的都在，请在另一个窗口看一眼新内容，再保存。",
        )
    page.layout, page.body = layout, body
    page.save(update_fields=["layout", "body"])
    labels = [label for label in map(label_of, body.splitlines()) if label]
    page.notes.all().delete()
    lines = [(kind, text) for kind in KINDS for text in notes.get(kind.value, ())]
    SampleNote.objects.bulk_create(
        SampleNote(
            page=page, position=position, kind=kind, text=text, field=nearest_label(text, labels)
        )
        for position, (kind, text) in enumerate(lines, 1)
    )
    note_edit(dossier_id=page.dossier_id, by=by)
    return page


@transaction.atomic
def set_video(*, dossier_id: int, by: User, url: str) -> SampleDossier:
    """Store where the film is; "" shows （待配置）. Published with the next edition."""
    SampleDossier.objects.filter(pk=dossier_id).update(video_url=url)
    return note_edit(dossier_id=dossier_id, by=by)
