"""Middleware of the whole portal: reading modes, headers, and where a "no" becomes a page."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from accounts.clientip import comes_from_proxy
from common.errors import Refused
from pages import display


class TrustedProxyMiddleware:
    """Forget `X-Forwarded-Proto` unless one of our own proxies says it: anybody can write it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        if not comes_from_proxy(request):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """Headers Django and django-csp do not set: isolation of resources and browser features."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response


class DisplayModeMiddleware:
    """Read the two display cookies into `request.display`; pages vary by cookie, files do not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        request.display = display.of(request.COOKIES)
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response


class UploadLimitMiddleware:
    """413 for a body that is announced too large, before a byte of it is read.

    A body of unannounced length (chunked) gets 411: no form of this portal sends one, and nobody
    shall keep a worker busy with an endless one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.REQUEST_MOST_BYTES:
            return _refuse_body(request, 413)
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return _refuse_body(request, 411)
        return self.get_response(request)


def _refuse_body(request, status: int) -> HttpResponse:
    return render(request, "errors/413.html", status=status)


class RefusalMiddleware:
    """Turn `Refused` into a Chinese page (or a fragment for htmx) with its own status code.

    A bare "method not allowed" from Django's decorators gets a page too; its Allow header stays.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or getattr(response, "content", b""):
            return response
        page = render(request, "errors/405.html", status=405)
        page["Allow"] = response.get("Allow", "")
        return page

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        template = _refusal_template(request, exception.status)
        response = render(request, template, {"refusal": exception}, status=exception.status)
        if exception.status == 429:
            response["Retry-After"] = "60"
        return response


def _refusal_template(request, status: int) -> str:
    if getattr(request, "htmx", False):
        return "errors/refused_fragment.html"
    return "errors/429.html" if status == 429 else "errors/refused.html"
