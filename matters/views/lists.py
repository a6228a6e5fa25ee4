"""个人办事, 企业办事, and the matters of one theme or stage of life."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from matters import filters, statistics
from matters.models import Theme
from matters.models.choices import ServiceObject, ThemeKind
from matters.views.list_files import list_page
from matters.views.listing import listing

WORDS = {
    ServiceObject.PERSON: {
        "title": "个人办事",
        "who": "个人",
        "stages": "按人生阶段找",
        "other": ("企业办事", "matters:organisation"),
        "icon": "user",
    },
    ServiceObject.ORGANISATION: {
        "title": "企业办事",
        "who": "企业和组织",
        "stages": "按经营阶段找",
        "other": ("个人办事", "matters:person"),
        "icon": "building-office",
    },
}
EVERYDAY_SHOWN = 8


@login_not_required
@require_safe
def person(request: HttpRequest) -> HttpResponse:
    return _audience_page(request, ServiceObject.PERSON)


@login_not_required
@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    return _audience_page(request, ServiceObject.ORGANISATION)


def _audience_page(request: HttpRequest, audience: ServiceObject) -> HttpResponse:
    base = statistics.licences_in_force().filter(audience__contains=[audience])
    groups = (
        filters.theme_group(),
        filters.agency_group(),
        filters.TYPE,
        filters.WAYS,
        filters.FEE,
    )
    found = listing(request, base, groups)
    words = WORDS[audience]
    context = {
        "words": words,
        "other_url": reverse(words["other"][1]),
        "listing": found,
        "crumbs": [{"label": words["title"]}],
    }
    if not found.is_narrowed:
        context |= _ways_in(audience)
    return list_page(request, "matters/list_audience.html", context, f"{words['title']}事项")


def _ways_in(audience: ServiceObject) -> dict:
    """Themes, stages and everyday matters, shown above the whole list only."""
    themes = statistics.themes_with_counts(audience)
    stages = statistics.stages_with_counts(audience)
    return {
        "counts": statistics.counts(audience),
        "themes": theme_links(themes),
        "stages": theme_links(stages),
        "empty_names": "、".join(
            theme.name for theme in [*stages, *themes] if not theme.matter_count
        ),
        "everyday": [
            {"label": row.words, "url": reverse("matters:guide", args=[row.seq])}
            for row in statistics.everyday(audience, limit=EVERYDAY_SHOWN)
        ],
        "everyday_note": statistics.EVERYDAY_NOTE,
    }


def theme_links(themes: Iterable[Theme]) -> list[dict]:
    """Rows for `components/link_list.html`; themes without matters are left out."""
    return [
        {
            "label": theme.name,
            "url": reverse(f"matters:{theme.kind}", args=[theme.slug]),
            "count": theme.matter_count,
            "icon": theme.icon,
        }
        for theme in themes
        if theme.matter_count
    ]


@login_not_required
@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    return _theme_page(request, slug, ThemeKind.THEME)


@login_not_required
@require_safe
def stage(request: HttpRequest, slug: str) -> HttpResponse:
    return _theme_page(request, slug, ThemeKind.STAGE)


def _theme_page(request: HttpRequest, slug: str, kind: ThemeKind) -> HttpResponse:
    shown = get_object_or_404(Theme, slug=slug, kind=kind)
    base = statistics.licences_in_force().filter(filters.of_theme(slug))
    groups = (
        filters.AUDIENCE,
        filters.agency_group(),
        filters.TYPE,
        filters.WAYS,
        filters.FEE,
    )
    siblings = (
        statistics.themes_with_counts()
        if kind == ThemeKind.THEME
        else statistics.stages_with_counts()
    )
    context = {
        "theme": shown,
        "total": next(row.matter_count for row in siblings if row.pk == shown.pk),
        "is_stage": kind == ThemeKind.STAGE,
        "listing": listing(request, base, groups),
        "siblings": theme_links(row for row in siblings if row.pk != shown.pk),
        "crumbs": [*_parent(shown), {"label": shown.name}],
    }
    return list_page(request, "matters/list_theme.html", context, f"{shown.name}事项")


def _parent(shown: Theme) -> list[dict]:
    """The door a theme stands behind; a theme of both doors hangs under 企业办事."""
    audience = (
        ServiceObject.PERSON
        if shown.audience == ServiceObject.PERSON
        else ServiceObject.ORGANISATION
    )
    return [{"label": WORDS[audience]["title"], "url": reverse(f"matters:{audience}")}]
