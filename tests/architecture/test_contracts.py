"""The import contracts hold, and each of them fails when it is broken on purpose."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import APPS, ROOT

LINT = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path) -> subprocess.CompletedProcess:
    """Run the contracts of `folder` without a cache."""
    return subprocess.run(
        [LINT, "--no-cache", "--config", folder / "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the code that may be spoilt."""
    folder = tmp_path_factory.mktemp("tree")
    for app in APPS:
        shutil.copytree(ROOT / app, folder / app, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_contracts_hold(copy):
    answer = lint(copy)
    assert answer.returncode == 0, answer.stdout


BREACHES = [
    ("common/errors.py", "import accounts.models", "Apps import downwards only"),
    ("accounts/roles.py", "import organisations.models", "Apps import downwards only"),
    ("organisations/search.py", "import matters.models", "Apps import downwards only"),
    ("matters/rules/gap.py", "import pages.models", "Apps import downwards only"),
    ("pages/urls.py", "import hedong_portal.celery", "Apps import downwards only"),
    ("matters/models/matter.py", "import matters.services.publishing", "Inside an app"),
    ("matters/workflow.py", "import matters.models.choices", "Inside an app"),
    ("matters/services/publishing.py", "import matters.views.lists", "Inside an app"),
    ("matters/rules/gap.py", "import matters.search", "Inside an app"),
]


@pytest.mark.parametrize(("path", "line", "contract"), BREACHES, ids=[b[0] for b in BREACHES])
def test_a_breach_is_caught(copy, path, line, contract):
    target = copy / path
    sound = target.read_text(encoding="utf-8")
    target.write_text(f"{sound}\n{line}\n", encoding="utf-8")
    try:
        answer = lint(copy)
    finally:
        target.write_text(sound, encoding="utf-8")
    assert answer.returncode == 1
    assert any(contract in row and "BROKEN" in row for row in answer.stdout.splitlines())
