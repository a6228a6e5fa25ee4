"""What the site map lists: a registry of functions, one per kind of public page.

A function takes nothing and yields `Entry`; an app that publishes pages gets one line in SOURCES.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from common import clock
from pages import navigation
from pages.models import HelpPage, Notice


@dataclass(frozen=True)
class Entry:
    """One public page: path on this site, name for people, day of the last change if known."""

    path: str
    label: str
    changed_on: datetime.date | None = None


def fixed_pages() -> Iterator[Entry]:
    for place in navigation.live(navigation.PUBLIC):
        yield Entry(place.url, place.label)


def notices() -> Iterator[Entry]:
    for notice in Notice.objects.published(clock.today()):
        yield Entry(notice.get_absolute_url(), notice.title, notice.published_on)


def help_pages() -> Iterator[Entry]:
    for page in HelpPage.objects.all():
        yield Entry(page.get_absolute_url(), page.title, page.updated_on)


SOURCES = (fixed_pages, notices, help_pages)
PEOPLE_SECTIONS = (("使用帮助", help_pages), ("通知公告", notices))


def entries() -> list[Entry]:
    """Every public page once, in the order of the sources."""
    seen: dict[str, Entry] = {}
    for source in SOURCES:
        for entry in source():
            seen.setdefault(entry.path, entry)
    return list(seen.values())


def sections_for_people() -> list[dict]:
    """Blocks of the human site map that come from the database."""
    sections = [{"label": label, "entries": list(source())} for label, source in PEOPLE_SECTIONS]
    return [section for section in sections if section["entries"]]
