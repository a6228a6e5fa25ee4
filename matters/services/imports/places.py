"""Where uploaded files lie: below the data directory, never below what the web server serves."""

import shutil
from pathlib import Path

from django.conf import settings

KEEP_DAYS = 30


def root() -> Path:
    """The folder of all imports. On several machines it must be one shared folder."""
    return Path(settings.PORTAL_DATA_DIR) / "imports"


def folder_of(name: str) -> Path:
    """The folder of one job; `name` is made of hexadecimal digits by `random_name`."""
    return root() / name


def file_of(name: str) -> Path:
    """The uploaded file itself."""
    return folder_of(name) / "upload"


def staged_in(name: str) -> Path:
    """Where the child process puts the checked lines."""
    return folder_of(name) / "staged"


def forget(name: str) -> None:
    """Delete everything of one job."""
    shutil.rmtree(folder_of(name), ignore_errors=True)
