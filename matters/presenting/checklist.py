"""The personal material list: what one reader brings, after the self-check."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matters.presenting.answers import Answers
from matters.presenting.materials import MaterialRow, mistake_counts, row
from matters.selfcheck import chosen_item, materials_for


@dataclass(frozen=True)
class Checklist:
    """Papers sorted by what the reader has to do about them.

    `bring` and `later` together are what is handed in; `waived` is fetched by the office;
    `optional` may be left out; `not_needed` are names from the guide that do not concern them.
    """

    item: Mapping[str, Any]
    bring: list[MaterialRow]
    later: list[MaterialRow]
    waived: list[MaterialRow]
    optional: list[MaterialRow]
    not_needed: list[str]

    @property
    def handed_in(self) -> int:
        return len(self.bring) + len(self.later)


def checklist(guide: Mapping[str, Any], answers: Answers) -> Checklist:
    """Sort the papers of the chosen business item under complete answers."""
    needed = materials_for(guide, answers.suffix, answers.by_situation())
    known = mistake_counts(guide)
    rows = [row(material, known.get(material["key"], 0)) for material in needed]
    names = {entry.name for entry in rows}
    return Checklist(
        item=chosen_item(guide, answers.suffix),
        bring=[entry for entry in rows if _must_come(entry) and not entry.deferrable],
        later=[entry for entry in rows if _must_come(entry) and entry.deferrable],
        waived=[entry for entry in rows if entry.waived and not entry.optional],
        optional=[entry for entry in rows if entry.optional],
        not_needed=_others(guide, answers.suffix, names),
    )


def _must_come(entry: MaterialRow) -> bool:
    return not entry.waived and not entry.optional


def _others(guide: Mapping[str, Any], suffix: str, names: set[str]) -> list[str]:
    """Papers other answers to the same business item would ask for."""
    others = [
        material["name"]
        for material in guide["materials"]
        if suffix in material["items"] and material["name"] not in names
    ]
    return list(dict.fromkeys(others))
