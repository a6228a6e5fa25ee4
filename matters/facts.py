"""What a reader must know within ten seconds, in words: how long, how often, how much, what.

Pure. Cards, tiles and tables take their words from here, so that a fact reads the same on every
page. Arguments are plain values (of a version row or of a snapshot) or a whole snapshot
(`matters.snapshot.build`), called `guide` below.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from matters.selfcheck import materials_for, questions_for

AUDIENCES = {"person": "个人", "organisation": "企业和组织"}
ON_THE_SPOT = "当场办结"
NO_LIMIT_SET = "法律没有规定"
#: "日" of a special law is calendar days (design decisions, Time); 天 is how people say it
UNITS = {"工作日": "个工作日", "日": "天", "workday": "个工作日", "day": "天"}
#: more combinations than this are not counted out; no guide of the catalogue comes near
MOST_COMBINATIONS = 4096


def duration_words(value: int, unit: str) -> str:
    """`5, "工作日"` → "5 个工作日"; `7, "日"` → "7 天". `unit` may be the word or the code."""
    return f"{value} {UNITS[unit]}"


def promised_words(value: int, unit: str) -> str:
    """承诺办结时限: our promise; 0 is a decision on the spot."""
    return duration_words(value, unit) if value else ON_THE_SPOT


def statutory_words(value: int, unit: str) -> str:
    """法定办结时限: the longest the law allows."""
    return duration_words(value, unit) if value else NO_LIMIT_SET


def visits_words(visits: int) -> str:
    """到办事现场次数."""
    return f"最多跑 {visits} 次" if visits else "不用跑"


def fee_words(charged: bool) -> str:
    """Whether the matter costs anything; the standard stands in the fee section."""
    return "收费" if charged else "不收费"


def audience_words(audience: Iterable[str]) -> str:
    """`["person", "organisation"]` → "个人、企业和组织"."""
    return "、".join(AUDIENCES[code] for code in AUDIENCES if code in set(audience))


def clock_words(item: Mapping[str, Any]) -> str:
    """From which event the limit of a business item counts (行政许可法 art. 42, special laws)."""
    start = item["clock_starts"]
    return "从收到全部材料起算" if start == "收到" else "从受理起算"


def item_words(guide: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """A business item as a choice beside others; one named like the whole matter says its kind."""
    alike = item["name"] == guide["name"] and len(guide["items"]) > 1
    return f"{item['name']}（{item['kind']}）" if alike else item["name"]


@dataclass(frozen=True)
class Span:
    """Smallest and largest number the answers of a reader can lead to."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.most) if self.least == self.most else f"{self.least}～{self.most}"

    def __bool__(self) -> bool:
        return self.most > 0


@dataclass(frozen=True)
class MaterialCount:
    """How many papers an application takes (`all`) and how many of them are 免交 (`waived`)."""

    all: Span
    waived: Span

    def __str__(self) -> str:
        waived = f"（{self.waived} 份免交）" if self.waived else ""
        return f"{self.all} 份{waived}"


def material_count(guide: Mapping[str, Any], suffix: str | None = None) -> MaterialCount:
    """Papers of one business item (the first when `suffix` is None) over all possible answers.

    非必要 papers are not counted: nobody is turned away for want of them.
    """
    suffix = suffix or guide["items"][0]["suffix"]
    counts = [_count(guide, suffix, answers) for answers in _all_answers(guide, suffix)]
    totals, waived = zip(*counts, strict=True)
    return MaterialCount(Span(min(totals), max(totals)), Span(min(waived), max(waived)))


def _all_answers(guide: Mapping[str, Any], suffix: str) -> list[dict[str, str]]:
    questions = questions_for(guide, suffix)
    choices = [[option["key"] for option in question["options"]] for question in questions]
    keys = [question["key"] for question in questions]
    combinations = product(*choices)
    return [
        dict(zip(keys, chosen, strict=True))
        for chosen, _ in zip(combinations, range(MOST_COMBINATIONS), strict=False)
    ]


def _count(guide: Mapping[str, Any], suffix: str, answers: dict[str, str]) -> tuple[int, int]:
    needed = [
        material
        for material in materials_for(guide, suffix, answers)
        if material["necessity"] != "optional"
    ]
    return len(needed), sum(material["waived"] for material in needed)


def material_words(guide: Mapping[str, Any], suffix: str | None = None) -> str:
    """E.g. "8 份（3 份免交）"; "5～8 份（2 份免交）" when it depends on the reader's situation."""
    return str(material_count(guide, suffix))


@dataclass(frozen=True)
class ItemLimit:
    """Both limits of one business item in words."""

    suffix: str
    name: str
    kind: str
    promised: str
    statutory: str
    clock: str
    stage: int | None


def item_limits(guide: Mapping[str, Any]) -> list[ItemLimit]:
    """各业务办理项的时限, in the order of the guide."""
    return [
        ItemLimit(
            suffix=item["suffix"],
            name=item["name"],
            kind=item["kind"],
            promised=promised_words(item["promised"], item["unit"]),
            statutory=statutory_words(item["statutory"], item["unit"]),
            clock=clock_words(item),
            stage=item["stage"],
        )
        for item in guide["items"]
    ]
