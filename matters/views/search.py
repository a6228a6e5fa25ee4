"""The search page: results with their reason, and what helps when there are none."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from matters import filters, statistics
from matters.models import Theme
from matters.querytext import MAX_QUERY, normal, tidy, without_stop_phrases
from matters.search import CERTAIN, Hit, elsewhere, find, suggestions
from matters.views.bundle_results import bundle_cards
from matters.views.list_files import list_page
from matters.views.listing import listing
from matters.views.lists import theme_links

MOST_HITS = 200
THEMES_SHOWN = 6
#: bundles further down than this are not shown
MOST_BUNDLES_AMONG = 10


@login_not_required
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")
    query = tidy(typed)
    hits = find(query, limit=MOST_HITS)
    context = {
        "query": query,
        "was_cut": len(typed.strip()) > MAX_QUERY,
        "crumbs": [{"label": "搜索"}],
        "searches": search_links(statistics.everyday_searches()),
        "everyday_note": statistics.EVERYDAY_NOTE,
    }
    if not hits:
        return render(request, "matters/search_empty.html", context | _help(query))
    context["bundles"] = bundle_cards(hits[:MOST_BUNDLES_AMONG])
    context["bundle_first"] = not hits[0].is_matter
    context["listing"] = _results(request, query, hits)
    context["is_guess"] = hits[0].score < CERTAIN
    return list_page(request, "matters/search.html", context, f"搜索“{query}”的结果")


def search_links(words: list[str]) -> list[dict]:
    """Links that search for each of `words`."""
    path = reverse("matters:search")
    return [{"label": word, "url": f"{path}?{urlencode({'q': word})}"} for word in words]


def _results(request: HttpRequest, query: str, hits: list[Hit]):
    ranked = {hit.seq: hit for hit in hits if hit.is_matter}
    base = statistics.licences_in_force().filter(matter__seq__in=list(ranked))
    return listing(request, base, filters.every_group(), hits=ranked, carried={"q": query})


def _help(query: str) -> dict:
    """Nearly the same sound, the nearest themes, and what people look for every day."""
    themes = statistics.themes_with_counts()
    other = elsewhere(query) if query else None
    near = _largest(themes) if other else nearest_themes(query, themes)
    return {
        "elsewhere": other,
        "suggestions": search_links(suggestions(query)) if query else [],
        "themes": theme_links(near),
        "themes_are_near": bool(query) and near != _largest(themes),
    }


def nearest_themes(query: str, themes: list[Theme]) -> list[Theme]:
    """Themes whose name shares characters with the query; the largest ones when none does."""
    asked = set(without_stop_phrases(normal(query)))
    near = [theme for theme in themes if theme.matter_count and asked & set(theme.name)]
    near.sort(key=lambda theme: -len(asked & set(theme.name)))
    return near[:THEMES_SHOWN] or _largest(themes)


def _largest(themes: list[Theme]) -> list[Theme]:
    return sorted(themes, key=lambda theme: -theme.matter_count)[:THEMES_SHOWN]
