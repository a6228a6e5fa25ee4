"""A portal of its own for a measurement: fresh servers, tables and the catalogue of `data/`.

Nothing is left behind: a watchdog stops the servers and removes the directory however the run ends.
"""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"


@contextmanager
def portal(**settings: str) -> Iterator[None]:
    """Django set up on throwaway servers with the catalogue loaded; `settings` as environment."""
    from hedong_portal import embedded
    from hedong_portal.embedded.watchdog import Watchdog

    folder = Path(tempfile.mkdtemp(prefix="hedong-bench-"))
    folder.chmod(0o711)  # the unprivileged account of the servers passes through
    watchdog = Watchdog(folder, remove=True)
    try:
        found = embedded.start(folder, throwaway=True).environment
        owner = found["DATABASE_OWNER_URL"]
        os.environ.update(found, DATABASE_URL=owner, PORTAL_DATA_DIR=os.fspath(folder))
        os.environ.update(
            {"PORTAL_ENV": "test", "DJANGO_SETTINGS_MODULE": "hedong_portal.settings"}, **settings
        )
        _load()
        yield
    finally:
        watchdog.stop()


def _load() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    silent = {"verbosity": 0, "stdout": io.StringIO()}
    call_command("migrate", interactive=False, **silent)
    call_command("load_catalogue", os.fspath(DATA), **silent)
