"""Directories in which the unprivileged account of the servers can work, and their servers."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hedong_portal import embedded


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A fresh data directory; whatever was started in it is stopped afterwards."""
    yield from fresh_data_dir()


@pytest.fixture(scope="module")
def servers() -> Iterator[embedded.Servers]:
    """Running servers for tests that only look."""
    for data_dir in fresh_data_dir():
        yield embedded.start(data_dir, throwaway=True)


def fresh_data_dir() -> Iterator[Path]:
    """pytest's own directories are closed to other accounts, so this one is made by hand."""
    path = Path(tempfile.mkdtemp(prefix="hedong-test-"))
    path.chmod(0o711)
    yield path
    embedded.stop(path)
    shutil.rmtree(path)
