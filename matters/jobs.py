"""What the clock starts in the catalogue."""

from celery import shared_task

from matters.services import findings, switching, texts
from matters.services.imports import running

TEXTS_A_RUN = 40


@shared_task(name="matters.run_imports", ignore_result=True, time_limit=540, soft_time_limit=500)
def run_imports() -> None:
    """Finish one waiting import, if there is one; the table is the queue."""
    running.run_next()


@shared_task(name="matters.purge_imports", ignore_result=True)
def purge_imports() -> None:
    """Delete uploaded files that are old enough."""
    running.purge()


@shared_task(name="matters.store_texts", ignore_result=True)
def store_texts() -> None:
    """Make the bodies of guide pages that an import or a new release left without one."""
    texts.store_missing_texts(TEXTS_A_RUN)


@shared_task(name="matters.switch_editions", ignore_result=True)
def switch_editions() -> None:
    """Put editions into force and take matters off the list whose day has come."""
    switching.switch_due()


@shared_task(
    name="matters.check_catalogue", ignore_result=True, time_limit=540, soft_time_limit=500
)
def check_catalogue() -> None:
    """Write down what is wrong in the published guides."""
    findings.check_catalogue()


@shared_task(name="matters.check_changes", ignore_result=True, time_limit=540, soft_time_limit=500)
def check_changes() -> None:
    """The same, soon after something was published; nothing when nothing was."""
    findings.check_if_behind()
