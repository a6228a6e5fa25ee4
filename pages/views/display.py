"""Reading modes: a plain POST sets a cookie and leads back to the same page."""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.redirects import safe_next
from common.errors import Refused
from pages.display import CONTRAST_COOKIE, DISPLAY_COOKIE

ASCII = "".join(map(chr, range(128)))
ONE_YEAR = 365 * 24 * 3600
CHOICES = {
    "display": (DISPLAY_COOKIE, ("normal", "elder")),
    "contrast": (CONTRAST_COOKIE, ("normal", "high")),
}


def safe_path(target: str) -> str:
    """A path of this site to lead back to (Chinese as typed is kept), else the home page."""
    return target if safe_next(quote(target, safe=ASCII)) else "/"


def _from_another_site(request) -> bool:
    """A form of another site must not change how this one looks; stands in for the CSRF token."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


@csrf_exempt  # public pages carry no token, so that they can be cached; the origin is checked here
@login_not_required
@require_POST
def set_display(request) -> HttpResponse:
    """Set `display` and/or `contrast`; unknown values are ignored."""
    if _from_another_site(request):
        raise Refused("other_site", "请在本站页面上切换显示方式。", status=403)
    response = HttpResponseRedirect(safe_path(request.POST.get("next", "/")))
    for name, (cookie, values) in CHOICES.items():
        value = request.POST.get(name)
        if value in values:
            response.set_cookie(
                cookie,
                value,
                max_age=ONE_YEAR,
                secure=settings.IS_HTTPS,
                httponly=True,
                samesite="Lax",
            )
    return response
