"""The one shape of every error under `/api/`: `application/problem+json` (RFC 9457).

`code` is stable and meant for programs, `detail` is a Chinese sentence that says what happened and
what to do next, `errors` lists the sentences per parameter. Nothing about the machine is told.
"""

import re
from collections.abc import Mapping
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from accounts.api.headers import open_to_all_sites
from common.errors import Refused

CONTENT_TYPE = "application/problem+json"
#: addresses whose errors are answered to programs; `/api/` itself is a page for people
ADDRESSES = re.compile(r"/api/.")
TITLES = {
    400: "请求有误",
    401: "需要有效的令牌",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这个请求方法",
    406: "不提供这种格式",
    409: "与现在的状态冲突",
    410: "已经取消",
    413: "内容过大",
    415: "不接受这种格式",
    422: "内容不能使用",
    429: "请求过于频繁",
    500: "服务出错",
    503: "暂时不能服务",
}
#: what a failure of the framework is called and says; a rule's own refusal brings its own words
SENTENCES: dict[type[Exception], tuple[int, str, str]] = {
    Http404: (404, "not_found", "没有这个地址。请对照接口说明 /api/ 检查路径。"),
    exceptions.NotFound: (404, "not_found", "没有这个地址。请对照接口说明 /api/ 检查路径。"),
    PermissionDenied: (403, "forbidden", "您的令牌不能做这件事。请联系本站管理员。"),
    exceptions.PermissionDenied: (403, "forbidden", "您的令牌没有这项权限。请联系本站管理员。"),
    exceptions.NotAuthenticated: (
        401,
        "token_needed",
        "这个地址需要令牌。请在请求头写 Authorization: Bearer 令牌。",
    ),
    exceptions.MethodNotAllowed: (
        405,
        "method_not_allowed",
        "这个地址不支持该请求方法，支持的方法见响应头 Allow。",
    ),
    exceptions.NotAcceptable: (
        406,
        "not_acceptable",
        "这里只提供 application/json。请修改请求头 Accept，或不写这个请求头。",
    ),
    exceptions.UnsupportedMediaType: (
        415,
        "unsupported_media_type",
        "请求体应为 application/json。请修改请求头 Content-Type。",
    ),
    exceptions.ParseError: (400, "bad_json", "请求体不是正确的 JSON。请检查后再发送。"),
    exceptions.Throttled: (429, "too_many_requests", "请求太多，请按响应头 Retry-After 等候。"),
}
#: one row a status for the documentation
GENERAL_CODES = {code: (status, sentence) for status, code, sentence in SENTENCES.values()}


def is_for_programs(request: HttpRequest) -> bool:
    """Whether errors of this address are answered as problem details instead of a page."""
    return bool(ADDRESSES.match(request.path))


def answer(
    request: HttpRequest,
    status: int,
    code: str,
    detail: str,
    *,
    errors: Mapping[str, list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """One problem. `errors`: parameter or field → sentences."""
    problem: dict[str, Any] = {
        "type": f"{settings.PUBLIC_BASE_URL}/api/#errors",
        "title": TITLES.get(status, "请求未完成"),
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
    }
    if errors:
        problem["errors"] = errors
    response = HttpResponse(
        orjson.dumps(problem), status=status, content_type=CONTENT_TYPE, headers=headers
    )
    response["Cache-Control"] = "no-store"
    return open_to_all_sites(request, response)


def handler(exception: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """REST framework's EXCEPTION_HANDLER: every expected failure; None lets Django make a 500."""
    request = context["request"]
    if isinstance(exception, Refused):
        headers = _headers(exception) | ({"Retry-After": "60"} if exception.status == 429 else {})
        return answer(request, exception.status, exception.code, exception.message, headers=headers)
    if isinstance(exception, exceptions.ValidationError):
        return _invalid(request, exception)
    for kind in type(exception).__mro__:
        if kind in SENTENCES:
            status, code, detail = SENTENCES[kind]
            return answer(request, status, code, detail, headers=_headers(exception))
    return None


def _headers(exception: Exception) -> dict[str, str]:
    found = {}
    if header := getattr(exception, "auth_header", None):
        found["WWW-Authenticate"] = header
    if (wait := getattr(exception, "wait", None)) is not None:
        found["Retry-After"] = str(max(1, round(wait)))
    return found


def _invalid(request: HttpRequest, exception: exceptions.ValidationError) -> HttpResponse:
    errors = _sentences(exception.detail)
    first = next(iter(errors))
    detail = f"“{first}”不能使用：{errors[first][0]}"
    return answer(request, 400, "bad_parameter", detail, errors=errors)


def _sentences(detail: Any, name: str = "") -> dict[str, list[str]]:
    """Field → sentences; a field inside a field is written with a dot."""
    if isinstance(detail, Mapping):
        inner = [
            _sentences(value, f"{name}.{key}" if name else str(key))
            for key, value in detail.items()
        ]
        return {key: found for part in inner for key, found in part.items()}
    if isinstance(detail, list) and any(isinstance(part, Mapping) for part in detail):
        return _sentences({str(place): part for place, part in enumerate(detail) if part}, name)
    return {name or "请求": [str(part) for part in detail] or ["不能使用。"]}
