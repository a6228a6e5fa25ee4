"""The child process that reads the file: started, listened to, and ended when it takes too long."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from common.rowerrors import RowError
from matters.intake import limits
from matters.services.imports import places
from matters.sheets import layout, vocabulary

#: the wall clock may be slower than the processor's
WALL_SECONDS = limits.CHILD_SECONDS * 4
Tell = Callable[[int], None]

TOO_MUCH = (
    "读这份表格用去的时间或内存太多，已经停止。"
    "请删去空白行列、图片和多余的工作表，或拆成几个文件再上传。"
)


@dataclass
class Reading:
    """What the child found: staged sheets as (name, columns, rows) and every wrong cell."""

    kind: str = ""
    sheets: list[dict[str, Any]] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    total: int = 0

    @property
    def rows(self) -> int:
        """Data rows of all sheets."""
        return sum(sheet["rows"] for sheet in self.sheets)


def read_file(folder: str, tell: Tell) -> Reading:
    """Read the upload of one job in a child process; staged lines stay in its folder.

    `tell` gets the rows read so far. A child that dies of its limits is one sentence, no error.
    """
    staged = places.staged_in(folder)
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    words = vocabulary.current()
    layouts = [sheet.plain(words, whole=not sheet.is_main) for sheet in layout.SHEETS]
    task = {"path": str(places.file_of(folder)), "out": str(staged), "layouts": layouts}
    message = _listen(_start(staged), json.dumps(task, ensure_ascii=False), tell)
    reading = _reading(message)
    (staged / "reading.json").write_text(json.dumps(message, ensure_ascii=False), "utf-8")
    return reading


def staged_before(folder: str) -> Reading | None:
    """What an earlier attempt staged without any error, if it is still there."""
    report = places.staged_in(folder) / "reading.json"
    if not report.exists():
        return None
    reading = _reading(json.loads(report.read_text("utf-8")))
    return reading if not reading.total else None


def _start(out: Path) -> subprocess.Popen[str]:
    """Without the environment of the portal: the child knows no password and no address."""
    return subprocess.Popen(
        [sys.executable, "-I", "-c", STARTER.format(root=str(settings.BASE_DIR))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "TZ": "Asia/Shanghai"},
        cwd=out,
    )


STARTER = (
    "import runpy, sys; sys.path.append({root!r});"
    " runpy.run_module('matters.intake', run_name='__main__')"
)


def _listen(child: subprocess.Popen[str], task: str, tell: Tell) -> dict[str, Any]:
    """The report, or one error when the child died before it."""
    killer = threading.Timer(WALL_SECONDS, child.kill)
    killer.daemon = True
    killer.start()
    try:
        child.stdin.write(task)  # type: ignore[union-attr]
        child.stdin.close()  # type: ignore[union-attr]
        for line in child.stdout:  # type: ignore[union-attr]
            message = json.loads(line)
            if "report" in message:
                return message["report"]
            tell(message["progress"])
    except (OSError, ValueError):
        pass  # it died in the middle of a word: said below
    finally:
        killer.cancel()
        child.kill()
        child.wait()
        child.stdout.close()  # type: ignore[union-attr]
    error = {"file": "", "row": 0, "column": "", "value": "", "reason": TOO_MUCH}
    return {"kind": "", "sheets": [], "errors": [error], "total": 1}


def _reading(report: dict[str, Any]) -> Reading:
    errors = [RowError(**error) for error in report["errors"]]
    return Reading(report["kind"], report["sheets"], errors, report["total"])
