"""`make check`, `make test`, `make faults`, `make fix`, `make lock`: each a list of commands."""

import os
import subprocess
import sys
import time
from pathlib import Path

from hedong_portal.embedded import environment

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
WORKERS = min(os.cpu_count() or 2, 8)
LOCKS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["--extra", "dev", "--constraint", "requirements.lock"],
}

CHECKS = {
    "格式": ["ruff", "format", "--check", "--quiet", "."],
    "代码检查": ["ruff", "check", "--quiet", "."],
    # no formatter: it puts line breaks between inline elements, and those are gaps in Chinese text
    "模板检查": ["djlint", "templates", "--lint", "--quiet"],
    "迁移齐全": ["manage", "makemigrations", "--check", "--dry-run"],
    "系统检查": ["manage", "check", "--fail-level", "WARNING"],
    "依赖方向": ["importlinter.cli"],
    "类型": ["mypy", "--no-error-summary"],
}
FIXES = {
    "代码检查": ["ruff", "check", "--fix", "--quiet", "."],
    "格式": ["ruff", "format", "--quiet", "."],
}


def main(arguments: list[str]) -> int:
    """Run one of the lists; returns the exit status for make."""
    action, rest = arguments[0], arguments[1:]
    os.chdir(ROOT)
    return {"check": check, "fix": fix, "test": test, "faults": faults, "lock": lock}[action](rest)


def check(rest: list[str]) -> int:
    """Every check, even after one has failed. Nothing here needs a database."""
    environment.fill_unreachable(ROOT)
    os.environ["PORTAL_ENV"] = "test"
    os.environ["DJANGO_SETTINGS_MODULE"] = "hedong_portal.settings"
    failed = [label for label, command in CHECKS.items() if not passes(label, command)]
    print(f"没有通过：{'、'.join(failed)}" if failed else "全部通过。", flush=True)
    return 1 if failed else 0


def fix(rest: list[str]) -> int:
    """Format and repair; what is left is printed by `make check`."""
    for label, command in FIXES.items():
        passes(label, command)
    return 0


def passes(label: str, command: list[str]) -> bool:
    """Run one tool and say how it went; its output is shown as it comes."""
    began = time.monotonic()
    done = subprocess.run(tool(command), check=False)
    word = "通过" if done.returncode == 0 else "没有通过"
    print(f"{label}：{word}（{time.monotonic() - began:.1f} 秒）", flush=True)
    return done.returncode == 0


def tool(command: list[str]) -> list[str]:
    """Full command line: tools run as modules, because a script's first line may not hold a path
    with spaces; a missing database is no news to `makemigrations`."""
    if command[0] == "manage":
        code = "from django.core.management import execute_from_command_line as run; import sys"
        return [PYTHON, "-W", "ignore", "-c", f"{code}; run(sys.argv)", *command[1:]]
    if command[0] == "importlinter.cli":
        code = "from importlinter.cli import lint_imports_command as run"
        return [PYTHON, "-c", f"{code}; run(['--no-logo'])"]
    return [PYTHON, "-m", *command]


def test(rest: list[str]) -> int:
    """The suite in parallel and in random order; a named part runs in one process."""
    options = rest or ["-n", str(WORKERS), "--dist", "loadfile", "-q"]  # a module loads data once
    return pytest(["-m", "not faults", *options])


def faults(rest: list[str]) -> int:
    """The tests that kill real servers, one after the other."""
    return pytest(["-m", "faults", "-q", "tests/faults", *rest])


def pytest(options: list[str]) -> int:
    """Run pytest, warnings as errors."""
    return subprocess.run([PYTHON, "-m", "pytest", *options], check=False).returncode


def lock(rest: list[str]) -> int:
    """Resolve both lock files for every platform, with hashes and without index lines.

    The second is held to the versions of the first: tests run what `make run` installs.
    """
    options = ["--universal", "--python-version", "3.11"]  # not that of whoever runs it
    options += ["--generate-hashes", "--no-header", "--no-emit-index-url", "--quiet"]
    return max(
        subprocess.run(
            [PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "-o", name, *options, *extra],
            check=False,
        ).returncode
        for name, extra in LOCKS.items()
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
