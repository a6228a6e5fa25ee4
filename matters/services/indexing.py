"""The search entries of versions in force."""

from collections.abc import Sequence

from common.sortkeys import initials, sort_key
from matters.models import MatterVersion, SearchEntry

FIELDS = ["title", "aliases", "parts", "details", "body", "pinyin", "initials", "updated_at"]
#: a shorter item name (变更, 注销) says nothing about its matter
LEAST_ITEM = 4


def index_versions(versions: Sequence[MatterVersion]) -> None:
    """Rewrite the search entries of published versions."""
    SearchEntry.objects.bulk_create(
        [_entry(version.snapshot or {}) for version in versions],
        update_conflicts=True,
        unique_fields=["kind", "reference"],
        update_fields=FIELDS,
    )


def _entry(guide: dict) -> SearchEntry:
    names = [guide["name"], *guide["keywords"]]
    return SearchEntry(
        kind=SearchEntry.Kind.MATTER,
        reference=str(guide["seq"]),
        title=guide["name"],
        aliases=list(dict.fromkeys([*guide["keywords"], guide["result"]["name"]])),
        parts=[item["name"] for item in guide["items"] if len(item["name"]) >= LEAST_ITEM],
        body=_searchable(guide),
        pinyin=" ".join(sort_key(name) for name in names)[:600],
        initials=" ".join(initials(name) for name in names)[:300],
    )


def _searchable(guide: dict) -> str:
    """Texts of a guide a citizen's words may hit, one per line."""
    lines = [
        guide["summary"],
        guide["applicants"],
        guide["result"]["name"],
        guide["agency"]["name"],
        guide["agency"]["short_name"],
        guide["identity"]["implementation_code"],
        guide["base_code"],
        *(theme["name"] for theme in guide["themes"]),
        *(item["name"] for item in guide["items"]),
    ]
    return "\n".join(line for line in lines if line)
