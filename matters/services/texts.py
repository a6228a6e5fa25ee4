"""Bodies of guide pages, stored when an edition is published and found again for a reader."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.safestring import SafeString, mark_safe

from matters.models import GuideText, MatterVersion
from matters.presenting.article import Frame, article, code_digest
from matters.workflow import MatterStatus, VersionStatus

#: parts of the snapshot that stand outside the body: title, description, where the page stands
HEAD = ("seq", "name", "summary", "agency", "audience", "themes", "related")
#: what a reader's page needs of edition and matter besides the stored row
NEEDED = (
    "suffix",
    "head",
    "html",
    "made_from",
    "version__number",
    "version__published_at",
    "version__matter__seq",
    "version__matter__status",
    "version__matter__attested_in",
    "version__matter__attested_name",
    "version__matter__conflict_note",
)


def store_texts(versions: Iterable[MatterVersion]) -> int:
    """Store the bodies of versions in force, for every business item; returns how many.

    Bodies of other editions of the same matters go.
    """
    rows = [row for version in versions for row in _rows(version)]
    with transaction.atomic():
        matters = {row.version.matter_id for row in rows}
        GuideText.objects.filter(version__matter__in=matters).delete()
        GuideText.objects.bulk_create(rows, batch_size=50)
    return len(rows)


def store_missing_texts(limit: int) -> int:
    """Store what a release or an import has left without bodies, at most `limit` editions."""
    stored = GuideText.objects.filter(code=code_digest()).values("version")
    editions = MatterVersion.objects.public().exclude(pk__in=stored).select_related("matter")
    return store_texts(editions.order_by("pk")[:limit])


def _rows(version: MatterVersion) -> Iterable[GuideText]:
    guide = version.snapshot or {}
    frame = Frame.of(version, guide["related"])
    head = {key: guide[key] for key in HEAD}
    for position, item in enumerate(guide["items"]):
        yield GuideText(
            version=version,
            suffix=item["suffix"],
            position=position,
            code=code_digest(),
            made_from=frame.digest(),
            head=head,
            html=article(guide, item, frame),
        )


def find_text(seq: int, suffix: str | None) -> GuideText | None:
    """The stored body for a reader, if it is the one that would be made now."""
    rows = GuideText.objects.filter(
        version__matter__seq=seq, version__status=VersionStatus.PUBLISHED
    )
    rows = rows.filter(suffix=suffix) if suffix else rows.filter(position=0)
    text = rows.select_related("version__matter").only(*NEEDED).first()
    if text is None or text.version.matter.status == MatterStatus.WITHDRAWN:
        return None
    frame = Frame.of(text.version, text.head["related"])
    return text if text.made_from == frame.digest() else None


def html_of(text: GuideText) -> SafeString:
    """The body, printed as it is: it was escaped when it was made."""
    return mark_safe(text.html)
