"""What has changed since a moment: publications, and matters paused, resumed or withdrawn.

A system that keeps a copy reads to the end, keeps `next`, and asks it again later. Events appear
`SETTLING` after they happened, so that a slow transaction cannot slip in behind a reader who has
already passed its moment.
"""

import datetime
import heapq
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from common import clock
from matters.api import paging
from matters.api.rows import guide_address, local
from matters.models import Matter, MatterMove, MatterVersion
from matters.workflow import FROZEN, MatterEvent, MatterStatus

SETTLING = datetime.timedelta(seconds=10)
PARAMETERS = paging.PARAMETERS | {"since"}
DESCRIBED = [
    *paging.DESCRIBED,
    OpenApiParameter(
        "since",
        {"type": "string", "format": "date-time"},
        description="从什么时刻起，例如 2025-01-01T00:00:00+08:00；不写则从头开始。",
    ),
]
EVENTS = (
    ("published", "发布新版本"),
    ("suspended", "暂停办理"),
    ("resumed", "恢复办理"),
    ("withdrawn", "取消事项"),
)
#: switches of a matter that other systems hear of; plans are not news until they come true
SWITCHES = {
    MatterEvent.SUSPEND: "suspended",
    MatterEvent.RESUME: "resumed",
    MatterEvent.WITHDRAW: "withdrawn",
}
#: moment, which source, row: together the place of an event
Place = tuple[datetime.datetime, int, int]
Event = tuple[Place, dict[str, Any]]


class ChangeSerializer(serializers.Serializer):
    """One event."""

    at = serializers.DateTimeField(label="时间")
    event = serializers.ChoiceField(choices=EVENTS, label="发生了什么")
    seq = serializers.IntegerField(label="事项序号")
    name = serializers.CharField(label="事项名称", help_text="现在的名称")
    edition = serializers.IntegerField(
        allow_null=True, label="版本号", help_text="发布的版本；其他事件为空"
    )
    status = serializers.CharField(label="现在的办理状态", help_text="见 /codes/")
    url = serializers.URLField(
        allow_null=True, label="办事指南的地址", help_text="已取消的事项为空"
    )


class ChangePageSerializer(serializers.Serializer):
    """A stretch of events, oldest first."""

    next = serializers.URLField(label="接着读的地址", help_text="总有；读完后留着，过些时候再读")
    more = serializers.BooleanField(label="现在是否还有")
    results = ChangeSerializer(many=True)


def read(request: Request) -> dict[str, Any]:
    """One stretch of events as plain data. Raises ValidationError or Refused."""
    size = paging.limit_of(request)
    start = _start(request)
    sources = (_publications, _switches)
    events = heapq.merge(*(source(start, number, size) for number, source in enumerate(sources)))
    found = [event for event, _ in zip(events, range(size + 1), strict=False)]
    more, found = len(found) > size, found[:size]
    last = found[-1][0] if found else start
    return {
        "next": paging.address(request, [last[0].isoformat(), *last[1:]]),
        "more": more,
        "results": _described([event for _, event in found]),
    }


def _start(request: Request) -> Place:
    """The place after which to read: of the cursor, else of `since`, else the beginning."""
    if place := paging.position(request):
        return (datetime.datetime.fromisoformat(place[0]), place[1], place[2])
    text = request.GET.get("since")
    if text is None:
        return (datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC), -1, 0)
    return (_moment(text), -1, 0)


def _moment(text: str) -> datetime.datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        sentence = "应为带时区的日期时间，例如 2025-01-01T00:00:00+08:00（网址里的加号写成 %2B）。"
        raise ValidationError({"since": [sentence]})
    return moment.astimezone(datetime.UTC)


def _publications(start: Place, number: int, size: int) -> Iterator[Event]:
    """Editions that came into force; later replaced ones too."""
    versions = MatterVersion.objects.filter(status__in=FROZEN)
    rows = _from(versions, "published_at", start, number, size)
    for pk, at, seq, edition in rows.values_list("pk", "published_at", "matter__seq", "number"):
        event = {"at": local(at), "event": "published", "seq": seq, "edition": edition}
        yield (at, number, pk), event


def _switches(start: Place, number: int, size: int) -> Iterator[Event]:
    """Matters paused, resumed or withdrawn."""
    moves = MatterMove.objects.filter(event__in=SWITCHES)
    rows = _from(moves, "at", start, number, size)
    for pk, at, seq, event in rows.values_list("pk", "at", "matter__seq", "event"):
        said = {"at": local(at), "event": SWITCHES[event], "seq": seq, "edition": None}
        yield (at, number, pk), said


def _from(rows: QuerySet, moment: str, start: Place, number: int, size: int) -> QuerySet:
    """Rows of one source after `start` and settled, one more than a page holds."""
    at, source, pk = start
    settled = rows.filter(
        **{f"{moment}__gte": at, f"{moment}__lte": clock.now() - SETTLING}
    ).order_by(moment, "pk")
    if number < source:
        settled = settled.exclude(**{moment: at})
    elif number == source:
        settled = settled.exclude(**{moment: at, "pk__lte": pk})
    return settled[: size + 1]


def _described(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the matter as it is now."""
    seqs = {event["seq"] for event in events}
    now = {
        seq: (name, status)
        for seq, name, status in Matter.objects.filter(seq__in=seqs).values_list(
            "seq", "name", "status"
        )
    }
    return [_with_matter(event, *now[event["seq"]]) for event in events]


def _with_matter(event: dict[str, Any], name: str, status: str) -> dict[str, Any]:
    gone = status == MatterStatus.WITHDRAWN
    return {
        "at": event["at"],
        "event": event["event"],
        "seq": event["seq"],
        "name": name,
        "edition": event["edition"],
        "status": status,
        "url": None if gone else guide_address(event["seq"]),
    }
