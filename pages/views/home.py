"""The home page, and its short form for 长辈版."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages import home as home_content
from pages.navigation import CATALOGUE, CENTRES, live


@login_not_required
@require_safe
def home(request) -> HttpResponse:
    if request.display.elder:
        context = {
            "searches": home_content.searches(),
            "has_places": bool(live([CENTRES])),
            "has_catalogue": bool(live([CATALOGUE])),
        }
        return render(request, "pages/home_elder.html", context)
    return render(request, "pages/home.html", home_content.page())
