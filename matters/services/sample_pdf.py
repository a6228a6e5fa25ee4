"""The PDF of a model dossier: made when first asked for, then kept with its hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from common.clock import now
from matters.documents.compiler import compile_pdf
from matters.models import MatterVersion, SampleDossier, SampleFile
from matters.presenting import samples
from matters.presenting.answers import Answers
from matters.services.samples import public_content

#: raise when the template changes: kept files are then made again
TEMPLATE_EDITION = 1


def sample_pdf(version: MatterVersion, answers: Answers, site_name: str) -> bytes:
    """The dossier of one situation as PDF bytes.

    Equal content gives equal bytes: the time printed into the file is that of the publication.
    Raises `Refused` when a character cannot be printed.
    """
    data = document(version, answers, site_name)
    digest = _digest(data)
    row = SampleDossier.objects.public().filter(matter=version.matter_id).first()
    moment = _moment(version, row)
    if row is None:
        return compile_pdf("sample", data, moment=moment)
    situation = answers.query()
    kept = SampleFile.objects.filter(dossier=row, situation=situation).first()
    if kept and kept.content_digest == digest:
        return bytes(kept.body)
    body = compile_pdf("sample", data, moment=moment)
    SampleFile.objects.update_or_create(
        dossier=row,
        situation=situation,
        defaults={
            "content_digest": digest,
            "sha256": hashlib.sha256(body).hexdigest(),
            "body": body,
            "made_at": now(),
        },
    )
    return body


def _moment(version: MatterVersion, row: SampleDossier | None) -> datetime:
    moment = (row.published_at if row else None) or version.published_at
    return moment or now()


def _digest(data: Mapping[str, Any]) -> str:
    whole = json.dumps([TEMPLATE_EDITION, data], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def document(version: MatterVersion, answers: Answers, site_name: str) -> dict[str, Any]:
    """What the template prints."""
    guide = version.snapshot or {}
    content = public_content(version)
    facts = [["事项", guide["name"]], ["部门", guide["agency"]["name"]]]
    facts += [[question.text, question.answer_label] for question in answers.questions]
    return {
        "title": content["title"],
        "site": site_name,
        "lead": "每份材料长什么样、怎么填、窗口核对什么、哪里最容易错，都标在下面。",
        "facts": facts,
        "disclaimer": samples.DISCLAIMER,
        "invented": "姓名、证号、电话、单位都是编的，请换成您自己的。",
        "mistakes": list(guide["mistakes"]),
        "sheets": [_sheet(sheet) for sheet in samples.sheets(guide, content, answers)],
    }


def _sheet(sheet: samples.Sheet) -> dict[str, Any]:
    demand = "免交，窗口查电子证照" if sheet.paper.waived else sheet.paper.handed_in
    return {
        "number": sheet.number,
        "name": sheet.name,
        "layout": sheet.layout,
        "demand": demand + ("，可后补" if sheet.paper.deferrable else ""),
        "marks": list(sheet.marks),
        "lines": [asdict(line) for line in sheet.lines],
        "callouts": [
            {"number": note.number, "word": note.word, "text": note.text} for note in sheet.callouts
        ],
    }
