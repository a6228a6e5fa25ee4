"""Middleware of the whole portal: the place where a domain "no" becomes a page."""

from django.http import HttpResponse
from django.shortcuts import render

from common.errors import Refused


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
    """Read the two display cookies (长辈版, 高对比) into `request.display`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        request.display = {
            "elder": request.COOKIES.get("display") == "elder",
            "contrast": request.COOKIES.get("contrast") == "high",
        }
        return self.get_response(request)


class RefusalMiddleware:
    """Turn `Refused` into a Chinese page (or fragment for htmx) with its own status code."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        return render(
            request, "errors/refused.html", {"refusal": exception}, status=exception.status
        )
