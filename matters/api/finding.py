"""The search of the site for other systems: words in, matters in their order out."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from matters.api import paging
from matters.api.contracts import MATTERS, MatterSerializer
from matters.models import MatterVersion
from matters.querytext import MAX_QUERY, tidy
from matters.search import search

MOST = 50
PARAMETERS = frozenset({"q", "limit"})
DESCRIBED = [
    OpenApiParameter(
        "q",
        {"type": "string", "minLength": 1, "maxLength": MAX_QUERY, "pattern": r"\S"},
        required=True,
        description=f"要找什么，最多 {MAX_QUERY} 字，例如 开饭店。",
    ),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": 10},
        description=f"最多要多少条，不超过 {MOST}。",
    ),
]


class HitSerializer(serializers.Serializer):
    """One matter found."""

    reason = serializers.CharField(label="为什么找到它")
    matter = MatterSerializer()


class FoundSerializer(serializers.Serializer):
    """What was found, best first."""

    q = serializers.CharField(label="搜索的词", allow_blank=True)
    results = HitSerializer(many=True)


def read(request: Request) -> dict[str, Any]:
    """Hits as plain data. Raises ValidationError."""
    typed = request.GET.get("q", "")
    if not typed.strip() or len(typed) > MAX_QUERY:
        raise ValidationError({"q": [f"请填写 1 至 {MAX_QUERY} 个字。"]})
    query = tidy(typed)
    hits = search(query, limit=paging.limit_of(request, default=10, most=MOST))
    versions = MatterVersion.objects.public().filter(matter__seq__in=[hit.seq for hit in hits])
    rows = {row["seq"]: row for row in MATTERS.of(versions)}
    return {
        "q": query,
        "results": [
            {"reason": hit.reason, "matter": rows[hit.seq]} for hit in hits if hit.seq in rows
        ],
    }
