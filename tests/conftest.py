"""The suite's ground: its own servers, Django set up on them, no network beyond this machine.

Unless DATABASE_URL is given, the process that runs pytest starts a throwaway PostgreSQL and Valkey
of its own (never those of `make run`); a watchdog removes them however the run ends. Workers of
pytest-xdist inherit their addresses and use one cache database each.
"""

import os
import tempfile
from pathlib import Path

import pytest

from hedong_portal import embedded
from hedong_portal.embedded.watchdog import Watchdog
from tests.browser import browser, new_page  # noqa: F401 - fixtures
from tests.catalogue import (  # noqa: F401 - fixtures
    catalogue_database,
    django_db_setup,
    loaded_catalogue,
    loaded_module,
)
from tests.network import forbid_outside_connections

guard: Watchdog | None = None


def start_servers() -> Watchdog:
    """Start servers in a fresh directory and put their addresses into the environment."""
    data_dir = Path(tempfile.mkdtemp(prefix="hedong-test-"))
    data_dir.chmod(0o711)  # the unprivileged account of the servers passes through
    watchdog = Watchdog(data_dir, remove=True)
    found = embedded.start(data_dir, throwaway=True).environment
    owner = found["DATABASE_OWNER_URL"]  # tests create, migrate and truncate databases
    os.environ.update(found, DATABASE_URL=owner, PORTAL_DATA_DIR=os.fspath(data_dir))
    return watchdog


def use_own_cache(worker: str) -> None:
    """Give each parallel worker its own cache database (Valkey has 16)."""
    number = int(worker.removeprefix("gw") or 0) % 15 + 1
    address = os.environ["CACHE_URL"].partition("?")[0]
    os.environ["CACHE_URL"] = f"{address}?db={number}"


os.environ["PORTAL_ENV"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "hedong_portal.settings"
os.environ["API_REQUESTS_PER_MINUTE"] = "1000000"  # a test that counts sets its own limit
if not os.environ.get("DATABASE_URL"):
    guard = start_servers()
if "PYTEST_XDIST_WORKER" in os.environ:
    use_own_cache(os.environ["PYTEST_XDIST_WORKER"])

import django  # noqa: E402 - settings read the environment filled above
from django.conf import settings  # noqa: E402

django.setup()
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it
settings.PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    *settings.PASSWORD_HASHERS,
]
forbid_outside_connections()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers this process started."""
    if guard is not None:
        guard.stop()
