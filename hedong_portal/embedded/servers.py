"""Start, stop and describe the embedded servers of one data directory."""

import fcntl
import json
import os
import secrets as random_secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hedong_portal.embedded import places, postgres, valkey
from hedong_portal.embedded.places import Place

POSTGRES, VALKEY = "postgres", "valkey"
EVERYTHING = (POSTGRES, VALKEY)


@dataclass(frozen=True)
class Servers:
    """What a start gives: the environment for Django and what there is to tell."""

    environment: dict[str, str]
    started: tuple[str, ...]
    home: Path
    moved: bool
    run: Path
    wanted: tuple[str, ...]

    def are_up(self) -> bool:
        """A quick look at the sockets, for whoever watches over the servers."""
        postgres_up = POSTGRES not in self.wanted or postgres.listens(self.run)
        caches_up = VALKEY not in self.wanted or all(
            valkey.ping(kind.socket(self.run)) for kind in valkey.KINDS
        )
        return postgres_up and caches_up


def start(
    data_dir: str | os.PathLike,
    wanted: tuple[str, ...] = EVERYTHING,
    *,
    throwaway: bool = False,
    for_run: bool = False,
) -> Servers:
    """Start what is not running yet; any number of callers at once get the same servers.

    `throwaway` makes a new database fast and unsafe, for tests. `for_run` notes that the servers
    end with `make run`; others stay until `portal stop`. Raises EmbeddedError.
    """
    with locked(data_dir):
        place = places.find_place(data_dir)
        places.prepare_home(place)
        run, started, environment = places.socket_dir(place), [], {}
        if POSTGRES in wanted:
            secrets = passwords(place)
            if postgres.ensure(place, run, secrets, throwaway=throwaway):
                started.append(POSTGRES)
            environment["DATABASE_URL"] = postgres.address(run, postgres.APP, secrets)
            environment["DATABASE_OWNER_URL"] = postgres.address(run, postgres.OWNER, secrets)
        if VALKEY in wanted:
            started += [kind.name for kind in valkey.KINDS if valkey.ensure(place, run, kind)]
            environment |= valkey.addresses(run)
        if started:
            note_run(place, for_run)
        return Servers(environment, tuple(started), place.home, place.moved, run, wanted)


def note_run(place: Place, for_run: bool) -> None:
    """Keep the note that these servers end with `make run`, or take it away."""
    note = place.home / "ends-with-run"
    if for_run:
        note.touch()
    else:
        note.unlink(missing_ok=True)


def end_with_run(data_dir: str | os.PathLike) -> bool:
    """Whether `make run` is to stop the servers: nobody else started those that run now."""
    with locked(data_dir):
        noted = (places.find_place(data_dir).home / "ends-with-run").exists()
    return noted or not any(status(data_dir).values())


def stop(data_dir: str | os.PathLike) -> tuple[str, ...]:
    """Stop whatever runs; returns the names of what was stopped."""
    with locked(data_dir):
        place = places.find_place(data_dir)
        run = places.known_socket_dir(place)
        stopped = [kind.name for kind in valkey.KINDS if run and valkey.stop(run, kind)]
        if postgres.stop(place):
            stopped.append(POSTGRES)
        places.forget_temporary_dir(place)
        return tuple(stopped)


def status(data_dir: str | os.PathLike) -> dict[str, bool]:
    """Which servers answer now."""
    with locked(data_dir):
        place = places.find_place(data_dir)
        run = places.known_socket_dir(place)
        if run is None or not (place.home / "secrets.json").exists():
            return dict.fromkeys((POSTGRES, *(kind.name for kind in valkey.KINDS)), False)
        found = {POSTGRES: postgres.answers(place, run, passwords(place), patience=0)}
        return found | {kind.name: valkey.ping(kind.socket(run)) for kind in valkey.KINDS}


@contextmanager
def locked(data_dir: str | os.PathLike) -> Iterator[None]:
    """One starter at a time; the kernel frees the lock when its holder dies."""
    data = places.prepare_data_dir(data_dir)
    try:
        handle = os.open(data / ".embedded.lock", os.O_RDONLY | os.O_CREAT, 0o644)
    except OSError as error:
        raise places.not_writable(data, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def passwords(place: Place) -> dict[str, str]:
    """Random passwords of the three roles, made once and kept beside the data."""
    path = place.home / "secrets.json"
    if not path.exists():
        roles = (postgres.SUPERUSER, postgres.OWNER, postgres.APP)
        fresh = path.with_suffix(".new")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({role: random_secrets.token_urlsafe(32) for role in roles}, file)
        place.keep(fresh, 0o600)
        fresh.replace(path)
    return json.loads(path.read_text())
