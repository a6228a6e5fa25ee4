"""Finding matters and bundles from a citizen's words; nothing outside reads the index.

`find` ranks matters and bundles together, `search` matters alone, `suggestions` offers phrases that
read nearly the same. The index lives in the process and is rebuilt when `catalogue_version` moves:
one cheap query a search.
"""

from dataclasses import dataclass

from matters.models import SearchEntry
from matters.search import offers, ranking
from matters.search.catalogue import catalogue_version, read_documents
from matters.search.elsewhere import Signpost, signpost
from matters.search.index import Index
from matters.search.matches import CERTAIN, SAID, Match, asked, best_score

__all__ = [
    "CERTAIN",
    "Hit",
    "catalogue_version",
    "completions",
    "current_index",
    "elsewhere",
    "find",
    "search",
    "suggestions",
]


@dataclass(frozen=True)
class Hit:
    """One thing found. `reason` is said to the reader; `terms` are marked in name and summary."""

    ident: str
    kind: str
    title: str
    score: float
    reason: str
    terms: tuple[str, ...] = ()

    @property
    def is_matter(self) -> bool:
        return self.kind == SearchEntry.Kind.MATTER

    @property
    def seq(self) -> int:
        """Serial number of a matter. Raises ValueError for a bundle."""
        return int(self.ident)


_cached: tuple[tuple, Index] | None = None


def find(query: str, limit: int = 50) -> list[Hit]:
    """Matters and bundles that answer `query`, best first, at most `limit`.

    Any text is accepted: control characters, HTML, emoji and full-width letters are read for what
    letters they hold. A query without letters or digits finds nothing.
    """
    return _hits(current_index(), query)[:limit]


def search(query: str, limit: int = 50) -> list[Hit]:
    """Matters that answer `query`, best first, at most `limit`; see `find`."""
    return [hit for hit in _hits(current_index(), query) if hit.is_matter][:limit]


def suggestions(query: str, limit: int = 3) -> list[str]:
    """Names and sayings that read nearly like a query that found nothing."""
    return offers.nearest_phrases(current_index(), query, limit)


def completions(beginning: str, limit: int = 8) -> list[str]:
    """Names, keywords and sayings that begin with, or else hold, what is being typed."""
    return offers.completions(current_index(), beginning, limit)


def current_index() -> Index:
    """The index of the catalogue in force; one cheap query tells whether it is still that one."""
    global _cached
    version = catalogue_version()
    if _cached is None or _cached[0] != version:
        _cached = (version, Index(read_documents()))
    return _cached[1]


def elsewhere(query: str) -> Signpost | None:
    """The office that does what is asked when this catalogue does not hold it."""
    return signpost(asked(query).core)


def _hits(index: Index, query: str) -> list[Hit]:
    found = ranking.ranked(index, query)
    if elsewhere(query) and best_score(found) < SAID:
        return []
    ordered = sorted(found.items(), key=lambda row: (-round(row[1].score, 4), row[0]))
    return [_hit(index, place, match) for place, match in ordered]


def _hit(index: Index, place: int, match: Match) -> Hit:
    document = index.documents[place]
    return Hit(
        document.ident, document.kind, document.title, match.score, match.reason, match.terms
    )
