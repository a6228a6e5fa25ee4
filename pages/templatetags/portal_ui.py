"""Template tags and filters of the design system (`{% load portal_ui %}`)."""

import functools
from collections.abc import Mapping

import segno
from django import template
from django.core.paginator import Page
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from heroicons import IconDoesNotExist
from heroicons.templatetags.heroicons import heroicon_outline

from pages import drawings

register = template.Library()

UNSET = mark_safe('<span class="unset">（待配置）</span>')
FALLBACK_ICON = "document-text"


@functools.lru_cache(maxsize=512)
def _icon(name: str, css: str) -> SafeString:
    """An unknown name (an editor may type anything) becomes the plain document icon."""
    attributes = {"class": css, "focusable": "false", "aria-hidden": "true"}
    try:
        svg = heroicon_outline(name, **attributes)
    except IconDoesNotExist:
        svg = heroicon_outline(FALLBACK_ICON, **attributes)
    return mark_safe(svg.replace(' data-slot="icon"', ""))


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Outline icon, always hidden from screen readers: a word stands beside it. size: "", s, l."""
    return _icon(name or FALLBACK_ICON, f"icon {size}".strip())


@register.filter
def or_unset(value):
    """The value, or （待配置） when nobody has entered it yet; zero is a value."""
    if value is None or value == "":
        return UNSET
    return conditional_escape(value)


@register.filter
def absolute(value: int) -> int:
    return abs(value)


@register.filter
def at(values, index: int):
    """Element of a list by position; empty when the list is shorter."""
    return values[index] if index < len(values) else ""


@register.filter
def count_to(total: int) -> range:
    return range(1, int(total) + 1)


@register.filter
def percent_of(numerator: int, denominator: int) -> str:
    """Two decimals, without the sign: 173 of 176 is "98.30"."""
    return f"{100 * numerator / denominator:.2f}"


@register.filter
def page_numbers(page: Page) -> list[int]:
    """Page numbers to print; 0 stands for the gap."""
    return [
        number if isinstance(number, int) else 0
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]


@register.filter
def error_count(form) -> int:
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def focus_id(field) -> str:
    """Id of the first control of a field: where an error link must jump to."""
    if field.field.widget.use_fieldset:
        first = next(iter(field.subwidgets), None)
        return first.id_for_label if first else field.auto_id
    return field.id_for_label


@register.filter
def note_class(level_tag: str) -> str:
    return {"success": "ok", "warning": "warn", "error": "err"}.get(level_tag, "")


@register.simple_tag
def qr_svg(url: str, title: str = "扫码打开本页") -> SafeString:
    """QR code as inline SVG: black on white in every mode, so that cameras read it."""
    code = segno.make(url, error="m", micro=False)
    svg = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", title=title, omitsize=True)
    return mark_safe(
        svg.replace("<svg ", format_html('<svg role="img" aria-label="{}" ', title), 1)
    )


@register.simple_tag
def time_line_svg(steps, title: str = "办理流程") -> SafeString:
    """Drawing of a process; `steps` are mappings or objects with the names of `drawings.Stop`."""
    return drawings.time_line([_stop(step) for step in steps], title)


def _stop(step) -> drawings.Stop:
    def read(name, default):
        value = step.get(name) if isinstance(step, Mapping) else getattr(step, name, None)
        return default if value is None else value

    return drawings.Stop(
        name=str(read("name", "") or read("title", "")),
        days=str(read("days", "") or read("time", "")),
        who=str(read("who", "")),
        special=bool(read("special", False)),
        counted=bool(read("counted", True)),
    )
