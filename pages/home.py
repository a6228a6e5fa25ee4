"""What the home page shows, read from the catalogue: plain dictionaries for the template."""

from django.db.models import Count, Q

from common import clock
from matters.models import MatterVersion, Theme
from matters.models.choices import ThemeAudience
from organisations.models import Agency, ServiceCentre
from pages.models import Notice
from pages.navigation import exists

#: everyday words that the guides carry as keywords
EVERYDAY_SEARCHES = ("开饭店", "注册公司", "电动车上牌", "办护照", "护士注册", "办演出")
#: chosen by the office: matters that people ask for all year round
EVERYDAY_MATTERS = (147, 143, 136, 31, 28, 127)
THEMES_A_DOOR = 8
AGENCIES_SHOWN = 12
NOTICES_SHOWN = 5


def page() -> dict:
    """The whole context of the home page."""
    themes = list(_themes_with_counts())
    return {
        "searches": [{"label": words, "url": f"/s/?q={words}"} for words in EVERYDAY_SEARCHES],
        "doors": doors(themes),
        "journeys": journeys(themes),
        "popular": popular(),
        "places": places(),
        "figures": figures(),
        "agencies": agencies(),
        "notices": Notice.objects.published(clock.today())[:NOTICES_SHOWN],
    }


def _themes_with_counts():
    return Theme.objects.annotate(
        total=Count("versions", filter=Q(versions__in=MatterVersion.objects.public()))
    )


def doors(themes) -> list[dict]:
    """个人 and 企业, each with its matters counted and the themes with most matters."""
    public = MatterVersion.objects.public()
    people, firms = public.for_person().count(), public.for_organisation().count()
    shown = [theme for theme in themes if theme.kind == "theme" and theme.total]
    personal = [theme for theme in shown if theme.audience != ThemeAudience.ORGANISATION]
    business = [theme for theme in shown if theme.audience != ThemeAudience.PERSON]
    personal.sort(key=lambda theme: (theme.audience != ThemeAudience.PERSON, -theme.total))
    business.sort(key=lambda theme: -theme.total)
    return [
        _door("个人办事", "/geren/", "user", people, personal),
        _door("企业办事", "/faren/", "building-office", firms, business),
    ]


def _door(label: str, url: str, icon: str, total: int, themes) -> dict:
    return {
        "label": label,
        "url": url if exists(url) else "",
        "icon": icon,
        "total": total,
        "links": [_theme_link(theme) for theme in themes[:THEMES_A_DOOR]],
    }


def _theme_link(theme) -> dict:
    """A theme without a matter, or without a page, is shown but leads nowhere."""
    folder = "stage" if theme.kind == "stage" else "theme"
    url = f"/{folder}/{theme.slug}/"
    return {
        "label": theme.name,
        "icon": theme.icon,
        "count": theme.total,
        "url": url if theme.total and exists(url) else "",
    }


def journeys(themes) -> list[dict]:
    """The stages of a life and of a firm, in their order."""
    stages = sorted((t for t in themes if t.kind == "stage"), key=lambda t: t.position)
    lanes = (("企业的一程", ThemeAudience.ORGANISATION), ("人的一生", ThemeAudience.PERSON))
    return [
        {"label": label, "stops": [_theme_link(t) for t in stages if t.audience == audience]}
        for label, audience in lanes
    ]


def popular() -> list[dict]:
    """Everyday matters with the three facts people ask first."""
    found = MatterVersion.objects.public().for_list().filter(matter__seq__in=EVERYDAY_MATTERS)
    cards = [_card(version) for version in found]
    return sorted(cards, key=lambda card: EVERYDAY_MATTERS.index(card["seq"]))


def _card(version) -> dict:
    url = f"/item/{version.matter.seq}/"
    return {
        "seq": version.matter.seq,
        "title": version.name,
        "url": url if exists(url) else "",
        "text": version.summary,
        "facts": [
            {"label": "时限", "value": _promise(version)},
            {"label": "跑动", "value": f"{version.visits} 次" if version.visits else "不用跑"},
        ],
    }


def _promise(version) -> str:
    if not version.promised_value:
        return "当场办结"
    return f"{version.promised_value} 个{version.get_statutory_unit_display()}"


def places() -> dict:
    """The district centre in full, the others by name."""
    centres = list(ServiceCentre.objects.all())
    district = [centre for centre in centres if centre.kind == ServiceCentre.Kind.DISTRICT]
    return {
        "main": district[0] if district else None,
        "main_url": _centre_url(district[0]) if district else "",
        "groups": [
            _place_group("专业分中心", centres, ServiceCentre.Kind.SPECIALISED),
            _place_group("街道便民服务中心", centres, ServiceCentre.Kind.STREET),
        ]
        if centres
        else [],
        "total": len(centres),
    }


def _place_group(label: str, centres, kind) -> dict:
    rows = [{"label": c.name, "url": _centre_url(c)} for c in centres if c.kind == kind]
    return {"label": label, "links": rows}


def _centre_url(centre) -> str:
    url = f"/places/{centre.slug}/"
    return url if exists(url) else "/places/" if exists("/places/") else ""


def figures() -> list[dict]:
    """晒一晒: three ratios counted from the published catalogue, with their definition."""
    counted = MatterVersion.objects.public().aggregate(
        total=Count("pk"),
        online=Count("pk", filter=Q(online=True)),
        instant=Count("pk", filter=Q(instant=True)),
        once=Count("pk", filter=Q(once=True)),
    )
    meanings = (
        ("网上办", "online", "能在网上提出申请的事项，占已公布许可事项的比例。"),
        ("马上办", "instant", "列入“马上办”的事项，占已公布许可事项的比例。"),
        ("一次办", "once", "最多到现场一次的事项，占已公布许可事项的比例。"),
    )
    return [
        {
            "label": label,
            "numerator": counted[key],
            "denominator": counted["total"],
            "meaning": meaning,
        }
        for label, key, meaning in meanings
    ]


def agencies() -> list[dict]:
    """Agencies with most published matters."""
    public = MatterVersion.objects.public()
    found = (
        Agency.objects.annotate(total=Count("matter_versions", Q(matter_versions__in=public)))
        .filter(total__gt=0)
        .order_by("-total", "slug")[:AGENCIES_SHOWN]
    )
    return [
        {
            "label": agency.short_name,
            "count": agency.total,
            "url": url if exists(url := f"/dept/{agency.slug}/") else "",
        }
        for agency in found
    ]
