"""What leaves through the interface: editions that are or were in force, declared fields only."""

import datetime

import orjson
import pytest

from accounts.roles import Role
from common import clock
from matters.api import changes, guide_contract
from matters.models import Matter, MatterVersion, Theme
from matters.services.editions import prepare_version
from matters.services.lifecycle import resume_matter, suspend_matter, withdraw_matter
from matters.workflow import VersionStatus
from organisations.models import Agency
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.usefixtures("loaded_catalogue")
SEQ = 113
GUIDE = f"/api/v1/matters/{SEQ}/"
SECRET = "还没有公布的内容"
#: names that would tell about the office's own work
INTERNAL = ("published_by", "source_digest", "comment", "draft", "username", "password", "by_id")


@pytest.fixture
def matter() -> Matter:
    return Matter.objects.get(seq=SEQ)


@pytest.fixture
def reviewer():
    return UserFactory(roles=[Role.CATALOGUE_REVIEWER])


@pytest.fixture
def draft(matter) -> MatterVersion:
    """A new edition on the editor's desk, changed already."""
    editor = UserFactory(roles=[Role.CATALOGUE_EDITOR])
    version = prepare_version(matter_id=matter.pk, by=editor)
    version.name = version.summary = SECRET
    version.save(update_fields=["name", "summary"])
    version.conditions.update(sentence=SECRET)
    version.items.update(name=SECRET)
    version.materials.update(name=SECRET)
    return version


@pytest.fixture
def settled(monkeypatch):
    """Events are told at once."""
    monkeypatch.setattr(changes, "SETTLING", datetime.timedelta(0))


def every_address(client) -> list[str]:
    """One address of every kind, with everything of one matter in reach."""
    names = ("matters", "items", "materials", "themes", "agencies", "centres", "codes", "changes")
    lists = [f"/api/v1/{name}/" for name in names]
    parts = [f"/api/v1/items/?matter={SEQ}", f"/api/v1/materials/?matter={SEQ}"]
    found = [f"/api/v1/search/?q={SECRET}", "/api/v1/search/?q=卫生"]
    return [*lists, *parts, *found, GUIDE, f"{GUIDE}editions/", f"{GUIDE}editions/1/"]


def test_the_guide_is_the_one_citizens_read(client, matter):
    answer = client.get(GUIDE).json()
    version = MatterVersion.objects.published().get(matter=matter)
    assert answer["edition"] == version.number
    assert answer["in_force"] is True
    assert answer["guide"]["materials"] == version.snapshot["materials"]
    assert answer["guide"]["certainty"] == version.snapshot["certainty"]


def test_a_draft_is_nowhere(client, draft):
    for address in every_address(client):
        body = client.get(address).content.decode()
        assert SECRET not in body.replace(f'"q":"{SECRET}"', ""), address
    assert client.get(f"{GUIDE}editions/{draft.number}/").json()["code"] == "no_such_edition"
    assert [row["edition"] for row in client.get(f"{GUIDE}editions/").json()["results"]] == [1]


S = VersionStatus
WAYS = [(), (S.SUBMITTED,), (S.SUBMITTED, S.APPROVED), (S.SUBMITTED, S.APPROVED, S.SCHEDULED)]


@pytest.mark.parametrize("way", [*WAYS, (S.DISCARDED,)])
def test_no_status_before_publication_shows_an_edition(client, draft, way):
    row = MatterVersion.objects.filter(pk=draft.pk)
    for status in way:
        day = {"effective_on": clock.today()} if status == S.SCHEDULED else {}
        row.update(status=status, **day)
    assert client.get(f"{GUIDE}editions/{draft.number}/").status_code == 404
    assert SECRET not in client.get(f"{GUIDE}editions/").content.decode()


def test_nothing_internal_is_named(client):
    for address in every_address(client):
        body = client.get(address).content.decode()
        assert [name for name in INTERNAL if f'"{name}"' in body] == [], address


def test_only_declared_parts_of_a_snapshot_leave():
    snapshot = {"seq": 1, "note": "内部", "agency": {"slug": "a", "name": "b", "boss": "c"}}
    kept = guide_contract.declared(snapshot, guide_contract.GUIDE_TREE)
    assert set(kept) == set(guide_contract.GUIDE_TREE)
    assert kept["agency"] == {"slug": "a", "name": "b", "short_name": ""}


def test_an_edition_from_before_a_part_was_kept_still_answers_it_as_unknown():
    old = {"themes": [{"slug": "a", "name": "b", "kind": "theme"}]}
    kept = guide_contract.declared(old, guide_contract.GUIDE_TREE)
    assert kept["themes"][0]["audience"] == ""
    assert kept["channel_codes"] == []
    assert set(kept["codes"].values()) == {""}


