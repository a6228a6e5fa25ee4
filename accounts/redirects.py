"""Where to go after signing in: only to a page of this site (ASVS 5.0, 3.7.2)."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

#: a search of a hundred characters, percent-encoded, with filters still fits
MAX_LENGTH = 2000


def safe_next(value: str) -> str:
    """`value` when it is a plain path of this site, else "".

    Stricter than Django's own check: no host at all, printable ASCII only, one leading slash.
    Browsers drop tabs and newlines and read a backslash as a slash, so none may occur.
    """
    plain = value.isascii() and value.isprintable() and "\\" not in value and " " not in value
    if not plain or len(value) > MAX_LENGTH:
        return ""
    if not value.startswith("/") or value.startswith("//") or urlsplit(value).netloc:
        return ""
    return value if url_has_allowed_host_and_scheme(value, allowed_hosts=None) else ""


def after_sign_in(value: str) -> str:
    """The page to open after signing in; without a desk in this installation the own account."""
    return safe_next(value) or _desk()


def _desk() -> str:
    try:
        resolve(settings.LOGIN_REDIRECT_URL)
    except Resolver404:
        return reverse("accounts:security")
    return settings.LOGIN_REDIRECT_URL


def link(view_name: str, **parameters: str) -> str:
    """Address of an accounts page with the parameters that are not empty."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return reverse(f"accounts:{view_name}") + (f"?{query}" if query else "")


def page_to_return_to(request) -> str:
    """The page a person was on: of a GET itself, of a POST the form's page."""
    if request.method in {"GET", "HEAD"}:
        return safe_next(request.get_full_path())
    referer = urlsplit(request.META.get("HTTP_REFERER", ""))
    if referer.netloc != request.get_host():
        return ""
    return safe_next(referer.path + (f"?{referer.query}" if referer.query else ""))


def go(request, url: str) -> HttpResponse:
    """Redirect the whole page, also when htmx asked for a fragment of it."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
