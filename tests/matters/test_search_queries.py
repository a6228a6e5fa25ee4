"""Recall on the queries written down in search_queries/: the tuned half is held to the goals.

`held_out.csv` and `late_again.csv` are measured by hand; nobody looks at their misses one by one.
`late.csv` was a first try of 0.70 and has been tuned on since.
"""

import csv
from pathlib import Path

import pytest

from matters.search import find

FOLDER = Path(__file__).parent / "search_queries"
#: kind → least share of queries whose right answer stands in the first three
GOALS = {"everyday": 0.95, "typo": 0.90, "pinyin": 0.90}

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


def recall_in_three(file: str, kind: str) -> float:
    with (FOLDER / file).open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["kind"] == kind]
    found = [
        bool(set(row["expected"].split("|")) & {hit.ident for hit in find(row["query"], limit=3)})
        for row in rows
    ]
    return sum(found) / len(found)


@pytest.mark.parametrize("kind", GOALS)
def test_the_right_answer_stands_in_the_first_three(kind):
    assert recall_in_three("tuned.csv", kind) >= GOALS[kind]


@pytest.mark.parametrize("file", ["tuned.csv", "held_out.csv", "late.csv", "late_again.csv"])
def test_every_query_names_something_findable(file):
    with (FOLDER / file).open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            targets = [t for t in row["expected"].split("|") if t != "-"]
            assert row["query"] and all(t.lstrip("B").isdecimal() for t in targets)
