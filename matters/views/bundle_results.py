"""A bundle among the search results: what it consists of, each part with its own guide."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from matters.models import SearchEntry
from matters.querytext import marked
from matters.search import Hit


@dataclass(frozen=True)
class BundleCard:
    """One bundle for `matters/parts/bundle_card.html`. `name` is safe HTML."""

    ident: str
    name: SafeString
    reason: str
    agency: str
    parts: list[dict[str, str]]


def bundle_cards(hits: list[Hit]) -> list[BundleCard]:
    """Cards of the bundles among `hits`, in their order."""
    wanted = {hit.ident: hit for hit in hits if not hit.is_matter}
    rows = SearchEntry.objects.filter(kind=SearchEntry.Kind.BUNDLE, reference__in=list(wanted))
    entries = {row.reference: row for row in rows} if wanted else {}
    return [_card(entries[ident], hit) for ident, hit in wanted.items() if ident in entries]


def _card(entry: SearchEntry, hit: Hit) -> BundleCard:
    return BundleCard(
        ident=entry.reference,
        name=marked(entry.title, hit.terms),
        reason=hit.reason,
        agency=entry.details.get("agency", ""),
        parts=[_part(item) for item in entry.details.get("items", [])],
    )


def _part(item: dict) -> dict[str, str]:
    """One component; outside the catalogue it has no guide here and no link."""
    url = reverse("matters:guide", args=[item["seq"]]) if item["seq"] else ""
    note = "视情况办理" if item["optional"] else ""
    return {"name": item["name"], "agency": item["agency"], "url": url, "note": note}
