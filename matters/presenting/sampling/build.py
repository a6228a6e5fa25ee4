"""A whole model dossier from one published guide."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from matters.presenting.sampling.bodies import body_of
from matters.presenting.sampling.layouts import layout_of
from matters.presenting.sampling.notes import Note, notes_of, share_mistakes
from matters.selfcheck import questions_for

#: material key → lines `栏目：示例值` written by hand for one matter
Fields = Mapping[str, Sequence[str]]
#: raise when the generator writes other words for an unchanged guide
EDITION = 1


@dataclass(frozen=True)
class Page:
    """One sheet, ready to be stored."""

    key: str
    name: str
    layout: str
    body: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Dossier:
    """Everything of one matter; `digest` is equal for equal content."""

    title: str
    suffix: str
    answers: dict[str, str]
    pages: tuple[Page, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the content and of the generator's edition."""
        whole = json.dumps([EDITION, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


def dossier(guide: Mapping[str, Any], fields: Fields | None = None) -> Dossier:
    """The dossier of `guide` (`matters.snapshot.build`), with a sheet for every material.

    Shown first: the first business item, under the first answer of each of its questions.
    """
    suffix = guide["items"][0]["suffix"]
    mistakes = share_mistakes(guide)
    return Dossier(
        title=f"{guide['name']}样板卷",
        suffix=suffix,
        answers={
            question["key"]: question["options"][0]["key"]
            for question in questions_for(guide, suffix)
        },
        pages=tuple(
            _page(guide, material, (fields or {}).get(material["key"], ()), mistakes)
            for material in guide["materials"]
        ),
    )


def _page(
    guide: Mapping[str, Any],
    material: Mapping[str, Any],
    fields: Sequence[str],
    mistakes: Mapping[str, Sequence[str]],
) -> Page:
    layout = layout_of(material)
    body = body_of(guide, material, layout, fields)
    own = mistakes.get(material["key"], ())
    notes = tuple(notes_of(guide, material, layout, body, own))
    return Page(material["key"], material["name"], layout, body, notes)
