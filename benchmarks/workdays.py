"""Working days: our array look-up beside chinesecalendar's own day loop, in one run.

    python benchmarks/workdays.py

Both answer the same limits (20 working days from every day of 2025) and must agree. Prints JSON:
seconds per limit are the best of five passes; `ratio` is how many times faster the look-up is.
"""

import json
import platform
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import chinese_calendar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from common.workdays import Calendar, package_years

LIMIT = 20
STARTS = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
PASSES = 5
DAY = timedelta(days=1)


def package_due(start: date, days: int) -> date:
    """The loop a reader of the package's manual would write."""
    day = start
    while days:
        day += DAY
        days -= chinese_calendar.is_workday(day)
    return day


def seconds_each(due: Callable[[date, int], date], repeat: int) -> float:
    """Best time of one answer over PASSES passes of `repeat` × all starts."""
    best = float("inf")
    for _ in range(PASSES):
        begun = time.perf_counter()
        for _ in range(repeat):
            for start in STARTS:
                due(start, LIMIT)
        best = min(best, time.perf_counter() - begun)
    return best / repeat / len(STARTS)


def main() -> None:
    begun = time.perf_counter()
    calendar = Calendar(package_years())
    build = time.perf_counter() - begun
    agree = all(calendar.add_workdays(s, LIMIT) == package_due(s, LIMIT) for s in STARTS)
    ours = seconds_each(calendar.add_workdays, repeat=200)
    loop = seconds_each(package_due, repeat=1)
    paused = seconds_each(lambda s, n: calendar.due_date(s, n, [(s + 3 * DAY, s + 9 * DAY)]), 10)
    result = {
        "limit_workdays": LIMIT,
        "starts": len(STARTS),
        "answers_agree": agree,
        "package_loop_us": round(loop * 1e6, 2),
        "array_lookup_us": round(ours * 1e6, 4),
        "array_lookup_with_pause_us": round(paused * 1e6, 3),
        "ratio": round(loop / ours),
        "build_ms": round(build * 1e3, 1),
        "chinesecalendar": version("chinesecalendar"),
        "python": platform.python_version(),
    }
    print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
