"""Facts about the repository itself."""

import re
import tomllib

import pytest

from tests.architecture.source import ROOT, name, tracked

LOCKS = ("requirements.lock", "requirements-dev.lock")
#: needed by tests, and brought along by a library of the running portal (drf-spectacular)
BROUGHT_ALONG = {"pyyaml"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MACHINE_PATH = re.compile(r"(^|[^A-Za-z0-9_.])/(work|farm|root)/[a-z.]")


def locked(lock: str) -> set[str]:
    """Package names pinned in a lock file."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {match.lower() for match in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.M)}


def required(entries: list[str]) -> set[str]:
    """Package names of dependency entries, as locks spell them."""
    names = [re.match(r"[A-Za-z0-9._-]+", entry).group() for entry in entries]
    return {entry.lower().replace("_", "-") for entry in names}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_hashes_and_names_no_index(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9._-]+==.*$", text, re.M)
    assert "://" not in text
    assert "--index" not in text
    assert pins
    assert all(pin.rstrip().endswith("\\") for pin in pins)
    assert text.count("--hash=sha256:") >= len(pins)


def test_locks_hold_every_declared_dependency():
    run = required(PROJECT["project"]["dependencies"])
    dev = required(PROJECT["project"]["optional-dependencies"]["dev"])
    assert run - locked("requirements.lock") == set()
    assert (run | dev) - locked("requirements-dev.lock") == set()
    assert (dev & locked("requirements.lock")) - BROUGHT_ALONG == set()


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[tool.")]
    # one dependency a line, its reason behind it
    entries = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert entries
    assert [line for line in entries if not re.search(r",\s+# \w.{9,}", line)] == []


def test_no_tracked_file_names_a_path_of_one_machine():
    found = [
        name(path)
        for path in tracked()
        if path.suffix not in {".png", ".ico"}
        and MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


def test_the_makefile_stays_a_menu():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*##", text, re.M)
    assert 5 <= len(targets) <= 12


def test_documents_link_to_files_that_exist():
    broken = [
        f"{name(path)} -> {target}"
        for path in tracked()
        if path.suffix == ".md" and not name(path).startswith("data/")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []
