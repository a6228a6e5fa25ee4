"""One matter as a list shows it: name, one sentence, four facts in words, a few tags.

Shared by the lists, the search and the home page (`templates/matters/parts/matter_card.html`).
Tags name only what sets a matter apart; what nearly every matter has (网上办) is a filter instead.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString

from matters.facts import audience_words, fee_words, promised_words, visits_words
from matters.models import MatterVersion
from matters.models.version import VersionQuerySet
from matters.querytext import marked
from matters.workflow import MatterStatus


@dataclass(frozen=True)
class Card:
    """Rows for the card template. `name` and `text` are safe HTML (escaped, maybe with <mark>)."""

    seq: int
    url: str
    name: SafeString
    text: SafeString
    agency: str
    facts: list[dict[str, str]] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    reason: str = ""


def card(version: MatterVersion, *, terms: tuple[str, ...] = (), reason: str = "") -> Card:
    """Card of one version loaded with `with_card_parts`; `terms` are marked, `reason` is shown."""
    return Card(
        seq=version.matter.seq,
        url=reverse("matters:guide", args=[version.matter.seq]),
        name=marked(version.name, terms),
        text=marked(version.summary.rstrip("。"), terms),
        agency=version.agency.short_name,
        facts=_facts(version),
        tags=_tags(version),
        reason=reason,
    )


def with_card_parts(versions: VersionQuerySet) -> VersionQuerySet:
    """Load what a card needs, without the heavy snapshot."""
    return versions.for_list().select_related("fee")


def _facts(version: MatterVersion) -> list[dict[str, str]]:
    promised = promised_words(version.promised_value, version.statutory_unit)
    return [
        {"label": "谁能办", "value": audience_words(version.audience)},
        {"label": "承诺时限", "value": promised},
        {"label": "到现场", "value": visits_words(version.visits)},
        {"label": "费用", "value": fee_words(version.fee.charged)},
    ]


def _tags(version: MatterVersion) -> list[dict[str, str]]:
    tags = []
    if version.matter.status == MatterStatus.SUSPENDED:
        tags.append({"label": "暂停办理", "variant": "warn"})
    if not version.online:
        tags.append({"label": "只在窗口办", "variant": "accent"})
    if version.deferrable:
        tags.append({"label": "容缺受理", "variant": "info"})
    if version.commitment:
        tags.append({"label": "告知承诺", "variant": "info"})
    if version.cross_province:
        tags.append({"label": "跨省通办", "variant": "info"})
    return tags
