"""Every change is counted once on a host, by whichever process, and nothing is lost in between."""

import subprocess
import sys

import pytest

from hedong_portal.pagecache.versions import GUIDES, LISTS, Versions, place_of
from tests.architecture.source import ROOT


def test_a_change_of_one_guide_leaves_the_others_and_the_shell(versions):
    before = (versions.everything(), versions.at(place_of(8)))
    lists, own = versions.at(LISTS), versions.at(place_of(7))
    versions.change_guide(7, "first")
    assert (versions.everything(), versions.at(place_of(8))) == before
    assert (versions.at(LISTS), versions.at(place_of(7))) == (lists + 1, own + 1)


def test_all_processes_of_a_host_see_a_change_at_once(versions):
    other = Versions(versions.path)
    versions.change_everything("x")
    assert other.everything() == versions.everything() == 1


def test_an_event_heard_twice_is_counted_once(versions):
    other = Versions(versions.path)
    for _ in range(2):
        versions.change_guide(7, "published")
        other.change_guide(7, "published")
    assert versions.at(place_of(7)) == 1
    other.change_guide(7, "published again")
    assert versions.at(place_of(7)) == 2


def test_events_are_remembered_long_enough_and_not_for_ever(versions):
    for number in range(2000):
        versions.change_everything(f"event {number}")
    versions.change_everything("event 1999")
    versions.change_everything("event 1600")
    assert versions.everything() == 2000


def test_to_forget_concerns_one_process(versions):
    other = Versions(versions.path)
    versions.forget()
    assert (versions.everything(), other.everything()) == (1, 0)


def test_a_number_past_the_last_place_shares_one(versions):
    assert place_of(GUIDES * 3 + 5) < GUIDES
    assert LISTS not in {place_of(seq) for seq in (0, GUIDES - 1, GUIDES, 2 * GUIDES - 2)}
    versions.change_guide(10**9, "far away")
    assert versions.at(place_of(10**9)) == 1


def test_versions_outlive_the_processes(versions):
    versions.change_everything("x")
    assert Versions(versions.path).everything() == 1


def test_changes_of_several_processes_at_once_are_all_counted(versions):
    code = (
        "import sys; from pathlib import Path\n"
        "from hedong_portal.pagecache.versions import Versions\n"
        "versions = Versions(Path(sys.argv[1]))\n"
        "for n in range(300): versions.change_guide(7, f'{sys.argv[2]} {n}')"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, versions.path, name], cwd=ROOT)
        for name in "ab"
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    assert versions.at(place_of(7)) == versions.at(LISTS) == 600


def test_a_full_disk_is_an_error_at_the_start(tmp_path, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.posix_fallocate", full)
    with pytest.raises(OSError, match="No space"):
        Versions(tmp_path / "versions")
