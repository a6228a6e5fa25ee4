"""What can be done in which hall: counts of licences in force by centre. Pure queries."""

import copy
from collections import defaultdict

from django.db.models import Count

from matters import filters, statistics
from matters.models import Theme
from matters.models.choices import ThemeKind
from matters.models.version import VersionQuerySet
from organisations.models import Agency, ServiceCentre


def licences_at(centre: ServiceCentre) -> VersionQuerySet:
    """Licences in force that a centre receives."""
    return statistics.licences_in_force().filter(centre=centre)


def agencies_by_centre() -> dict[int | None, list[Agency]]:
    """Centre id → deciding agencies, most matters first, each with `matter_count`.

    The key `None` holds what agencies receive at windows of their own.
    """
    rows = (
        statistics.licences_in_force()
        .order_by()
        .values_list("centre", "agency")
        .annotate(count=Count("pk"))
    )
    known = Agency.objects.in_bulk({agency for _, agency, _ in rows})
    found: dict[int | None, list[Agency]] = defaultdict(list)
    for centre, key, count in rows:
        # a copy: the same agency may stand in two halls, with another count in each
        agency = copy.copy(known[key])
        agency.matter_count = count  # type: ignore[attr-defined]
        found[centre].append(agency)
    for agencies in found.values():
        agencies.sort(key=lambda row: (-row.matter_count, row.sort_key))  # type: ignore[attr-defined]
    return dict(found)


def themes_at(centre: ServiceCentre) -> list[Theme]:
    """Themes with at least one licence received by the centre, each with `matter_count`."""
    group = filters.theme_group()
    counted = filters.counts(licences_at(centre), (group,), {})
    themes = list(Theme.objects.filter(kind=ThemeKind.THEME).order_by("position"))
    for theme in themes:
        theme.matter_count = counted[group.name, theme.slug]  # type: ignore[attr-defined]
    return [theme for theme in themes if theme.matter_count]  # type: ignore[attr-defined]