def test_every_part_of_today_s_snapshot_is_declared(matter):
    """A new part of the guide is published to other systems on purpose, by declaring it."""
    snapshot = MatterVersion.objects.published().get(matter=matter).snapshot
    kept = guide_contract.declared(snapshot, guide_contract.GUIDE_TREE)
    assert set(snapshot) - set(kept) <= {"schema"}
    assert kept == {name: snapshot[name] for name in kept}


def test_a_withdrawn_matter_is_gone_everywhere_but_in_the_changes(
    client, matter, reviewer, settled
):
    withdraw_matter(matter_id=matter.pk, by=reviewer, reason="国务院决定取消")
    assert client.get(GUIDE).status_code == 410
    assert client.get(f"{GUIDE}editions/1/").status_code == 410
    assert client.get(f"/api/v1/items/?matter={SEQ}").json()["results"] == []
    seqs = [row["seq"] for row in client.get("/api/v1/matters/?limit=200").json()["results"]]
    assert SEQ not in seqs
    last = _changes(client)[-1]
    assert (last["event"], last["seq"], last["url"]) == ("withdrawn", SEQ, None)


def test_a_suspended_matter_stays_and_says_so(client, matter, reviewer, settled):
    suspend_matter(matter_id=matter.pk, by=reviewer, reason="系统升级")
    assert client.get(GUIDE).json()["status"] == "suspended"
    rows = client.get("/api/v1/matters/?status=suspended").json()["results"]
    assert [row["seq"] for row in rows] == [SEQ]
    resume_matter(matter_id=matter.pk, by=reviewer, reason="恢复")
    assert [row["event"] for row in _changes(client)[-2:]] == ["suspended", "resumed"]


def _changes(client) -> list[dict]:
    address, rows = "/api/v1/changes/?limit=50", []
    while True:
        answer = client.get(address).json()
        rows += answer["results"]
        if not answer["more"]:
            return rows
        address = answer["next"]


def test_changes_are_read_in_stretches_and_continued_later(client, matter, reviewer, settled):
    first = client.get("/api/v1/changes/?limit=200").json()
    assert len(first["results"]) == 176
    assert client.get(first["next"]).json()["results"] == []
    suspend_matter(matter_id=matter.pk, by=reviewer, reason="系统升级")
    later = client.get(first["next"]).json()
    assert [(row["event"], row["seq"]) for row in later["results"]] == [("suspended", SEQ)]


def test_changes_since_a_moment(client, matter, reviewer, settled):
    moment = clock.now().isoformat()
    suspend_matter(matter_id=matter.pk, by=reviewer, reason="系统升级")
    rows = client.get("/api/v1/changes/", {"since": moment}).json()["results"]
    assert [row["event"] for row in rows] == ["suspended"]
    assert client.get("/api/v1/changes/?since=2025-01-01").status_code == 400
    assert client.get("/api/v1/changes/?since=2025-02-30T00:00:00Z").status_code == 400


def test_an_event_waits_until_slow_transactions_have_ended(client, matter, reviewer):
    suspend_matter(matter_id=matter.pk, by=reviewer, reason="系统升级")
    rows = client.get("/api/v1/changes/", {"since": "2020-01-01T00:00:00Z", "limit": 200}).json()
    assert "suspended" not in {row["event"] for row in rows["results"]}


def test_an_unknown_number_is_not_found_in_words(client):
    answer = client.get("/api/v1/matters/999999/")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_matter")


def test_an_unchanged_answer_costs_304_and_no_body(client):
    tag = client.get(GUIDE)["ETag"]
    again = client.get(GUIDE, HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def _rename_theme() -> None:
    Theme.objects.filter(slug="medical-health").update(name="看病")


def _rename_agency() -> None:
    Agency.objects.filter(slug="market-regulation").update(name="天津市河东区市场监管局")


def _suspend() -> None:
    Matter.objects.filter(seq=SEQ).update(status="suspended")


@pytest.mark.parametrize("change", [_rename_theme, _rename_agency, _suspend])
def test_whatever_changes_an_answer_changes_its_tag(client, change):
    tag = client.get("/api/v1/matters/")["ETag"]
    change()
    assert client.get("/api/v1/matters/", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_the_search_answers_as_the_page_does(client):
    found = client.get("/api/v1/search/?q=开饭店&limit=3").json()["results"]
    page = client.get("/s/?q=开饭店").content.decode()
    assert 1 <= len(found) <= 3
    assert found[0]["reason"]
    assert f"/item/{found[0]['matter']['seq']}/" in page
    assert client.get("/api/v1/search/").status_code == 400
    assert client.get("/api/v1/search/?q=%20").status_code == 400


def test_directories_name_their_rows(client):
    agency = orjson.loads(client.get("/api/v1/agencies/market-regulation/").content)
    listed = client.get("/api/v1/agencies/").json()["results"]
    assert agency in listed
    assert agency["matters"] > 0
    assert client.get("/api/v1/themes/medical-health/").json()["matters"] > 0
    assert client.get("/api/v1/centres/district/").json()["windows"]
    assert client.get("/api/v1/themes/nothing/").json()["code"] == "no_such_entry"
