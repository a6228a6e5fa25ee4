"""The open data: everything the portal publishes about its matters, as files to take away.

A dump is written into a folder of its own from one view of the database; a pointer file, replaced
in one step, says which folder counts. So a reader finds the former dump or the new one, whole,
whenever the writer is killed. The folder before the current one stays for downloads under way.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localtime

from common import clock
from matters.freshness import catalogue_tag
from pages.models import SiteIdentity
from pages.services.open_tables import FILES, OpenFile

#: raise it when files, columns or their meaning change: dumps of before are then made again
EDITION = 1
POINTER = "manifest.json"
NOTE = (
    "内容依据法律法规和公开文本整理。每个事项都带有可靠程度（certainty）："
    "official 本部门确认、statute 依法条、found 见于公开文本、known 依常识、estimated 推定；"
    "estimated 的内容以正式公布为准。没有核实的电话和编码为空，不编造。"
)


@dataclass(frozen=True)
class Entry:
    """One file of a dump, as the manifest lists it."""

    name: str
    title: str
    media_type: str
    bytes: int
    sha256: str
    rows: int
    columns: list[dict[str, str]]


def folder() -> Path:
    """Where the dumps lie."""
    return Path(settings.MEDIA_ROOT) / "open-data"


def state() -> str:
    """Changes whenever a dump of now would differ from one of before."""
    site = SiteIdentity.objects.current()
    parts = (EDITION, catalogue_tag(), site.data_licence, site.data_licence_url, site.organiser)
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def manifest() -> dict[str, Any] | None:
    """The manifest of the dump that counts; None before the first one."""
    try:
        return json.loads((folder() / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def path_of(found: dict[str, Any], name: str) -> Path | None:
    """The file of that name in a manifest, None when there is none."""
    known = {entry["name"] for entry in found["files"]}
    return folder() / found["folder"] / name if name in known else None


def is_stale() -> bool:
    """Whether there is no dump, or the catalogue has changed since."""
    found = manifest()
    return found is None or found["state"] != state()


def refresh(*, force: bool = False) -> dict[str, Any] | None:
    """Make a dump when the present one is stale; None when nothing had to be done.

    Of two at once, the second leaves the work to the first.
    """
    folder().mkdir(parents=True, exist_ok=True)
    with _alone() as alone:
        if not alone or not (force or is_stale()):
            return None
        return _make()


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else is writing; the kernel forgets a writer that dies."""
    with open(folder() / ".lock", "w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _make() -> dict[str, Any]:
    name = f"{clock.now():%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    place = folder() / name
    place.mkdir()
    with _one_view():
        said = {"state": state(), "folder": name} | _head()
        entries = [_write(place, file) for file in FILES]
    said["files"] = [asdict(entry) for entry in entries]
    former = manifest()
    _point_at(said)
    _tidy(keep={name, former["folder"] if former else ""})
    return said


@contextmanager
def _one_view() -> Iterator[None]:
    """All files from one state of the database, whatever is published meanwhile."""
    own_transaction = not connection.in_atomic_block
    with transaction.atomic():
        if own_transaction:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _head() -> dict[str, Any]:
    site = SiteIdentity.objects.current()
    licence = {"name": site.data_licence, "url": site.data_licence_url}
    return {
        "title": "天津市河东区行政许可事项目录和办事指南",
        "publisher": site.organiser,
        "generated_at": localtime(clock.now()).isoformat(timespec="seconds"),
        "licence": licence if site.data_licence else None,
        "note": NOTE,
        "interface": f"{settings.PUBLIC_BASE_URL}/api/",
    }


def _write(place: Path, file: OpenFile) -> Entry:
    """One file, flushed to the disk."""
    digest, size, lines = hashlib.sha256(), 0, 0
    with open(place / file.name, "wb") as handle:
        for line in file.lines():
            digest.update(line)
            size += len(line)
            lines += 1
            handle.write(line)
        handle.flush()
        os.fsync(handle.fileno())
    return Entry(
        name=file.name,
        title=file.title,
        media_type=file.media_type,
        bytes=size,
        sha256=digest.hexdigest(),
        rows=lines - file.heading_lines,
        columns=file.columns(),
    )


def _point_at(said: dict[str, Any]) -> None:
    temporary = folder() / f".{POINTER}.{said['folder']}"
    with open(temporary, "w", encoding="utf-8") as handle:
        json.dump(said, handle, ensure_ascii=False, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(folder() / POINTER)


def _tidy(keep: set[str]) -> None:
    """Remove dumps of before, and what a killed writer left."""
    for found in folder().iterdir():
        if found.is_dir() and found.name not in keep:
            shutil.rmtree(found, ignore_errors=True)
        elif found.name.startswith(f".{POINTER}"):
            found.unlink(missing_ok=True)
