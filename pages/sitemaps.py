"""What the site map lists: a registry of functions, one per kind of public page.

A function takes nothing and yields `Entry`; an app that publishes pages gets one line in SOURCES.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from common import clock
from matters import statistics
from matters.models import SampleDossier
from matters.public_lists.table import LISTS
from organisations.models import ServiceCentre
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


def guides() -> Iterator[Entry]:
    """Every guide in force."""
    versions = statistics.licences_in_force().order_by("matter__seq")
    for seq, name, published_at in versions.values_list("matter__seq", "name", "published_at"):
        yield Entry(reverse("matters:guide", args=[seq]), name, localdate(published_at))


def samples() -> Iterator[Entry]:
    """The published model dossiers."""
    rows = SampleDossier.objects.public().order_by("matter__seq")
    for seq, title, published_at in rows.values_list("matter__seq", "title", "published_at"):
        yield Entry(reverse("matters:sample", args=[seq]), title, localdate(published_at))


def public_lists() -> Iterator[Entry]:
    """The published lists that hold something."""
    for entry in LISTS:
        if entry.count():
            yield Entry(entry.url, entry.name)


def themes() -> Iterator[Entry]:
    """Themes and stages that hold at least one matter."""
    for theme in statistics.themes_with_counts():
        if theme.matter_count:
            yield Entry(reverse("matters:theme", args=[theme.slug]), theme.name)
    for stage in statistics.stages_with_counts():
        if stage.matter_count:
            yield Entry(reverse("matters:stage", args=[stage.slug]), stage.name)


def agencies() -> Iterator[Entry]:
    for agency in statistics.agencies_with_counts():
        yield Entry(reverse("matters:agency", args=[agency.slug]), agency.name)


def centres() -> Iterator[Entry]:
    for centre in ServiceCentre.objects.all():
        yield Entry(reverse("matters:place", args=[centre.slug]), centre.name)


SOURCES = (
    fixed_pages,
    guides,
    samples,
    public_lists,
    themes,
    agencies,
    centres,
    notices,
    help_pages,
)
PEOPLE_SECTIONS = (
    ("清单公开", public_lists),
    ("按主题和阶段", themes),
    ("部门", agencies),
    ("办事大厅", centres),
    ("使用帮助", help_pages),
    ("通知公告", notices),
)


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
