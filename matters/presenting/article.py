"""The body of a guide page: a pure function of a snapshot, a business item and a `Frame`.

No request, no session, no clock comes in, so the body can be stored when an edition is published
and is byte for byte what would be rendered now (ADR 0010).
"""

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version as release
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from matters.models import Matter, MatterVersion
from matters.presenting.guide import ESTIMATED_NOTE, present
from matters.workflow import MatterStatus

#: files whose content may change the body
SOURCES = (("templates", "*.html"), ("matters", "*.py"), ("pages", "*.py"), ("common", "*.py"))
PACKAGES = ("django", "heroicons", "segno")


@dataclass(frozen=True)
class Frame:
    """What the body shows besides the snapshot; it may change while the edition stays in force.

    Templates get nothing else as `version` and `matter`, so nothing can be shown unnoticed.
    """

    number: int
    published_at: datetime | None
    suspended: bool
    attested_in: str
    attested_name: str
    conflict_note: str
    related: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, version: MatterVersion, related: Sequence[int]) -> "Frame":
        """Of an edition now; `related` are the numbers its snapshot names."""
        matter = version.matter
        return cls(
            version.number,
            version.published_at,
            matter.status == MatterStatus.SUSPENDED,
            matter.attested_in,
            matter.attested_name,
            matter.conflict_note,
            _names(related),
        )

    def digest(self) -> str:
        """Changes whenever the same snapshot would give another body."""
        moment = self.published_at.timestamp() if self.published_at else None
        values = (code_digest(), settings.PUBLIC_BASE_URL, moment, *_without_moment(self))
        return hashlib.sha256(repr(values).encode()).hexdigest()


def _without_moment(frame: Frame) -> tuple:
    return (
        frame.number,
        frame.suspended,
        frame.attested_in,
        frame.attested_name,
        frame.conflict_note,
        frame.related,
    )


def _names(seqs: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Numbers and names of the matters that can still be read about, in the order given."""
    if not seqs:
        return ()
    found = Matter.objects.filter(seq__in=seqs).exclude(status=MatterStatus.WITHDRAWN)
    names = dict(found.values_list("seq", "name"))
    return tuple((seq, names[seq]) for seq in seqs if seq in names)


def context(guide: Mapping[str, Any], item: Mapping[str, Any], frame: Frame) -> dict[str, Any]:
    """What `templates/matters/guide_article.html` shows."""
    seq, centre = guide["seq"], guide["centre"]
    path = reverse("matters:guide", args=[seq])
    return {
        "page": present(guide, item),
        "guide": guide,
        "version": frame,
        "matter": frame,
        "suspended": frame.suspended,
        "related": [
            {"label": name, "url": reverse("matters:guide", args=[other])}
            for other, name in frame.related
        ],
        "centre_url": reverse("matters:place", args=[centre["slug"]]) if centre else "",
        "check_url": f"{reverse('matters:check', args=[seq])}?item={item['suffix']}",
        "page_path": path,
        "page_url": settings.PUBLIC_BASE_URL + path,
        "estimated_note": ESTIMATED_NOTE,
    }


def article(guide: Mapping[str, Any], item: Mapping[str, Any], frame: Frame) -> str:
    """The body as HTML, safe to print."""
    return render_to_string("matters/guide_article.html", context(guide, item, frame))


@functools.cache
def code_digest() -> str:
    """Of templates, code and packages: another release makes the body anew."""
    digest = hashlib.sha256(repr([release(name) for name in PACKAGES]).encode())
    for folder, pattern in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
