"""Turning pages by key: the next page starts after the last row seen, however long the list is.

The cursor is opaque and signed: it belongs to one list and its filters, and nobody needs to read
it. A list is counted to `EXACT` and not beyond, because counting a million rows costs more than
reading a hundred.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from common.errors import Refused
from matters.api.rows import Rows

EXACT = 1_000
DEFAULT_SIZE, LARGEST_SIZE = 100, 200
SIZE = re.compile(r"[0-9]{1,3}")
CURSOR = r"^[A-Za-z0-9_.=-]{1,500}$"
PARAMETERS = frozenset({"limit", "cursor"})
DESCRIBED = [
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE},
        description=f"一页多少条，最多 {LARGEST_SIZE}。",
    ),
    OpenApiParameter(
        "cursor",
        {"type": "string", "pattern": CURSOR},
        description="从哪里接着读：用上一页 next 里的地址即可，不必自己拼。",
    ),
]


def limit_of(request: Request, *, default: int = DEFAULT_SIZE, most: int = LARGEST_SIZE) -> int:
    """`limit`, or the default. Raises ValidationError."""
    text = request.GET.get("limit", str(default))
    size = int(text) if SIZE.fullmatch(text) and text.isascii() else 0
    if not 1 <= size <= most:
        raise ValidationError({"limit": [f"应为 1 至 {most} 的整数。"]})
    return size


def page(
    request: Request, queryset: QuerySet, rows: Rows, keys: Mapping[str, str]
) -> dict[str, Any]:
    """One page as plain data.

    `keys`: names in the row → paths in the query, together unique, in the order of the list.
    Raises ValidationError, or Refused (404) for a cursor of something else.
    """
    size = limit_of(request)
    start = position(request)
    wanted = queryset.order_by(*keys.values())
    if start is not None:
        wanted = wanted.filter(_after(list(keys.values()), start))
    found = rows.of(wanted[: size + 1])
    following = None
    if len(found) > size:
        found.pop()
        following = address(request, [found[-1][name] for name in keys])
    whole = start is None and following is None
    count = {"count": len(found), "count_is_exact": True} if whole else counted(queryset)
    return {**count, "next": following, "results": found}


def counted(queryset: QuerySet) -> dict[str, Any]:
    """How many rows there are: exactly up to `EXACT`, else at least so many."""
    number = queryset.order_by()[: EXACT + 1].count()
    return {"count": min(number, EXACT), "count_is_exact": number <= EXACT}


def position(request: Request) -> list[Any] | None:
    """Key values of the last row seen, from the signed cursor; None at the beginning."""
    text = request.GET.get("cursor")
    if text is None:
        return None
    try:
        return _signer(request).unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise no_such_page() from error


def no_such_page() -> Refused:
    """404: the cursor is cut, changed, or of another list."""
    sentence = "没有这一页：cursor 不完整，或不是这个列表、这组条件的。请从第一页重新读。"
    return Refused("no_such_page", sentence, status=404)


def address(request: Request, values: Sequence[Any]) -> str:
    """Absolute address of the page after a row with these key values."""
    query = request.GET.copy()
    query["cursor"] = _signer(request).sign_object(list(values))
    return f"{settings.PUBLIC_BASE_URL}{request.path}?{query.urlencode()}"


def _signer(request: Request) -> Signer:
    """Bound to the list and its filters: the cursor of one is worthless for another."""
    chosen = QueryDict(mutable=True)
    for name in sorted(request.GET):
        if name not in PARAMETERS:
            chosen[name] = request.GET[name]
    return Signer(sep=".", salt=f"api.cursor:{request.path}?{chosen.urlencode()}")


def _after(paths: list[str], values: list[Any]) -> Q:
    """`(a, b, c) > (x, y, z)`, spelt out."""
    if len(paths) != len(values):
        raise no_such_page()
    path, value = paths[0], values[0]
    further = Q(**{f"{path}__gt": value})
    if len(paths) == 1:
        return further
    return further | (Q(**{path: value}) & _after(paths[1:], values[1:]))


def page_of(row: type[serializers.Serializer], name: str) -> type[serializers.Serializer]:
    """The contract of a page of `row`."""
    fields = {
        "count": serializers.IntegerField(label="条数", help_text=f"最多数到 {EXACT}"),
        "count_is_exact": serializers.BooleanField(
            label="条数是否准确", help_text=f"为 false 时实际多于 {EXACT} 条"
        ),
        "next": serializers.URLField(allow_null=True, label="下一页的地址", help_text="没有则为空"),
        "results": row(many=True),
    }
    return type(name, (serializers.Serializer,), fields)
