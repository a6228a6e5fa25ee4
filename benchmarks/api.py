"""Goal A1: a list of 100 matters against the ways a Django developer would write it.

All contenders answer the same rows with the same fields, filters and page size from the same
tables, interleaved, and are called as view functions; ours is the real view with its throttle,
counting and ETag. CPU is that of this process and of its PostgreSQL backend (Linux schedstat).
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.run import Row
from benchmarks.throwaway import portal

ROUNDS, REQUESTS = 9, 30
QUICK_ROUNDS, QUICK_REQUESTS = 5, 8
ADDRESS = "/api/v1/matters/?limit=100&online=true"
View = Callable


def measure(*, quick: bool) -> list[Row]:
    """One row for the goal, one for the number of queries, and the kept answer for comparison."""
    with portal(API_REQUESTS_PER_MINUTE="100000000"):
        contenders = _contenders()
        sizes = {name: len(_ask(view)) for name, view in contenders.items()}
        queries = {name: _queries(view) for name, view in contenders.items()}
        rounds, requests = (QUICK_ROUNDS, QUICK_REQUESTS) if quick else (ROUNDS, REQUESTS)
        costs = _interleaved(contenders, rounds, requests)
    figures = {f"{name}_cpu_ms": round(cost * 1000, 3) for name, cost in costs.items()}
    figures |= {f"{name}_bytes": size for name, size in sizes.items()}
    figures |= {f"{name}_queries": number for name, number in queries.items()}
    drf = costs["drf_serializer"]
    return [
        Row(
            "A1",
            "list of 100, CPU of DRF ModelSerializer ÷ ours",
            drf / costs["ours"],
            3,
            figures=figures,
        ),
        Row("A1q", "SQL queries of our list of 100", queries["ours"], 4, at_most=True),
        Row(
            "A1n",
            "the same without select_related, CPU ÷ ours",
            costs["drf_n_plus_1"] / costs["ours"],
        ),
        Row("A1u", "unchanged (304), CPU of DRF ÷ ours", drf / costs["ours_304"]),
        Row(
            "A1k", "kept bytes (page cache), CPU of DRF ÷ the bytes", drf / costs["kept_bytes"], 100
        ),
    ]


def _contenders() -> dict[str, View]:
    from django.http import HttpResponse
    from django_filters.rest_framework import DjangoFilterBackend
    from rest_framework.generics import ListAPIView
    from rest_framework.pagination import PageNumberPagination
    from rest_framework.renderers import JSONRenderer

    from matters.api.contracts import MatterSerializer
    from matters.api.narrowing import MatterFilter
    from matters.api.views import Matters
    from matters.models import MatterVersion

    class Pages(PageNumberPagination):
        page_size = 100

    class NaiveList(ListAPIView):
        serializer_class, filterset_class, pagination_class = MatterSerializer, MatterFilter, Pages
        filter_backends, renderer_classes = [DjangoFilterBackend], [JSONRenderer]
        authentication_classes, permission_classes, throttle_classes = [], [], []
        queryset = MatterVersion.objects.public().order_by("matter__seq")

    class JoinedList(NaiveList):
        queryset = (
            NaiveList.queryset.defer("snapshot")
            .select_related("matter__base_item", "agency", "fee")
            .prefetch_related("themes")
        )

    ours = Matters.as_view()
    tag = ours(_request())["ETag"]
    kept = _ask(ours)
    return {
        "ours": ours,
        "drf_serializer": JoinedList.as_view(),
        "drf_n_plus_1": NaiveList.as_view(),
        "ours_304": lambda request: ours(_request(HTTP_IF_NONE_MATCH=tag)),
        "kept_bytes": lambda request: HttpResponse(kept, content_type="application/json"),
    }


def _request(**headers: str):
    from django.test import RequestFactory

    return RequestFactory().get(ADDRESS, **headers)


def _ask(view: View) -> bytes:
    response = view(_request())
    if hasattr(response, "render"):
        response.render()
    return response.content


def _queries(view: View) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _ask(view)
    return len(captured)


def _interleaved(contenders: dict[str, View], rounds: int, requests: int) -> dict[str, float]:
    """Median CPU seconds of one request of each, over rounds in which all take turns."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for view in contenders.values():
        _ask(view)
    for _ in range(rounds):
        for name, view in contenders.items():
            begun = _cpu()
            for _ in range(requests):
                _ask(view)
            found[name].append((_cpu() - begun) / requests)
    return {name: statistics.median(costs) for name, costs in found.items()}


def _cpu() -> float:
    """CPU seconds of this process and of the database backend it talks to."""
    from django.db import connection

    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + int(backend.read_text().split()[0]) / 1e9
