"""The embedded servers as they should be: private, ours, two roles, one of each."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from hedong_portal import embedded
from hedong_portal.embedded import postgres, processes

ROOT = Path(__file__).resolve().parents[2]
START = """
import json, sys
from hedong_portal import embedded
found = embedded.start(sys.argv[1], throwaway=True)
print(json.dumps([found.environment, found.started]))
"""


def connect(servers: embedded.Servers, name: str = "DATABASE_URL") -> psycopg.Connection:
    return psycopg.connect(servers.environment[name], autocommit=True)


def one(connection: psycopg.Connection, query: str):
    return connection.execute(query).fetchone()[0]


def valkey(servers: embedded.Servers, name: str, *command: str) -> bytes:
    """Answer of `redis-cli`, spoken by hand."""
    import socket

    with socket.socket(socket.AF_UNIX) as client:
        client.connect(os.fspath(servers.run / f"{name}.sock"))
        client.sendall(" ".join(command).encode() + b"\r\n")
        return client.recv(1000)


def test_the_database_is_utf8_with_the_builtin_locale_and_checksums(servers):
    with connect(servers) as connection:
        assert one(connection, "SHOW server_encoding") == "UTF8"
        assert one(connection, "SHOW data_checksums") == "on"
        locale = connection.execute(
            "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'portal'"
        ).fetchone()
        assert locale == ("b", "C.UTF-8")


def test_chinese_text_has_trigrams(servers):
    with connect(servers, "DATABASE_OWNER_URL") as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        assert len(one(connection, "SELECT show_trgm('政务服务')")) == 5


def test_no_server_listens_on_the_network(servers):
    with connect(servers) as connection:
        assert one(connection, "SHOW listen_addresses") == ""
    for name in ("broker", "cache"):
        assert valkey(servers, name, "CONFIG GET port").split()[-1] == b"0"


def test_sockets_and_secrets_are_closed_to_other_accounts(servers):
    assert servers.run.stat().st_mode & 0o077 == 0
    assert (servers.home / "secrets.json").stat().st_mode & 0o077 == 0
    assert (servers.home / "pg").stat().st_mode & 0o077 == 0


def test_no_server_runs_as_root(servers):
    pids = processes.postgres_pids(servers.home / "pg")
    pids += processes.valkey_pids(servers.run / "cache.sock")
    assert len(pids) >= 2
    assert all(os.stat(f"/proc/{pid}").st_uid != 0 for pid in pids)


def test_a_wrong_password_is_refused(servers):
    address = servers.environment["DATABASE_URL"].replace("portal_app:", "portal_app:x")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address)


def test_the_portal_role_cannot_change_tables(servers):
    with connect(servers) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE public.intruder (id int)")
        assert one(connection, "SHOW statement_timeout") == "30s"
        assert one(connection, "SHOW lock_timeout") == "10s"


def test_the_owner_role_creates_tables_and_databases_but_is_no_superuser(servers):
    with connect(servers, "DATABASE_OWNER_URL") as connection:
        connection.execute("CREATE DATABASE made_by_owner")
        connection.execute("DROP DATABASE made_by_owner")
        assert one(connection, "SELECT current_setting('is_superuser')") == "off"
        owner = one(
            connection,
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'portal'",
        )
        assert owner == "portal_owner"


def test_the_broker_never_evicts_and_the_cache_may(servers):
    assert b"noeviction" in valkey(servers, "broker", "CONFIG GET maxmemory-policy")
    assert b"allkeys-lru" in valkey(servers, "cache", "CONFIG GET maxmemory-policy")
    assert b"67108864" in valkey(servers, "cache", "CONFIG GET maxmemory")
    assert valkey(servers, "broker", "CONFIG GET save").split()[-1] == b"$0"


def test_a_second_start_changes_nothing(servers):
    again = embedded.start(servers.home.parent)
    assert again.started == ()
    assert again.environment == servers.environment
    assert servers.are_up()


def test_four_starters_at_once_get_one_set_of_servers(data_dir):
    command = [sys.executable, "-c", START, os.fspath(data_dir)]
    starters = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(4)]
    answers = [json.loads(starter.communicate()[0]) for starter in starters]
    assert all(environment == answers[0][0] for environment, _ in answers)
    started = [name for _, names in answers for name in names]
    assert sorted(started) == ["broker", "cache", "postgres"]


def test_only_what_is_wanted_is_started(data_dir):
    found = embedded.start(data_dir, ("valkey",))
    assert found.started == ("broker", "cache")
    assert sorted(found.environment) == ["CACHE_URL", "REDIS_URL"]
    assert found.are_up()
    assert embedded.stop(data_dir) == ("broker", "cache")


def test_stop_and_status_of_an_unused_directory_make_nothing(data_dir):
    assert not any(embedded.status(data_dir).values())
    assert embedded.stop(data_dir) == ()
    assert [path.name for path in data_dir.iterdir()] == [".embedded.lock"]


def test_a_start_that_was_killed_before_its_roles_is_completed(servers):
    secrets = json.loads((servers.home / "secrets.json").read_text())
    with postgres.connect(servers.run, secrets) as connection:
        connection.execute("DROP DATABASE portal")
        connection.execute("DROP ROLE portal_app")
    found = embedded.start(servers.home.parent)
    with connect(found) as connection:
        assert one(connection, "SELECT current_database()") == "portal"
