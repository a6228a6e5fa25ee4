"""Error pages in Chinese: what happened, what to do next, whom to call.

500 and 503 are static files without a database or a template tag, because whatever broke may break
them too; nginx may serve them directly.
"""

import functools
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render

STATIC_PAGES = Path(settings.BASE_DIR) / "templates" / "errors"
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request, exception=None) -> HttpResponse:
    """400; a body over the limits is 413 with its own advice."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/400.html", status=400)


def permission_denied(request, exception=None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failure(request, reason="") -> HttpResponse:
    """The form was older than the session, or came from another site."""
    return render(request, "errors/403_csrf.html", status=403)


def not_found(request, exception=None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request) -> HttpResponse:
    """500; 503 when the database does not answer. Django calls it inside the except block."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return HttpResponse(_static_page("500.html"), status=500)


def unavailable(request) -> HttpResponse:
    return HttpResponse(_static_page("503.html"), status=503, headers={"Retry-After": "120"})


@functools.lru_cache(maxsize=4)
def _static_page(name: str) -> str:
    return (STATIC_PAGES / name).read_text(encoding="utf-8")
