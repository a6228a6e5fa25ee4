"""The repository's own files, as git tracks them (or as they lie there without git)."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
APPS = ("hedong_portal", "pages", "matters", "organisations", "audit", "accounts", "common")


@cache
def tracked() -> tuple[Path, ...]:
    """Files of the repository: tracked ones and new ones git does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        found = [p for p in ROOT.rglob("*") if not {".venv", "var", ".git"} & set(p.parts)]
    else:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return tuple(sorted(path for path in found if path.is_file()))


def python_files(*folders: str) -> list[Path]:
    """Python files of `folders` without migrations."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in folders
        and "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    """HTML and text templates."""
    return [p for p in tracked() if p.relative_to(ROOT).parts[0] == "templates"]


def name(path: Path) -> str:
    """Path relative to the repository, for messages."""
    return path.relative_to(ROOT).as_posix()
