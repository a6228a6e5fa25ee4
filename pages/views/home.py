"""The home page, and its short form for 长辈版."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages import home as home_content
from pages.navigation import CATALOGUE, CENTRES, SITE_MAP, live


@login_not_required
@require_safe
def home(request) -> HttpResponse:
    if request.display.elder:
        context = {
            "searches": home_content.searches(),
            "matters_url": live([CATALOGUE, SITE_MAP])[0].url,
            "places_url": next((place.url for place in live([CENTRES])), ""),
        }
        return render(request, "pages/home_elder.html", context)
    return render(request, "pages/home.html", home_content.page())
