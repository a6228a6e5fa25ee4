"""站点地图 for people and for search engines."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages import navigation, sitemaps
from pages.models import SiteIdentity


@login_not_required
@require_safe
def for_people(request) -> HttpResponse:
    context = {
        "groups": navigation.site_map_groups(request.path),
        "sections": sitemaps.sections_for_people(),
    }
    return render(request, "pages/site_map.html", context)


@login_not_required
@require_safe
def for_machines(request) -> HttpResponse:
    """Sitemap protocol 0.9: every public page with its absolute address."""
    context = {"base_url": SiteIdentity().base_url, "entries": sitemaps.entries()}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml")


@login_not_required
@require_safe
def robots(request) -> HttpResponse:
    lines = (
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /desk/",
        "Disallow: /display/",
        f"Sitemap: {SiteIdentity().base_url}/sitemap.xml",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
