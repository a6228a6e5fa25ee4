"""Fill the environment of Django from the embedded servers when no external server is named."""

import os
from pathlib import Path

from hedong_portal.embedded import servers

ADDRESSES = {
    servers.POSTGRES: ("DATABASE_URL",),
    servers.VALKEY: ("REDIS_URL", "CACHE_URL"),
}


def dotenv(root: Path) -> dict[str, str]:
    """Names and values of the checkout's `.env` file; empty when there is none."""
    path = root / ".env"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = [line.removeprefix("export ").partition("=") for line in lines if "=" in line]
    return {
        name.strip(): value.strip().strip("\"'")
        for name, _, value in pairs
        if not name.lstrip().startswith("#")
    }


def setting(root: Path, name: str, default: str = "") -> str:
    """A setting from the environment or else from `.env`, as Django will see it."""
    return os.environ.get(name) or dotenv(root).get(name) or default


def data_dir(root: Path) -> Path:
    """`PORTAL_DATA_DIR`, by default `var` in the checkout."""
    return Path(setting(root, "PORTAL_DATA_DIR", os.fspath(root / "var"))).absolute()


def wanted(root: Path) -> tuple[str, ...]:
    """Which embedded servers are needed: those whose addresses are not given.

    None in production, where a missing address is refused by the settings.
    """
    if setting(root, "PORTAL_ENV", "demo") == "production":
        return ()
    return tuple(
        server
        for server, names in ADDRESSES.items()
        if not all(setting(root, name) for name in names)
    )


def fill(root: Path) -> servers.Servers | None:
    """Start what is needed and put its addresses into `os.environ`. Raises EmbeddedError."""
    needed = wanted(root)
    if not needed:
        return None
    found = servers.start(data_dir(root), needed)
    for name, value in found.environment.items():
        if not setting(root, name):
            os.environ[name] = value
    return found


def fill_unreachable(root: Path) -> None:
    """For commands that only list or print: addresses that satisfy the settings, no servers."""
    for server in wanted(root):
        for name in ADDRESSES[server]:
            os.environ.setdefault(
                name, "postgres:///none" if "DATABASE" in name else "redis://none"
            )
