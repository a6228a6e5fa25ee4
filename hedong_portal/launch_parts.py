"""The long-running processes of one run: started in the background, started again when they die."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUICK_DEATHS = 3  # a part that dies this often within 5 s of its start will not get better


class LaunchError(Exception):
    """Why the portal cannot start, as one Chinese sentence."""


@dataclass
class Part:
    """One long-running process with its log file."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self, environ: dict[str, str]) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only the launcher."""
        if self.log.exists() and self.log.stat().st_size > 10 << 20:
            self.log.replace(self.log.with_suffix(".log.1"))
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started = time.monotonic()

    def restart_if_dead(self, environ: dict[str, str]) -> bool:
        """Start it again when it ended. Raises LaunchError when that keeps happening."""
        if self.process is None or self.process.poll() is None:
            return False
        quick = time.monotonic() - self.started < 5
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        if self.quick_deaths >= QUICK_DEATHS:
            raise LaunchError(f"{self.name}反复停止，请查看 {self.log} 的末尾。")
        kill_group(self.process.pid)  # its children may have outlived it and hold the port
        self.start(environ)
        return True


def kill_group(number: int) -> None:
    """Kill what is left of a process group."""
    try:
        os.killpg(number, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
