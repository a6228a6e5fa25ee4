"""`manage.py portal start|stop|status|new-key`: what needs no Django."""

import base64
import secrets
from collections.abc import Callable
from pathlib import Path

from hedong_portal.embedded import servers

NAMES = {"postgres": "数据库 PostgreSQL", "broker": "消息队列 Valkey", "cache": "缓存 Valkey"}


def main(action: str, data_dir: Path) -> int:
    """Run one action and return its exit status. Raises EmbeddedError."""
    return ACTIONS[action](data_dir)


def start(data_dir: Path) -> int:
    """Start the servers and say where their data is."""
    found = servers.start(data_dir)
    started = "、".join(NAMES[name] for name in found.started)
    print(f"已启动：{started}。" if started else "内置服务已经在运行。")
    print(moved_sentence(found) if found.moved else f"数据和日志在 {found.home}。")
    return 0


def moved_sentence(found: servers.Servers) -> str:
    """Why the data is not where one would look for it."""
    return f"运行数据库的普通用户进不去本程序所在的目录，数据和日志改放在 {found.home}。"


def stop(data_dir: Path) -> int:
    """Stop the servers."""
    stopped = "、".join(NAMES[name] for name in servers.stop(data_dir))
    print(f"已停止：{stopped}。" if stopped else "内置服务没有在运行。")
    return 0


def status(data_dir: Path) -> int:
    """Say which servers answer; the exit status is 0 when all do, else 3."""
    found = servers.status(data_dir)
    for name, running in found.items():
        print(f"{NAMES[name]}：{'运行中' if running else '未运行'}")
    return 0 if all(found.values()) else 3


def new_key(data_dir: Path) -> int:
    """Print a fresh entry for FIELD_KEYS (id:algorithm:base64 of 32 random bytes)."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    print(f"k{secrets.token_hex(4)}:aes-256-gcm:{key}")
    return 0


ACTIONS: dict[str, Callable[[Path], int]] = {
    "start": start,
    "stop": stop,
    "status": status,
    "new-key": new_key,
}
