"""What the calendar decides, and the nightly check of what is in force."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command

from accounts.roles import Role
from common import clock
from matters.models import CatalogueFinding, Matter, MatterMove, MatterVersion
from matters.services import lifecycle
from matters.services.editions import prepare_version
from matters.services.findings import check_catalogue, check_if_behind
from matters.services.publishing import schedule_version
from matters.services.reviewing import approve_version, submit_version
from matters.services.switching import switch_due
from matters.workflow import MatterStatus, VersionStatus
from tests.factories.matters import editor, in_force, reviewer
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2025, 11, 20)


@pytest.fixture(autouse=True)
def still_clock():
    with clock.at(TODAY):
        yield


def scheduled(seq: int, day: datetime.date) -> MatterVersion:
    author, judge = editor(), reviewer()
    draft = prepare_version(matter_id=in_force(seq).matter_id, by=author)
    submit_version(version_id=draft.pk, by=author)
    approve_version(version_id=draft.pk, by=judge)
    return schedule_version(version_id=draft.pk, by=judge, effective_on=day)


def midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(0, 0), tzinfo=clock.SHANGHAI)


def test_everything_due_is_switched_at_midnight_and_a_second_run_finds_nothing():
    days = [TODAY + datetime.timedelta(days=n) for n in (1, 5, 9)]
    versions = [scheduled(9001 + n, day) for n, day in enumerate(days)]
    assert switch_due().into_force == []
    with clock.at(midnight(days[0]) - datetime.timedelta(seconds=1)):
        assert switch_due().into_force == []
    with clock.at(midnight(days[0])):
        assert switch_due().into_force == [versions[0].pk]
        assert switch_due().into_force == []
    with clock.at(midnight(days[2])):  # days the clock stood still are caught up
        assert switch_due().into_force == [versions[1].pk, versions[2].pk]


def test_one_refused_edition_does_not_hold_up_the_others():
    day = TODAY + datetime.timedelta(days=1)
    first, second = scheduled(9001, day), scheduled(9002, day)
    Matter.objects.filter(pk=first.matter_id).update(status=MatterStatus.WITHDRAWN)
    with clock.at(day):
        done = switch_due()
    assert done.into_force == [second.pk]
    assert "已取消" in done.refused[0]


def test_a_planned_withdrawal_happens_on_its_day():
    judge, matter = reviewer(), in_force().matter
    day = TODAY + datetime.timedelta(days=2)
    lifecycle.withdraw_matter(matter_id=matter.pk, by=judge, reason="法律修改", on=day)
    matter.refresh_from_db()
    assert (matter.status, matter.withdraw_on) == (MatterStatus.ACTIVE, day)
    assert switch_due().withdrawn == []
    with clock.at(midnight(day)):
        assert switch_due().withdrawn == [matter.pk]
        assert switch_due().withdrawn == []
    matter.refresh_from_db()
    assert matter.status == MatterStatus.WITHDRAWN
    events = list(MatterMove.objects.values_list("event", "by"))
    assert events == [("plan_withdrawal", judge.pk), ("withdraw", None)]


def test_the_retirement_day_of_the_edition_in_force_withdraws_the_matter():
    day = TODAY + datetime.timedelta(days=2)
    matter = in_force(retire_on=day).matter
    with clock.at(day):
        assert switch_due().withdrawn == [matter.pk]


def test_a_kept_matter_stays():
    judge, matter = reviewer(), in_force().matter
    day = TODAY + datetime.timedelta(days=2)
    lifecycle.withdraw_matter(matter_id=matter.pk, by=judge, reason="法律修改", on=day)
    lifecycle.keep_matter(matter_id=matter.pk, by=judge, reason="暂缓")
    with clock.at(day):
        assert switch_due().withdrawn == []


def test_a_fault_is_found_once_kept_and_resolved_when_gone():
    current = in_force(related_seqs=[404]).matter
    first = check_catalogue()
    row = CatalogueFinding.objects.get(code="dead_link")
    assert (row.matter, row.severity, first.matters) == (current, "blocking", 1)
    with clock.at(TODAY + datetime.timedelta(days=1)):
        again = check_catalogue()
    assert (again.new, again.resolved) == (0, 0)
    row.refresh_from_db()
    assert row.last_seen_at > row.first_seen_at
    in_force(404)
    check_catalogue()
    row.refresh_from_db()
    assert row.resolved_at is not None


def test_what_was_published_since_the_last_check_is_checked_and_nothing_else_is():
    assert check_if_behind() is None  # nothing is in force yet
    in_force(related_seqs=[404])
    assert check_if_behind().new > 0
    assert check_if_behind() is None
    with clock.at(TODAY + datetime.timedelta(days=1)):
        in_force(405)
        assert check_if_behind().matters == 2
        assert check_if_behind() is None


def test_an_edition_that_missed_its_day_is_a_finding():
    day = TODAY + datetime.timedelta(days=1)
    version = scheduled(9001, day)
    with clock.at(day):
        check_catalogue()
    row = CatalogueFinding.objects.get(code="not_in_force")
    assert row.matter == version.matter


def test_findings_are_seen_by_the_agency_and_by_those_who_keep_the_catalogue():
    version = in_force(related_seqs=[404])
    check_catalogue()
    count = CatalogueFinding.objects.count()
    stranger = MembershipFactory().user
    own = MembershipFactory(agency=version.agency, role=Role.WINDOW).user
    for user, seen in ((stranger, 0), (own, count), (editor(), count), (reviewer(), count)):
        assert CatalogueFinding.objects.visible_to(user).count() == seen


def test_sweep_does_without_redis_what_the_clock_does(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    day = TODAY + datetime.timedelta(days=1)
    version, out = scheduled(9001, day), io.StringIO()
    with clock.at(day):
        names = ["matters.switch_editions", "matters.check_catalogue"]
        call_command("sweep", "--once", name=names, stdout=out)
    version.refresh_from_db()
    assert version.status == VersionStatus.PUBLISHED
    assert CatalogueFinding.objects.exists()
    assert "到期生效和到期取消：完成" in out.getvalue()


def test_sweep_refuses_a_name_that_is_no_task():
    with pytest.raises(CommandError, match="没有这个定时任务"):
        call_command("sweep", "--once", name=["matters.gone"])
