"""Error pages in Chinese: what happened, what to do next, whom to call. Programs get the same said
as problem details (`accounts.api.problems`).

500 and 503 are static files without a database or a template tag, because whatever broke may break
them too; nginx may serve them directly.
"""

import functools
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.api import problems

STATIC_PAGES = Path(settings.BASE_DIR) / "templates" / "errors"
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request, exception=None) -> HttpResponse:
    """400; a body over the limits is 413 with its own advice."""
    if problems.is_for_programs(request):
        return _bad_for_programs(request, exception)
    if isinstance(exception, TOO_LARGE):
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/400.html", status=400)


def _bad_for_programs(request, exception) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return problems.answer(request, 413, "too_large", "请求体太大，请分几次发送。")
    return problems.answer(request, 400, "bad_request", "请求不完整或写法不对，请检查后再发送。")


def permission_denied(request, exception=None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failure(request, reason="") -> HttpResponse:
    """The form was older than the session, or came from another site."""
    return render(request, "errors/403_csrf.html", status=403)


def not_found(request, exception=None) -> HttpResponse:
    if problems.is_for_programs(request):
        status, code, sentence = problems.SENTENCES[Http404]
        return problems.answer(request, status, code, sentence)
    return render(request, "errors/404.html", status=404)


def server_error(request) -> HttpResponse:
    """500; 503 when the database does not answer. Django calls it inside the except block."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    if problems.is_for_programs(request):
        return problems.answer(request, 500, "server_error", "服务出错，已记录。请稍后再试。")
    return HttpResponse(_static_page("500.html"), status=500)


def unavailable(request) -> HttpResponse:
    later = {"Retry-After": "120"}
    if problems.is_for_programs(request):
        sentence = "暂时不能服务，请两分钟后再试。"
        return problems.answer(request, 503, "unavailable", sentence, headers=later)
    return HttpResponse(_static_page("503.html"), status=503, headers=later)


@functools.lru_cache(maxsize=4)
def _static_page(name: str) -> str:
    return (STATIC_PAGES / name).read_text(encoding="utf-8")
