"""What the clock starts in the catalogue."""

from celery import shared_task

from matters.services.imports import running


@shared_task(name="matters.run_imports", ignore_result=True, time_limit=540, soft_time_limit=500)
def run_imports() -> None:
    """Finish one waiting import, if there is one; the table is the queue."""
    running.run_next()


@shared_task(name="matters.purge_imports", ignore_result=True)
def purge_imports() -> None:
    """Delete uploaded files that are old enough."""
    running.purge()
