"""The sentences of the launcher and its rules; real runs are in tests/faults."""

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from hedong_portal import launch_lock, launch_parts, launcher
from hedong_portal.embedded import processes
from hedong_portal.launch_parts import LaunchError, Part
from hedong_portal.launcher import Launch


@pytest.fixture
def busy_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize("text", ["abc", "0", "65536", "80 80", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, text):
    monkeypatch.setenv("PORTAL_PORT", text)
    with pytest.raises(LaunchError, match=f"PORTAL_PORT={text} 不是端口号"):
        launcher.chosen_port()


def test_the_port_is_8000_unless_chosen(monkeypatch):
    monkeypatch.delenv("PORTAL_PORT", raising=False)
    assert launcher.chosen_port() == 8000
    monkeypatch.setenv("PORTAL_PORT", "8080")
    assert launcher.chosen_port() == 8080


def test_a_busy_port_is_named_with_the_way_out(tmp_path, busy_port):
    with pytest.raises(LaunchError) as refusal:
        launcher.check_port(Launch(tmp_path, "127.0.0.1", busy_port))
    assert f"端口 {busy_port} 已被别的程序占用" in str(refusal.value)
    assert f"PORTAL_PORT={busy_port + 1} make run" in str(refusal.value)


def test_an_address_that_is_not_ours_is_named(tmp_path):
    with pytest.raises(LaunchError, match="不能使用 203.0.113.1 的 8000 端口"):
        launcher.check_port(Launch(tmp_path, "203.0.113.1", 8000))


def test_a_busy_port_stops_the_start_before_any_server(tmp_path, busy_port, monkeypatch, capsys):
    monkeypatch.setenv("PORTAL_DATA_DIR", os.fspath(tmp_path / "var"))
    monkeypatch.setenv("PORTAL_PORT", str(busy_port))
    assert launcher.main([]) == 1
    assert capsys.readouterr().out.count("\n") == 1
    assert not (tmp_path / "var/embedded").exists()


def test_one_run_per_data_directory(tmp_path):
    first = launch_lock.hold_lock(tmp_path, "http://127.0.0.1:8123/")
    with pytest.raises(LaunchError, match="已经在运行：http://127.0.0.1:8123/.*make stop"):
        launch_lock.hold_lock(tmp_path, "http://127.0.0.1:8124/")
    os.close(first)
    os.close(launch_lock.hold_lock(tmp_path, "http://127.0.0.1:8124/"))


def test_the_note_of_a_dead_run_names_nobody(tmp_path):
    launch_lock.lock_path(tmp_path).write_text(f"{os.getpid()} 1 http://127.0.0.1:8000/")
    assert launch_lock.lock_holder(tmp_path) == (0, "")
    launch_lock.lock_path(tmp_path).write_text("")
    assert launch_lock.lock_holder(tmp_path) == (0, "")


def test_a_part_that_ended_is_started_again_until_it_keeps_ending(tmp_path):
    part = Part("网站", [sys.executable, "-c", "print('up')"], tmp_path / "web.log")
    part.start(dict(os.environ))
    with pytest.raises(LaunchError, match="网站反复停止，请查看 .*web.log"):
        for _ in range(500):
            part.restart_if_dead(dict(os.environ))
            time.sleep(0.02)
    assert (tmp_path / "web.log").read_text() == "up\n" * launch_parts.QUICK_DEATHS


def test_a_part_that_runs_is_left_alone(tmp_path):
    part = Part("网站", ["sleep", "60"], tmp_path / "web.log")
    part.start(dict(os.environ))
    number = part.process.pid
    assert not part.restart_if_dead({})
    launch_parts.kill_group(number)
    part.process.wait()
    assert processes.birth(number) == ""


def test_a_log_over_ten_megabytes_is_put_aside(tmp_path):
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * (11 << 20))
    part = Part("网站", ["true"], log)
    part.start(dict(os.environ))
    part.process.wait()
    assert (tmp_path / "web.log.1").stat().st_size == 11 << 20
    assert log.stat().st_size == 0


def test_the_parts_are_web_worker_and_beat(tmp_path):
    parts = launcher.parts(Launch(tmp_path, "127.0.0.1", 8000))
    assert [part.log.name for part in parts] == ["web.log", "worker.log", "beat.log"]
    assert all(part.command[:2] == [sys.executable, "-m"] for part in parts)


def test_the_launcher_and_the_servers_never_load_django():
    code = (
        "import sys, hedong_portal.launcher, hedong_portal.embedded.watchdog;"
        "sys.exit('django' in sys.modules)"
    )
    assert os.spawnl(os.P_WAIT, sys.executable, sys.executable, "-c", code) == 0
    assert Path.cwd() == launcher.ROOT
