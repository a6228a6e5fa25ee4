"""Server-rendered SVG drawings: plain geometry, classes instead of styles, no JavaScript.

The strict CSP forbids inline style, so colours come from `static/site.css`. Every drawing has a
title and a description; the same facts stand beside it as a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH = 880
LINE_Y = 36
NAME_LINE = 22
MAX_NAME_CHARS = 6
NOTE_CHARS = 9


@dataclass(frozen=True)
class Stop:
    """One step on the time line. `days` is a short text such as "2 个工作日" or empty."""

    name: str
    days: str = ""
    who: str = ""
    special: bool = False
    counted: bool = True


def wrap(text: str, width: int, lines: int) -> list[str]:
    """Cut a Chinese text into at most `lines` pieces of `width` characters; "…" marks the rest."""
    pieces = [text[start : start + width] for start in range(0, len(text), width)] or [""]
    if len(pieces) > lines:
        pieces = pieces[:lines]
        pieces[-1] = pieces[-1][: width - 1] + "…"
    return pieces


def time_line(stops: Sequence[Stop], title: str) -> SafeString:
    """SVG of a process: a river line with a stop per step, days below, special steps in 朱砂.

    A segment whose time does not count in the limit is dotted.
    """
    if not stops:
        return mark_safe("")
    gap = WIDTH / len(stops)
    segments = format_html_join(
        "",
        '<path class="{}" d="M{} {}H{}"/>',
        (
            (
                "d-line" if stop.counted else "d-wait",
                round(gap * (index - 0.5)),
                LINE_Y,
                round(gap * (index + 0.5)),
            )
            for index, stop in enumerate(stops)
            if index
        ),
    )
    marks = mark_safe("".join(_mark(stop, gap * (i + 0.5), gap) for i, stop in enumerate(stops)))
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>'
        "<desc>{}</desc>{}{}</svg>",
        WIDTH,
        _height(stops, gap),
        title,
        title,
        "，".join(f"{number} {stop.name}" for number, stop in enumerate(stops, start=1)),
        segments,
        marks,
    )


def _chars(gap: float, size: int, limit: int) -> int:
    return max(2, min(limit, int(gap / size) - 1))


def _texts(stop: Stop, gap: float) -> list[tuple[str, str]]:
    """(class, text) of the lines under a stop, from top to bottom."""
    lines = [("d-name", piece) for piece in wrap(stop.name, _chars(gap, 16, MAX_NAME_CHARS), 3)]
    if stop.days:
        lines += [("d-days", piece) for piece in wrap(stop.days, _chars(gap, 14, 9), 2)]
    if stop.who:
        lines += [("d-note", piece) for piece in wrap(stop.who, _chars(gap, 13, NOTE_CHARS), 2)]
    if stop.special:
        lines.append(("d-warn", "特殊环节"))
    return lines


def _height(stops: Sequence[Stop], gap: float) -> int:
    return LINE_Y + 44 + NAME_LINE * max(len(_texts(stop, gap)) for stop in stops)


def _mark(stop: Stop, x: float, gap: float) -> SafeString:
    centre = round(x)
    shape = (
        format_html('<path class="d-special" d="M{} {}l12 12-12 12-12-12z"/>', centre, LINE_Y - 12)
        if stop.special
        else format_html('<circle class="d-stop" cx="{}" cy="{}" r="9"/>', centre, LINE_Y)
    )
    texts = format_html_join(
        "",
        '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (css, centre, LINE_Y + 40 + NAME_LINE * row, text)
            for row, (css, text) in enumerate(_texts(stop, gap))
        ),
    )
    return shape + texts
