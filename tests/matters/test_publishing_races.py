"""Two people at the same moment, with real transactions: one wins, the other is told."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from audit.chain import breaks
from common.errors import Refused
from matters.models import MatterVersion, VersionMove
from matters.services.editions import prepare_version
from matters.services.publishing import publish_now
from matters.services.reviewing import approve_version, return_version, submit_version
from matters.workflow import VersionStatus
from tests.factories.matters import editor, in_force, reviewer

pytestmark = pytest.mark.django_db(transaction=True)


def race(*works: Callable[[], object]) -> list[object]:
    """Start all at once in threads of their own; results and refusals in order."""
    start = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = works[place]()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def submitted() -> MatterVersion:
    author = editor()
    draft = prepare_version(matter_id=in_force().matter_id, by=author)
    return submit_version(version_id=draft.pk, by=author)


def losers(results: list[object]) -> list[Refused]:
    return [result for result in results if isinstance(result, Refused)]


def test_two_reviewers_approve_one_wins():
    version, judges = submitted(), [reviewer(), reviewer()]
    results = race(*(lambda by=by: approve_version(version_id=version.pk, by=by) for by in judges))
    (loser,) = losers(results)
    assert (loser.code, loser.status) == ("illegal_move", 409)
    assert "刷新" in loser.message
    assert VersionMove.objects.filter(version=version, event="approve").count() == 1


def test_one_approves_while_the_other_returns():
    version, judges = submitted(), [reviewer(), reviewer()]
    results = race(
        lambda: approve_version(version_id=version.pk, by=judges[0]),
        lambda: return_version(version_id=version.pk, by=judges[1], reasons={"fee": "改"}),
    )
    version.refresh_from_db()
    # returning an approved version is legal: then both happened, one after the other
    events = list(VersionMove.objects.filter(version=version).values_list("event", flat=True))
    assert version.status == VersionStatus.DRAFT
    assert events[2:] in (["approve", "return"], ["return"])
    assert len(losers(results)) == 2 - len(events[2:])
    assert list(breaks(VersionMove)) == []


def test_two_reviewers_publish_one_wins():
    version, judges = submitted(), [reviewer(), reviewer()]
    approve_version(version_id=version.pk, by=judges[0])
    results = race(*(lambda by=by: publish_now(version_id=version.pk, by=by) for by in judges))
    assert [loser.status for loser in losers(results)] == [409]
    assert MatterVersion.objects.published().get() == version


def test_two_editors_prepare_one_draft():
    live, authors = in_force(), [editor(), editor()]
    results = race(
        *(lambda by=by: prepare_version(matter_id=live.matter_id, by=by) for by in authors)
    )
    assert [loser.code for loser in losers(results)] == ["version_open"]
    assert MatterVersion.objects.being_edited().count() == 1
