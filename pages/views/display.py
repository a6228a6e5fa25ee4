"""Reading modes: a plain POST sets a cookie and leads back to the same page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pages.display import CONTRAST_COOKIE, DISPLAY_COOKIE

ONE_YEAR = 365 * 24 * 3600
CHOICES = {
    "display": (DISPLAY_COOKIE, ("normal", "elder")),
    "contrast": (CONTRAST_COOKIE, ("normal", "high")),
}


def safe_path(target: str) -> str:
    """A path of this site to lead back to; anything else becomes the home page.

    Only a path that starts with one slash is accepted: browsers read "//host" and "/\\host" as
    another site, and drop tabs and line breaks inside an address.
    """
    ordinary = (
        target.startswith("/")
        and not any(char in target for char in "\\\t\r\n\0")
        and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    )
    return target if ordinary else "/"


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
        return HttpResponseForbidden("请在本站页面上切换显示方式。")
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
