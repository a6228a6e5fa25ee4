"""kill -9 of anything hinders nothing, loses nothing and leaves nothing behind.

REPEAT sets how often the whole portal is killed (3 by default, 10 before a release).
"""

import os
import signal
import time

import pytest

from hedong_portal.embedded import places, processes, watchdog
from tests.faults.conftest import Portal, until

pytestmark = pytest.mark.faults
REPEAT = int(os.environ.get("REPEAT", "3"))


def rows(portal: Portal) -> list[int]:
    with portal.database() as connection:
        return [number for (number,) in connection.execute("SELECT n FROM kept ORDER BY n")]


def sockets(portal: Portal):
    run = places.known_socket_dir(places.find_place(portal.data_dir))
    return [run / "broker.sock", run / "cache.sock"]


MOMENTS = ("running", "starting", "together with its watchdog")


def test_the_portal_is_killed_and_started_again(running):
    """Each row was acknowledged before the kill, so each must be there at the end."""
    portal = running
    with portal.database() as connection:
        connection.execute("CREATE TABLE kept (n int PRIMARY KEY)")
    for number in range(REPEAT):
        moment = MOMENTS[number % len(MOMENTS)]
        if portal.ended():
            portal.launch() if moment == "starting" else portal.start()
        with portal.database() as connection:
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
        if moment == "together with its watchdog":
            processes.send(portal.watchdogs(), signal.SIGKILL)
        portal.kill()
        if moment != "together with its watchdog":
            until(lambda: portal.processes() == [], 30)
    portal.start()
    assert portal.get()[0] == 200
    assert rows(portal) == list(range(REPEAT))


def test_a_stop_ends_well_and_leaves_no_process(running):
    assert running.stop() == 0
    assert running.processes() == []
    assert "Traceback" not in running.output()


def test_a_second_start_says_that_the_portal_runs(running):
    second = Portal(running.data_dir, running.port)
    second.log = running.data_dir / "second.log"
    second.launch()
    assert second.launcher.wait(60) == 1
    lines = second.output().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"门户已经在运行：http://127.0.0.1:{running.port}/")
    assert running.get()[0] == 200


def test_without_cache_and_broker_pages_still_answer(running):
    for path in sockets(running):
        processes.send(processes.valkey_pids(path), signal.SIGKILL)
    assert [running.get(path)[0] for path in ("/", "/login/", "/readyz")] == [200, 200, 200]
    until(lambda: all(processes.valkey_pids(path) for path in sockets(running)), 30)


def test_without_database_the_answer_is_503_with_a_time_to_retry(running):
    cluster = places.find_place(running.data_dir).cluster
    processes.send(processes.postgres_pids(cluster), signal.SIGKILL)
    seen = []
    for _ in range(50):
        status, headers, body = running.get("/")
        seen.append(status)
        assert status in (200, 503)
        assert status == 200 or int(headers["retry-after"]) > 0
        assert "Traceback" not in body
        time.sleep(0.02)
    until(lambda: running.get()[0] == 200 and running.get("/readyz")[0] == 200, 30)
    assert 503 in seen


def test_a_killed_web_server_comes_back(running):
    web = [pid for pid in watchdog.marked_pids(running.data_dir) if serves(pid)]
    processes.send(web[:1], signal.SIGKILL)
    until(lambda: running.get()[0] == 200 and "网站意外停止" in running.output(), 60)


def serves(pid: int) -> bool:
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        return b"granian" in file.read()
