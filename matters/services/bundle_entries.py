"""Search entries of the bundles of `data/`: found like a matter, shown with their parts."""

from collections import defaultdict
from pathlib import Path

from common.rowerrors import RowError, RowErrors
from common.sortkeys import initials, sort_key
from matters.models import SearchEntry
from matters.services.indexing import FIELDS
from matters.services.tables import GuideCells, read_table


def load_bundle_entries(folder: Path) -> int:
    """Rewrite the entries of bundles that changed; returns how many. Raises `RowErrors`."""
    errors: list[RowError] = []
    items: dict[str, list[GuideCells]] = defaultdict(list)
    for row in read_table(folder, "bundle_items.csv", errors):
        items[row.line("bundle_id")].append(row)
    bundles = read_table(folder, "bundles.csv", errors)
    entries = [_entry(row, items[row.line("bundle_id")]) for row in bundles]
    if errors:
        raise RowErrors(errors)
    changed = _changed(entries)
    SearchEntry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["kind", "reference"],
        update_fields=FIELDS,
    )
    return len(changed)


def _changed(entries: list[SearchEntry]) -> list[SearchEntry]:
    kept = {row.reference: row for row in SearchEntry.objects.filter(kind=SearchEntry.Kind.BUNDLE)}
    said = [name for name in FIELDS if name != "updated_at"]

    def differs(entry: SearchEntry) -> bool:
        old = kept.get(entry.reference)
        return old is None or any(getattr(old, name) != getattr(entry, name) for name in said)

    return [entry for entry in entries if differs(entry)]


def _entry(bundle: GuideCells, items: list[GuideCells]) -> SearchEntry:
    name = bundle.line("name", 200)
    return SearchEntry(
        kind=SearchEntry.Kind.BUNDLE,
        reference=bundle.line("bundle_id", 20),
        title=name,
        aliases=[name.replace("“一件事”", "")] if "“一件事”" in name else [],
        parts=[item.line("item_name") for item in items if item.flag("external")],
        details={
            "agency": bundle.line("lead_department"),
            "estimated": bundle.flag("figures_estimated"),
            "items": [_item(item) for item in items],
        },
        body="\n".join(item.line("item_name") for item in items),
        pinyin=sort_key(name)[:600],
        initials=initials(name)[:300],
    )


def _item(item: GuideCells) -> dict[str, object]:
    """One component: its name, who handles it, its matter (None outside the catalogue)."""
    return {
        "name": item.line("item_name"),
        "agency": item.line("department"),
        "seq": item.count("matter_seq", empty=True),
        "optional": item.flag("optional"),
    }
