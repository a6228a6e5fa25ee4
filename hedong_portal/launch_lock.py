"""One run per data directory: a lock the kernel frees when its holders are gone."""

import fcntl
import os
import time
from pathlib import Path

from hedong_portal.embedded import processes
from hedong_portal.embedded.places import prepare_data_dir
from hedong_portal.launch_parts import LaunchError


def hold_lock(data: Path, url: str) -> int:
    """One run per data directory. The watchdog shares the lock, so a run that was killed a moment
    ago is waited for until everything it started has ended."""
    path = lock_path(data)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    end = time.monotonic() + 30
    while not try_lock(handle):
        pid, running = lock_holder(data)
        if pid:
            raise LaunchError(
                f"门户已经在运行：{running}（进程 {pid}）。要停止它请运行 make stop；"
                "要再开一份，请用 PORTAL_DATA_DIR 和 PORTAL_PORT 指定另外的目录和端口。"
            )
        if time.monotonic() > end:
            raise LaunchError("上一次运行还没有停止完，请稍后再试，或先运行 make stop。")
        time.sleep(0.1)
    os.truncate(path, 0)
    os.write(handle, f"{os.getpid()} {processes.birth(os.getpid())} {url}".encode())
    return handle


def lock_path(data: Path) -> Path:
    """The lock file; its directory is made when missing. Raises EmbeddedError."""
    return prepare_data_dir(data) / ".launcher.lock"


def try_lock(handle: int) -> bool:
    """Take the lock unless somebody has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False


def lock_holder(data: Path) -> tuple[int, str]:
    """Process number and address of the run that holds the lock; 0 when it is dead."""
    try:
        pid, born, url = lock_path(data).read_text().split()
    except (OSError, ValueError):
        return 0, ""
    return (int(pid), url) if processes.birth(int(pid)) == born else (0, "")
