"""申请材料 in words: what to hand in, where it comes from, whether it may come later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matters.presenting.sampling.notes import share_mistakes

#: 天津市“一制三化”改革信用承诺办法（津政办发〔2018〕25号附件）第三条: working days from the promise
DEFERRAL_DAYS = 60
DEFERRAL_BASIS = "天津市“一制三化”改革信用承诺办法（津政办发〔2018〕25号）第三条"
HANDED_IN = {
    "原件": "原件 {} 份",
    "复印件": "复印件 {} 份",
    "原件和复印件": "原件和复印件各 {} 份",
    "电子": "电子版 {} 份",
}
SOURCES = {
    "申请人自备": "自己准备",
    "政府部门核发": "政府部门发的，找出来带上",
    "中介机构": "由有资质的机构出具",
    "其他": "其他方式取得",
}


@dataclass(frozen=True)
class MaterialRow:
    """One paper in words. `later` says what may happen when it is not there yet."""

    key: str
    name: str
    necessity: str
    waived: bool
    e_licence: str
    one_of: list[str]
    handed_in: str
    source: str
    blank_form: bool
    later: str
    tip: str
    standard: str
    basis: str
    mistakes: int = 0

    @property
    def deferrable(self) -> bool:
        """容缺: handed in later against a written promise. A waived paper needs none."""
        return self.necessity == "deferrable" and not self.waived

    @property
    def optional(self) -> bool:
        return self.necessity == "optional"


@dataclass(frozen=True)
class MaterialGroup:
    """Papers needed under the same circumstances; `when` is empty for those always needed.
    `opens` is the heading 看情况要交 before the first group that depends on something."""

    when: str
    rows: list[MaterialRow]
    opens: bool = False


def row(material: Mapping[str, Any], mistakes: int = 0) -> MaterialRow:
    """One entry of `snapshot["materials"]` in words; `mistakes` typical ones are known for it."""
    return MaterialRow(
        key=material["key"],
        name=material["name"],
        necessity=material["necessity"],
        waived=material["waived"],
        e_licence=material["e_licence"],
        one_of=list(material["one_of"]),
        handed_in=HANDED_IN[material["form"]].format(material["copies"]),
        source=_source(material),
        blank_form=material["blank_form"],
        later=_later(material),
        tip=material["tip"],
        standard=material["standard"],
        basis=material["basis"],
        mistakes=mistakes,
    )


def _source(material: Mapping[str, Any]) -> str:
    issuer = material["issuer"]
    if material["source"] != "申请人自备" and issuer:
        return f"由{issuer}出具"
    return SOURCES[material["source"]]


def _later(material: Mapping[str, Any]) -> str:
    if material["necessity"] == "optional":
        return "没有可以不交"
    if material["necessity"] == "deferrable":
        return f"可以，{material['deferral_days'] or DEFERRAL_DAYS} 个工作日内补"
    return "可以用承诺书代替" if material["commitment_allowed"] else "不可以"


def groups(guide: Mapping[str, Any], suffix: str) -> list[MaterialGroup]:
    """Papers of one business item: first those always needed, then by situation, then the
    非必要 ones that depend on nothing we ask."""
    own = [material for material in guide["materials"] if suffix in material["items"]]
    known = mistake_counts(guide)
    collected: dict[str, list[MaterialRow]] = {"": []}
    for material in sorted(own, key=lambda material: _rank(material)):
        collected.setdefault(_circumstance(guide, material), []).append(
            row(material, known.get(material["key"], 0))
        )
    filled = [(when, rows) for when, rows in collected.items() if rows]
    first = next((when for when, _ in filled if when), None)
    return [MaterialGroup(when, rows, opens=when == first) for when, rows in filled]


def mistake_counts(guide: Mapping[str, Any]) -> dict[str, int]:
    """Material key → how many of the guide's typical mistakes are about it."""
    return {key: len(lines) for key, lines in share_mistakes(guide).items()}


def _rank(material: Mapping[str, Any]) -> int:
    if material["when"]:
        return 1
    return 2 if material["necessity"] == "optional" else 0


def _circumstance(guide: Mapping[str, Any], material: Mapping[str, Any]) -> str:
    if material["when"]:
        return when_words(guide, material["when"])
    return "手上有这份文件的，一并带来" if material["necessity"] == "optional" else ""


def when_words(guide: Mapping[str, Any], when: Mapping[str, Iterable[str]]) -> str:
    """`{"investor": ["foreign"]}` → “投资方里有外商吗？”答“有外商”的."""
    questions = {question["key"]: question for question in guide["situations"]}
    parts = []
    for key, options in when.items():
        labels = {option["key"]: option["label"] for option in questions[key]["options"]}
        chosen = "或者".join(f"“{labels[option]}”" for option in options)
        parts.append(f"“{questions[key]['question']}”答{chosen}")
    return "，并且".join(parts) + "的"
