"""What the clock starts at night."""

import datetime
from importlib import import_module

from celery import shared_task
from django.conf import settings

from accounts.lockout import WINDOW
from accounts.models import AccountEvent, LoginAttempt, LoginCounter
from common import clock

#: Three years, more than the six months of 网络安全法 below which the database refuses.
KEEP = datetime.timedelta(days=3 * 365)


@shared_task(name="accounts.purge_expired", ignore_result=True)
def purge_expired() -> None:
    """Delete expired sessions, idle counters and log rows older than KEEP. Safe to repeat."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    LoginCounter.objects.exclude(hits__len__gt=0).delete()
    _stale_counters().delete()
    for model in (LoginAttempt, AccountEvent):
        model.objects.filter(at__lt=clock.now() - KEEP).delete()


def _stale_counters():
    """Counters whose newest hit has left the window."""
    return LoginCounter.objects.extra(
        where=["NOT EXISTS (SELECT 1 FROM unnest(hits) h WHERE h > clock_timestamp() - %s)"],
        params=[WINDOW],
    )
