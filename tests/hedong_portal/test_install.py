"""`make install`, the lock files and the Makefile."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from hedong_portal import install

ROOT = Path(__file__).resolve().parents[2]


def locked(name: str) -> dict[str, str]:
    """Package names of a lock file with their versions."""
    text = (ROOT / name).read_text()
    found = re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;]+)", text, re.M)
    return dict(found)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An empty checkout with lock files; no command is run for real."""
    for name in install.LOCKS.values():
        (tmp_path / name).write_text("something==1\n")
    monkeypatch.setattr(install, "ROOT", str(tmp_path))
    monkeypatch.setattr(install, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(install, "STAMP", str(tmp_path / ".venv/.installed.json"))
    monkeypatch.setattr(install, "PYTHON", sys.executable)
    (tmp_path / ".venv").mkdir()
    return tmp_path


def test_an_old_python_is_told_which_one_is_needed(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match="需要 Python 3.11 或更高版本，找到的是 3.9"):
        install.main("run")


def test_a_second_install_does_nothing(checkout, monkeypatch):
    calls = []
    monkeypatch.setattr(subprocess, "call", lambda command, **options: calls.append(command) or 0)
    install.main("run")
    installed = [command for command in calls if "install" in command]
    assert len(installed) == 1
    assert {"--require-hashes", "--only-binary=:all:"} < set(installed[0])
    install.main("run")
    assert [command for command in calls if "install" in command] == installed


def test_a_changed_lock_file_is_installed_again(checkout, monkeypatch):
    monkeypatch.setattr(subprocess, "call", lambda command, **options: 0)
    install.main("dev")
    assert install.is_installed("dev")
    assert install.is_installed("run")
    (checkout / "requirements.lock").write_text("something==2\n")
    assert not install.is_installed("run")


def test_a_failed_install_leaves_no_stamp_and_says_what_to_do(checkout, monkeypatch):
    monkeypatch.setattr(subprocess, "call", lambda command, **options: "install" in command)
    with pytest.raises(SystemExit, match="依赖没有装好.*PIP_INDEX_URL"):
        install.main("run")
    assert not install.is_installed("run")


def test_a_python_without_venv_is_named(checkout, monkeypatch):
    failure = subprocess.CompletedProcess([], 1, stdout=b"ensurepip is not available")
    monkeypatch.setattr(subprocess, "run", lambda command, **options: failure)
    with pytest.raises(SystemExit, match="缺少 venv 组件.*python3-venv"):
        install.create()


@pytest.mark.parametrize(("name", "extra"), [("run", []), ("dev", ["dev"])])
def test_the_lock_holds_every_dependency(name, extra):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"]
    for group in extra:
        wanted = wanted + project["optional-dependencies"][group]
    names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in wanted}
    assert names - set(locked(install.LOCKS[name])) == set()


def test_the_test_lock_holds_exactly_the_run_time_versions():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("name", install.LOCKS.values())
def test_every_locked_package_has_hashes_and_no_index_is_named(name):
    text = (ROOT / name).read_text()
    packages = re.split(r"\n(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text
    assert "--index" not in text


def test_make_help_lists_every_target_and_there_are_at_most_twelve():
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    assert re.findall(r"^  make ([a-z]+) ", listed.stdout, re.M) == targets
    assert len(targets) <= 12
