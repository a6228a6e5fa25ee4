"""Version numbers of what readers see, in a file that all processes of this host map into memory.

Layout, in the machine's byte order: 512 words of 8 bytes (the version of everything, the position
in the ring of events, 510 events already counted), then 4 bytes for each guide; the first of
those belongs to the lists. A change writes with the file locked; readers never lock: an aligned
word is read whole.
"""

import fcntl
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

#: the layout is part of the name: a file of another layout is never touched
NAME = "page-versions-1"
WORDS = 512
EVERYTHING, POSITION, FIRST_EVENT = 0, 1, 2
EVENTS = WORDS - FIRST_EVENT
GUIDES = 1 << 20
LISTS = 0
SIZE = WORDS * 8 + GUIDES * 4


class Versions:
    """Reads and raises the versions of one file, created when it is missing. Raises OSError."""

    def __init__(self, path: Path):
        self.path = path
        self._forgotten = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            # With every byte allocated now, a full disk is an error here and no crash later.
            os.posix_fallocate(handle, 0, SIZE)
            _give_to_owner_of(path.parent, handle)
            memory = memoryview(mmap.mmap(handle, SIZE))
        finally:
            os.close(handle)
        self._words = memory[: WORDS * 8].cast("Q")
        self._guides = memory[WORDS * 8 :].cast("I")

    def everything(self) -> int:
        """Version of what stands on every page."""
        # Two numbers that only grow: their sum changes whenever one of them does.
        return self._words[EVERYTHING] + self._forgotten

    def at(self, place: int) -> int:
        """Version of the guide at `place` (see `place_of`), or of the lists at LISTS."""
        return self._guides[place]

    def forget(self) -> None:
        """Everything may have changed, for this process only: news may have been missed."""
        self._forgotten += 1

    def change_everything(self, event: str) -> None:
        """Something changed that any page may show. An event already counted is left out."""
        with self._new(event) as is_new:
            if is_new:
                self._words[EVERYTHING] += 1

    def change_guide(self, seq: int, event: str) -> None:
        """One guide changed, and with it every list. An event already counted is left out.

        The lists come first: whoever read a guide's version and still finds the old version of
        the lists knows that no change was half counted in between.
        """
        with self._new(event) as is_new:
            if is_new:
                self._raise(LISTS)
                self._raise(place_of(seq))

    def _raise(self, place: int) -> None:
        self._guides[place] = (self._guides[place] + 1) & 0xFFFFFFFF

    @contextmanager
    def _new(self, event: str) -> Iterator[bool]:
        """Hold the file; whether `event` is counted for the first time on this host.

        The process that made a change counts it at once, and every web process hears of it again.
        """
        mark = int.from_bytes(blake2b(event.encode(), digest_size=8).digest())
        handle = os.open(self.path, os.O_RDWR)  # its own, so that threads exclude each other too
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            is_new = mark not in self._words[FIRST_EVENT:].tolist()
            yield is_new
            if is_new:  # noted last: a process that dies above leaves the event to the others
                position = self._words[POSITION] % EVENTS
                self._words[FIRST_EVENT + position] = mark
                self._words[POSITION] = position + 1
        finally:
            os.close(handle)


def place_of(seq: int) -> int:
    """Where the version of a guide stands; guides past a million share places, which is safe."""
    return 1 + seq % (GUIDES - 1)


def _give_to_owner_of(folder: Path, handle: int) -> None:
    """A file made by root (a command run by hand) must stay writable for the portal's account."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(handle, owner.st_uid, owner.st_gid)
