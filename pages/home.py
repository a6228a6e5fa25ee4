"""What the home page shows, read from the catalogue: plain dictionaries for the template."""

from dataclasses import replace
from urllib.parse import quote

from common import clock
from matters import facts, statistics
from matters.models import MatterVersion, Theme
from matters.models.choices import ServiceObject, ThemeAudience
from organisations.models import ServiceCentre
from pages.models import Notice
from pages.navigation import exists

THEMES_A_DOOR = 8
AGENCIES_SHOWN = 12
NOTICES_SHOWN = 5
MATTERS_SHOWN = 6


def page() -> dict:
    """The whole context of the home page."""
    return {
        "searches": searches(),
        "doors": doors(),
        "journeys": journeys(),
        "popular": popular(),
        "popular_note": statistics.EVERYDAY_NOTE,
        "places": places(),
        "figures": figures(),
        "agencies": agencies(),
        "more_ways": more_ways(),
        "notices": Notice.objects.published(clock.today())[:NOTICES_SHOWN],
    }


def searches() -> list[dict]:
    """Everyday words that lead to a search."""
    return [
        {"label": words, "url": f"/s/?q={quote(words)}"} for words in statistics.everyday_searches()
    ]


def doors() -> list[dict]:
    """个人 and 企业: matters of each, and the themes with most matters (own themes first)."""
    themes = [theme for theme in statistics.themes_with_counts() if theme.matter_count]
    personal = [theme for theme in themes if theme.audience != ThemeAudience.ORGANISATION]
    business = [theme for theme in themes if theme.audience != ThemeAudience.PERSON]
    personal.sort(key=lambda theme: (theme.audience != ThemeAudience.PERSON, -theme.matter_count))
    business.sort(key=lambda theme: -theme.matter_count)
    return [
        _door("个人办事", "/geren/", "user", ServiceObject.PERSON, personal),
        _door("企业办事", "/faren/", "building-office", ServiceObject.ORGANISATION, business),
    ]


def _door(label: str, url: str, icon: str, audience: str, themes: list[Theme]) -> dict:
    return {
        "label": label,
        "url": url if exists(url) else "",
        "icon": icon,
        "total": statistics.licences_in_force().filter(audience__contains=[audience]).count(),
        "links": [_theme_link(theme, "theme") for theme in themes[:THEMES_A_DOOR]],
    }


def _theme_link(theme: Theme, folder: str) -> dict:
    """A theme without a matter, or without a page, is shown but leads nowhere."""
    url = f"/{folder}/{theme.slug}/"
    return {
        "label": theme.name,
        "icon": theme.icon,
        "count": theme.matter_count,
        "url": url if theme.matter_count and exists(url) else "",
    }


def journeys() -> list[dict]:
    """The stages of a firm and of a life, in their order."""
    stages = sorted(statistics.stages_with_counts(), key=lambda stage: stage.position)
    lanes = (("企业的一程", ThemeAudience.ORGANISATION), ("人的一生", ThemeAudience.PERSON))
    return [_lane(label, [s for s in stages if s.audience == who]) for label, who in lanes]


def _lane(label: str, stages: list[Theme]) -> dict:
    """Every stage as a stop; `without` names those that have no licence to show."""
    return {
        "label": label,
        "stops": [_theme_link(stage, "stage") for stage in stages],
        "without": [stage.name for stage in stages if not stage.matter_count],
    }


def popular() -> list[dict]:
    """Everyday matters with the facts people ask first, in the words of the guide."""
    order = [entry.seq for entry in statistics.everyday(limit=MATTERS_SHOWN)]
    versions = statistics.licences_in_force().filter(matter__seq__in=order)
    cards = [_card(version) for version in versions.select_related("matter")]
    return sorted(cards, key=lambda card: order.index(card["seq"]))


def _card(version: MatterVersion) -> dict:
    guide = version.snapshot
    limit = guide["limit"]
    url = f"/item/{guide['seq']}/"
    return {
        "seq": guide["seq"],
        "title": guide["name"],
        "url": url if exists(url) else "",
        "text": guide["summary"].rstrip("。"),
        "facts": [
            {"label": "时限", "value": facts.promised_words(limit["promised"], limit["unit"])},
            {"label": "跑动", "value": facts.visits_words(guide["service"]["visits"])},
            {"label": "费用", "value": facts.fee_words(guide["fee"]["charged"])},
        ],
    }


def places() -> dict:
    """The district centre in full, the others by name (街道 centres by their street)."""
    centres = list(ServiceCentre.objects.select_related("street"))
    kinds = ServiceCentre.Kind
    district = next((centre for centre in centres if centre.kind == kinds.DISTRICT), None)
    return {
        "main": district,
        "main_url": _centre_url(district) if district else "",
        "groups": [
            _place_group("专业分中心", centres, kinds.SPECIALISED),
            _place_group("街道便民服务中心", centres, kinds.STREET),
        ],
    }


def _place_group(label: str, centres: list[ServiceCentre], kind: str) -> dict:
    chosen = [centre for centre in centres if centre.kind == kind]
    short = kind == ServiceCentre.Kind.STREET
    rows = [
        {"label": centre.street.name if short else centre.name, "url": _centre_url(centre)}
        for centre in chosen
    ]
    return {"label": label, "short": short, "links": rows}


def _centre_url(centre: ServiceCentre) -> str:
    """The centre's own page, the list of centres, or nothing."""
    return next((url for url in (f"/places/{centre.slug}/", "/places/") if exists(url)), "")


def figures() -> tuple[statistics.Ratio, ...]:
    """晒一晒: three ratios counted from the published catalogue, with their definition.

    马上办 is a flag of the catalogue, not a promise of today, so 即办件 ÷ all stands beside it.
    """
    counts = statistics.counts()
    spot = counts.on_the_spot
    beside = f"当场办结的即办件 {spot.numerator} 项，占 {spot.words}。"
    instant = replace(counts.instant, definition=counts.instant.definition + beside)
    return (counts.online, instant, counts.once)


def more_ways() -> list[dict]:
    """Where to turn when neither search nor themes help."""
    rows = (
        ("全部事项清单，可下载", "table-cells", "/catalog/"),
        ("使用帮助", "question-mark-circle", "/help/"),
        ("告诉我们缺了什么", "chat-bubble-left-ellipsis", "/feedback/"),
        ("全部栏目", "map", "/sitemap/"),
    )
    return [{"label": label, "icon": icon, "url": url} for label, icon, url in rows if exists(url)]


def agencies() -> list[dict]:
    """Agencies with most published matters."""
    found = sorted(statistics.agencies_with_counts(), key=lambda a: (-a.matter_count, a.slug))
    return [
        {
            "label": agency.short_name,
            "count": agency.matter_count,
            "url": url if exists(url := f"/dept/{agency.slug}/") else "",
        }
        for agency in found[:AGENCIES_SHOWN]
    ]
