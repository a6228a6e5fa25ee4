"""The fence around the process that reads a stranger's file: memory, time, files, network.

Each limit is the kernel's, so a bomb kills this process and nothing else (T-U8).
"""

import contextlib
import ctypes
import os
import resource
import socket
from typing import Any

from matters.intake import limits

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def close_in() -> None:
    """Give up what reading a file does not need. Call once, before the file is opened."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY),
        (resource.RLIMIT_CPU, limits.CHILD_SECONDS),
        (resource.RLIMIT_FSIZE, limits.CHILD_FILE),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
    os.nice(5)
    _leave_the_network()


def _leave_the_network() -> None:
    """A network of its own without any interface where the kernel allows it; no sockets anyway."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER | CLONE_NEWNET)
    socket.socket = _NoSocket  # type: ignore[misc,assignment]


class _NoSocket:
    """A class, because the standard library derives from `socket.socket`."""

    def __init__(self, *args: Any, **kwargs: Any):
        raise OSError("no network while a file is read")
