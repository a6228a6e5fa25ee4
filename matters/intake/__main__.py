"""The child process: one task in, JSON lines out; see the package's docstring.

Task: {"path", "out" (folder), "layouts": [sheet layouts, the flat one first]}. Lines: {"progress":
rows} while it works, then {"report": {"sheets", "errors", "total", "kind"}}.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from common.rowerrors import RowErrors
from matters.intake import delimited, fence, workbook
from matters.intake.archive import OLD_OFFICE, check_archive, is_archive
from matters.intake.checking import SheetReport, check_sheet
from matters.intake.refusal import Problems, whole_file


def main() -> int:
    task = json.load(sys.stdin)
    fence.close_in()
    problems = Problems()
    reports: list[SheetReport] = []
    try:
        kind = _run(task, problems, reports)
    except RowErrors as refusal:
        kind = ""
        for error in refusal.errors:
            problems.add(error.file, error.row, error.column, error.value, error.reason)
    except MemoryError:
        kind = ""
        problems.add("", 0, "", "", "表格太大，内存放不下。请拆成几个文件分别导入。")
    say(
        report={
            "kind": kind,
            "sheets": [asdict(report) for report in reports],
            "errors": [asdict(error) for error in problems.listed],
            "total": problems.total,
        }
    )
    return 0


def _run(task: dict[str, Any], problems: Problems, reports: list[SheetReport]) -> str:
    path, layouts = Path(task["path"]), task["layouts"]
    with path.open("rb") as stream:
        head = stream.read(8)
    if not head:
        raise whole_file("文件是空的。请选择填好的表格。")
    if head.startswith(OLD_OFFICE):
        raise whole_file("这是旧格式（.xls）或加了密码的表格。请另存为不带密码的 .xlsx，再上传。")
    if not is_archive(head):
        stage(delimited.read_rows(path, layouts[0]), layouts[0], task, problems, reports)
        return "csv"
    check_archive(path)
    workbook.find_formulas(path, problems)
    for found in workbook.find_sheets(workbook.open_workbook(path), layouts, problems):
        stage(workbook.read_rows(found, problems), found.layout, task, problems, reports)
    if not reports and not problems.total:
        raise whole_file("表格里没有可以导入的工作表。请用模板填写。")
    return "xlsx"


def stage(
    rows: Any, layout: dict, task: dict, problems: Problems, reports: list[SheetReport]
) -> None:
    """Check one sheet into its file of the out folder."""
    target = Path(task["out"]) / f"{layout['name']}.copy"
    done = sum(report.rows for report in reports)

    def tell(count: int) -> None:
        say(progress=done + count)

    with target.open("w", encoding="utf-8", newline="") as out:
        reports.append(check_sheet(rows, layout, out, problems, tell))


def say(**message: Any) -> None:
    """One line for the worker."""
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
