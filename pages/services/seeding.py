"""First content of an empty site: identity, help pages, notices. Never touches what exists.

Each text file is one page: title, summary (or the kind of a notice), an empty line, the body.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from common import clock
from pages.models import HelpPage, Notice, SiteIdentity
from pages.models.site_identity import ORGANISER

SEED = Path(__file__).resolve().parent.parent / "seed"


@dataclass(frozen=True)
class Seeded:
    """How many rows were added; existing ones are left as the editors made them."""

    identity: int
    help_pages: int
    notices: int


@transaction.atomic
def seed_pages() -> Seeded:
    """Create what is missing, by slug. Running it again adds nothing."""
    _, identity = SiteIdentity.objects.get_or_create(singleton=True)
    helps = [_help_page(path) for path in sorted((SEED / "help").glob("*.txt"))]
    notices = [_notice(path) for path in sorted((SEED / "notices").glob("*.txt"))]
    return Seeded(int(identity), sum(helps), sum(notices))


def _read(path: Path) -> tuple[str, str, str]:
    title, second, _, *body = path.read_text(encoding="utf-8").split("\n")
    return title, second, "\n".join(body).strip()


def _help_page(path: Path) -> bool:
    order, slug = path.stem.split("-", 1)
    title, summary, body = _read(path)
    fields = {"title": title, "summary": summary, "body": body, "order": int(order)}
    return HelpPage.objects.get_or_create(slug=slug, defaults=fields)[1]


def _notice(path: Path) -> bool:
    title, kind, body = _read(path)
    fields = {
        "title": title,
        "kind": kind,
        "body": body,
        "source": ORGANISER,
        "published_on": clock.today(),
    }
    return Notice.objects.get_or_create(slug=path.stem, defaults=fields)[1]
