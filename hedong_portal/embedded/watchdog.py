"""A small process that stops everything when the one who started it is gone.

It holds the reading end of a pipe whose writing end only its owner has. However the owner ends,
`kill -9` included, the kernel closes that end; the watchdog then stops the owner's processes and
the embedded servers. The ordinary stop takes the same way, so there is only one.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from hedong_portal.embedded import processes, servers

MARK = "PORTAL_SERVES"  # environment variable of every process that belongs to a data directory
GRACE_SECONDS = 5


class Watchdog:
    """The owner's handle: `stop()` for an orderly end; nothing to do for any other.

    `keep_open` are file descriptors (locks) that stay held until the watchdog has finished.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        stop_servers: bool = True,
        remove: bool = False,
        keep_open: tuple[int, ...] = (),
    ):
        flags = ["--servers"] * stop_servers + ["--remove"] * remove
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__, os.fspath(data_dir), *flags],
            stdin=subprocess.PIPE,
            start_new_session=True,
            pass_fds=keep_open,
            cwd=Path(__file__).resolve().parents[2],
            env={name: value for name, value in os.environ.items() if name != MARK},
        )

    def stop(self) -> int:
        """Have everything stopped and wait for it; returns the exit status of the watchdog."""
        if self.process.stdin:
            self.process.stdin.close()
        return self.process.wait()


def marked_pids(data_dir: Path) -> list[int]:
    """Processes started for a data directory, recognised by their environment."""
    wanted = os.fsencode(f"{MARK}={os.path.realpath(data_dir)}")

    def matches(pid: int) -> bool:
        return wanted in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")

    return processes.matching(matches)


def stop_marked(data_dir: Path) -> bool:
    """Ask the leaders to end, then kill what is left. True when there was something."""

    def find() -> list[int]:
        return marked_pids(data_dir)

    pids = find()
    processes.send([pid for pid in pids if is_leader(pid)], signal.SIGTERM)
    if not processes.wait_gone(find, GRACE_SECONDS):
        processes.kill_all(find)
    return bool(pids)


def is_leader(pid: int) -> bool:
    """Whether a process leads its session: its children are stopped by it, not by us."""
    try:
        return os.getsid(pid) == pid
    except OSError:
        return False


def main() -> None:
    """Wait for the end of the owner, then stop everything."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    data_dir, flags = Path(sys.argv[1]), sys.argv[2:]
    sys.stdin.buffer.read()
    stop_marked(data_dir)
    if "--servers" in flags:
        servers.stop(data_dir)
    if "--remove" in flags:
        shutil.rmtree(data_dir, ignore_errors=True)


if __name__ == "__main__":
    main()
