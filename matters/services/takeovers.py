"""认领: a matter from above or a new one gets a last day, and becomes a matter when claimed."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from audit.chain import append
from common import clock
from common.calendars import current_calendar
from common.errors import Refused
from matters import policies
from matters.models import BaseItem, Fee, Matter, MatterMove, MatterVersion, Result, TakeOver
from matters.models.choices import (
    ApplicationChannel,
    HandlingType,
    ItemType,
    ResultKind,
    ServiceScope,
    TimeUnit,
)
from matters.services.editions import record_prepared
from matters.workflow import MatterEvent, MatterStatus
from organisations.models import Agency

#: Policy §10.9: working days to claim, unless the office sets another number.
CLAIM_DAYS = 5
#: 行政许可法 art. 42: the limit while no other is written.
LICENCE_DAYS = 20


@transaction.atomic
def register_take_over(
    *,
    name: str,
    agency: Agency,
    origin: str,
    by: User,
    document: str = "",
    base_item: BaseItem | None = None,
    days: int = CLAIM_DAYS,
) -> TakeOver:
    """Offer a matter to an agency; it is to be claimed within `days` working days."""
    policies.check_may_edit(by, None)
    if not name.strip():
        raise Refused("name_missing", "请填写事项名称。", status=422)
    today = clock.today()
    return TakeOver.objects.create(
        name=name.strip(),
        agency=agency,
        origin=TakeOver.Origin(origin),
        document=document.strip(),
        base_item=base_item,
        received_on=today,
        due_on=current_calendar().add_workdays(today, days),
        registered_by=by,
    )


@transaction.atomic
def claim_matter(*, take_over_id: int, by: User) -> MatterVersion:
    """Take a matter over: a new matter with an empty draft, in the hands of its editors.

    Refused: 404 unknown, 409 claimed already, 403 other agency. A late claim still counts.
    """
    rows = TakeOver.objects.select_for_update(of=("self",), no_key=True)
    offered = rows.select_related("agency", "base_item").filter(pk=take_over_id).first()
    if offered is None:
        raise Refused("no_take_over", "没有这条认领。请从认领列表重新打开。", status=404)
    policies.check_may_edit(by, offered.agency_id)
    if offered.claimed_at is not None:
        raise Refused("claimed_already", f"“{offered.name}”已经认领过了。请刷新页面查看。")
    draft = open_matter(name=offered.name, agency=offered.agency, base=offered.base_item, by=by)
    offered.claimed_at, offered.claimed_by, offered.matter = clock.now(), by, draft.matter
    offered.save(update_fields=["claimed_at", "claimed_by", "matter"])
    return draft


@transaction.atomic
def open_matter(*, name: str, agency: Agency, by: User, base: BaseItem | None) -> MatterVersion:
    """A new matter with its first draft; what is not known yet stays empty and is a gap."""
    policies.check_may_edit(by, agency.pk)
    if base and Matter.objects.filter(base_item=base).exists():
        raise Refused("matter_exists", f"基本目录 {base.code} 已有事项，请在它的新版本里修改。")
    matter = Matter.objects.create(
        seq=(Matter.objects.aggregate(last=Max("seq"))["last"] or 0) + 1,
        name=name,
        base_item=base,
        kind=base.item_type if base else ItemType.LICENCE,
    )
    append(
        MatterMove(
            matter=matter,
            event=MatterEvent.OPEN,
            to_status=MatterStatus.ACTIVE,
            by=by,
            at=clock.now(),
        )
    )
    draft = MatterVersion.objects.create(matter=matter, **_first_values(name, agency))
    Fee.objects.create(version=draft, charged=False)
    Result.objects.create(version=draft, kind=ResultKind.CERTIFICATE)
    record_prepared(draft, by=by)
    return draft


def _first_values(name: str, agency: Agency) -> dict[str, Any]:
    """A draft that promises nothing: the law's limit, the window, one visit."""
    closed = ("online", "instant", "once", "in_hall", "commitment", "deferrable", "cross_province")
    return {
        "number": 1,
        "name": name,
        "agency": agency,
        "statutory_value": LICENCE_DAYS,
        "statutory_unit": TimeUnit.WORKDAY,
        "promised_value": LICENCE_DAYS,
        "handling_type": HandlingType.PROMISED,
        "audience": [],
        "channels": [ApplicationChannel.WINDOW],
        "service_scope": ServiceScope.LOCAL,
        "visits": 1,
        **dict.fromkeys(closed, False),
    }
