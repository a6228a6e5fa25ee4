"""What the clock starts for the site's own pages."""

from celery import shared_task

from pages.services import open_data


@shared_task(name="pages.refresh_open_data", ignore_result=True, time_limit=540)
def refresh_open_data() -> None:
    """Write the open data again when the catalogue has changed; usually one query."""
    open_data.refresh()
