"""Whole queries of the public pages about halls."""

from django.db.models import Prefetch, QuerySet

from organisations.models import Agency, ServiceCentre, Street, Window


def centres_for(street: Street | None) -> QuerySet[ServiceCentre]:
    """Every centre with its windows, or those that serve the residents of one street."""
    centres = ServiceCentre.objects.select_related("agency", "street").prefetch_related("windows")
    return centres.serving(street) if street else centres


def centre_with_windows() -> QuerySet[ServiceCentre]:
    """Centres with everything their own page shows: four queries whatever their size."""
    windows = Window.objects.prefetch_related("agencies")
    return ServiceCentre.objects.select_related("agency", "street").prefetch_related(
        Prefetch("windows", windows)
    )


def agencies_at(centre: ServiceCentre) -> list[Agency]:
    """Agencies whose matters the windows of a centre receive, in pinyin order."""
    found = {agency for window in centre.windows.all() for agency in window.agencies.all()}
    return sorted(found | {centre.agency}, key=lambda agency: (agency.sort_key, agency.slug))
