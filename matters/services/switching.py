"""What the calendar decides: editions come into force and matters leave the list at 00:00.

Level-triggered: everything due and not yet done is done, however long the clock stood still; a
second run finds nothing. One transaction each, so that one refusal does not hold up the others.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Q, QuerySet

from common import clock
from common.errors import Refused
from matters.models import Matter, MatterVersion
from matters.services.lifecycle import withdraw_due
from matters.services.publishing import take_effect
from matters.workflow import MatterStatus, VersionStatus

logger = logging.getLogger(__name__)


@dataclass
class Switched:
    """What one run did: ids of versions and matters, and the refusals in words."""

    into_force: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def switch_due() -> Switched:
    """Put due editions into force in the order of their days, then withdraw due matters."""
    done = Switched()
    for pk in due_versions().values_list("pk", flat=True):
        if _try(done, partial(take_effect, version_id=pk)):
            done.into_force.append(pk)
    for pk in due_matters().values_list("pk", flat=True):
        if _try(done, partial(withdraw_due, matter_id=pk)):
            done.withdrawn.append(pk)
    return done


def due_versions() -> QuerySet[MatterVersion]:
    """Scheduled versions whose day has come."""
    scheduled = MatterVersion.objects.filter(status=VersionStatus.SCHEDULED)
    return scheduled.filter(effective_on__lte=clock.today()).order_by("effective_on", "pk")


def due_matters() -> QuerySet[Matter]:
    """Matters whose planned day, or the retirement day of their edition in force, has come."""
    today = clock.today()
    retired = Q(versions__status=VersionStatus.PUBLISHED, versions__retire_on__lte=today)
    open_ = Matter.objects.exclude(status=MatterStatus.WITHDRAWN)
    return open_.filter(Q(withdraw_on__lte=today) | retired).distinct().order_by("pk")


def _try(done: Switched, work: Callable[[], object]) -> bool:
    try:
        return work() is not None
    except Refused as refusal:
        logger.warning("not switched: %s %s", refusal.code, refusal.message)
        done.refused.append(refusal.message)
        return False
