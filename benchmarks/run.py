"""One door to all measurements: `python benchmarks/run.py pages|search|import|api [--json]`.

A measurement is a module of this folder with

    def measure(*, quick: bool) -> list[Row]

that runs every contender interleaved in one process run and returns one row per goal. `run.py`
prints them as a table (or with `--json` as one JSON object) and the line `N passed, N failed`; the
exit code is the number of goals missed. Only ratios are goals, so a row carries the ratio reached,
the goal, and the figures both were computed from. `--quick` uses sizes that take seconds.
"""

import argparse
import importlib
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

#: what is typed → the module that measures it
MEASUREMENTS = {
    "pages": "benchmarks.pages",
    "search": "benchmarks.search",
    "import": "benchmarks.imports",
    "api": "benchmarks.api",
}


@dataclass(frozen=True)
class Row:
    """One goal measured.

    `code` is the goal's short name (P1, S2, …), `reached` the ratio measured, `goal` what it is
    held to, `at_most` whether less is better; `figures` the values both sides took, with units in
    their names (`our_p50_ms`). A row with `goal` None is shown and not judged.
    """

    code: str
    name: str
    reached: float
    goal: float | None = None
    at_most: bool = False
    figures: dict[str, object] = field(default_factory=dict)

    @property
    def passed(self) -> bool | None:
        if self.goal is None:
            return None
        return self.reached <= self.goal if self.at_most else self.reached >= self.goal


def machine() -> dict[str, object]:
    """What the figures depend on besides the code."""
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_1_minute": round(os.getloadavg()[0], 2),
    }


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Run one measurement of the portal.")
    parser.add_argument("measurement", choices=MEASUREMENTS)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="small sizes, seconds not minutes")
    chosen = parser.parse_args(arguments)
    before = machine()
    rows = importlib.import_module(MEASUREMENTS[chosen.measurement]).measure(quick=chosen.quick)
    missed = sum(row.passed is False for row in rows)
    if chosen.json:
        print(json.dumps(_as_json(chosen.measurement, before, rows), ensure_ascii=False, indent=2))
    else:
        _print_table(rows)
    return missed


def _as_json(measurement: str, before: dict, rows: list[Row]) -> dict:
    return {
        "measurement": measurement,
        "machine": before,
        "goals": [asdict(row) | {"passed": row.passed} for row in rows],
        "passed": sum(row.passed is True for row in rows),
        "failed": sum(row.passed is False for row in rows),
    }


def _print_table(rows: list[Row]) -> None:
    words = {True: "passed", False: "FAILED", None: "shown"}
    for row in rows:
        sign = "<=" if row.at_most else ">="
        goal = "" if row.goal is None else f" (goal {sign} {row.goal:g})"
        print(f"{row.code:5} {words[row.passed]:7} {row.reached:10.3f}{goal}  {row.name}")
        for key, value in row.figures.items():
            print(f"        {key} = {value}")
    passed = sum(row.passed is True for row in rows)
    print(f"{passed} passed, {sum(row.passed is False for row in rows)} failed")


if __name__ == "__main__":
    # Imported under its package name, so that measurements share this module's `Row`.
    sys.exit(importlib.import_module("benchmarks.run").main())
