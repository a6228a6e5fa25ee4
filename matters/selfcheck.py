"""自测: answers to the situation questions → the personal material list. Pure.

Works on a snapshot (see `matters.snapshot`), so an answer given today can be explained later.
"""

from collections.abc import Mapping
from typing import Any

Answers = Mapping[str, str]


def applies(when: Mapping[str, list[str]], answers: Answers) -> bool:
    """AND over keys, OR over values; no condition = always; an unanswered key does not apply."""
    return all(answers.get(key) in options for key, options in when.items())


def chosen_item(snapshot: Mapping[str, Any], suffix: str | None) -> dict[str, Any]:
    """The business item with `suffix`, else the first one."""
    items = snapshot["items"]
    return next((item for item in items if item["suffix"] == suffix), items[0])


def materials_for(
    snapshot: Mapping[str, Any], suffix: str, answers: Answers
) -> list[dict[str, Any]]:
    """Materials the business item `suffix` needs under `answers`, in the order of the guide."""
    return [
        material
        for material in snapshot["materials"]
        if suffix in material["items"] and applies(material["when"], answers)
    ]


def questions_for(snapshot: Mapping[str, Any], suffix: str) -> list[dict[str, Any]]:
    """Situation questions that can change the list of this business item.

    A question no material of the item depends on is not asked: one question less on the phone.
    """
    keys = {
        key
        for material in snapshot["materials"]
        if suffix in material["items"]
        for key in material["when"]
    }
    return [question for question in snapshot["situations"] if question["key"] in keys]
