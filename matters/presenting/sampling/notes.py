"""The numbered call-outs of a sheet: how to fill it in, what is checked, what goes wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Guide = Mapping[str, Any]
Material = Mapping[str, Any]
MOST_CONDITIONS = 3
#: a mistake shares at least this much of its pairs of characters with the material it is about
LEAST_LIKENESS = 2
#: pairs that stand in half of all names say nothing
COMMON = frozenset("建设 项目 证明 申请 经营 登记 许可 单位 材料 说明 一致 要求 设项".split())


@dataclass(frozen=True)
class Note:
    """One call-out; `field` is the label it points at, "" for the whole sheet."""

    kind: str
    text: str
    field: str = ""


def notes_of(
    guide: Guide, material: Material, layout: str, body: str, mistakes: Sequence[str]
) -> list[Note]:
    """Tip, acceptance standard, what the window compares, and the mistakes of this material."""
    labels = [line.partition("：")[0] for line in body.splitlines() if "：" in line]
    found = [Note("tip", material["tip"])] if material["tip"] else []
    if material["standard"]:
        found.append(Note("check", material["standard"]))
    if layout == "form":
        found += [Note("check", text) for text in guide["conditions"][:MOST_CONDITIONS]]
    found += _of_form(material)
    found += [Note("mistake", text) for text in mistakes]
    return [Note(note.kind, note.text, nearest_label(note.text, labels)) for note in found]


def _of_form(material: Material) -> list[Note]:
    """What the guide says about original and copy, and about the electronic licence."""
    if material["waived"]:
        licence = material["e_licence"]
        return [Note("check", f"窗口用电子证照“{licence}”核对，您不用交；查不到时再带纸质的。")]
    if material["form"] == "复印件":
        return [Note("check", "交复印件的，带上原件，窗口当面比对。")]
    if material["form"] == "原件和复印件":
        return [Note("check", "原件核对后退还，复印件留存。")]
    return []


def share_mistakes(guide: Guide) -> dict[str, list[str]]:
    """Material key → mistakes about it. One that fits no material goes to the first form."""
    materials = guide["materials"]
    home = next((m for m in materials if m["blank_form"]), materials[0] if materials else None)
    shared: dict[str, list[str]] = {}
    for mistake in guide.get("mistakes", ()):
        best = max(materials, key=lambda material: _likeness(mistake, material), default=home)
        if best is None:
            continue
        if _likeness(mistake, best) < LEAST_LIKENESS:
            best = home
        shared.setdefault(best["key"], []).append(mistake)
    return shared


def _likeness(mistake: str, material: Material) -> int:
    """Common pairs of characters; those of the name count double."""
    said = pairs(mistake)
    return 2 * len(said & pairs(material["name"])) + len(said & pairs(material["tip"]))


def pairs(text: str) -> set[str]:
    """Neighbouring characters of a text, without those that say nothing."""
    return {text[at : at + 2] for at in range(len(text) - 1)} - COMMON


def nearest_label(text: str, labels: Iterable[str]) -> str:
    """The column a sentence speaks of: the one that shares most pairs with it, else none.

    One pair in common is chance unless it is the whole label.
    """
    said = pairs(text)
    scored = [(len(said & pairs(label)), -len(label), label) for label in labels]
    score, _, label = max(scored, default=(0, 0, ""))
    return label if score >= 2 or (score and score == len(pairs(label))) else ""
