"""办理流程 in words: limits, what stops the clock, and the steps with their days.

Steps describe the first business item; their days are shown only where they fit into the promise
of the item the reader chose (design decisions, Matters).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matters import facts

APPLYING = "申请"
#: 行政许可法 art. 45: the whole list, in its order
STOPPED_BY_LAW = "听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审"


@dataclass(frozen=True)
class StepRow:
    """One step in the shape of `components/step_list.html` and `components/time_line.html`."""

    title: str
    text: str
    who: str
    time: str
    special: bool
    counted: bool
    basis: str
    tags: list[dict[str, str]]

    @property
    def name(self) -> str:
        return self.title

    @property
    def days(self) -> str:
        """Short form for the drawing, where a stop has room for five characters."""
        return self.time.replace("，不计入时限", "").replace("个工作日", "工作日")


def is_application(step: Mapping[str, Any]) -> bool:
    """The applicant's own step; it is never counted."""
    return step["name"].startswith(APPLYING)


def counted_days(guide: Mapping[str, Any]) -> int:
    """Days of all steps that count in the limit."""
    return sum(
        step["days"] for step in guide["steps"] if step["counts"] and not is_application(step)
    )


def days_fit(guide: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    """Whether the days of the steps may be shown for this business item."""
    same_unit = item["unit"] == guide["items"][0]["unit"]
    return same_unit and not item["instant"] and counted_days(guide) <= item["promised"]


def step_rows(guide: Mapping[str, Any], item: Mapping[str, Any]) -> list[StepRow]:
    """All steps; without days where they would contradict the promise."""
    fits = days_fit(guide, item)
    return [_step_row(step, item["unit"], fits) for step in guide["steps"]]


def _step_row(step: Mapping[str, Any], unit: str, fits: bool) -> StepRow:
    counted = step["counts"] and not is_application(step)
    tags = []
    if step["special"]:
        tags = [{"label": "计入时限" if counted else "不计入时限", "variant": ""}]
    return StepRow(
        title=step["name"],
        text=step["detail"],
        who=step["actor"],
        time=_time(step, unit) if fits else "",
        special=step["special"],
        counted=counted,
        basis=step["basis"],
        tags=tags,
    )


def _time(step: Mapping[str, Any], unit: str) -> str:
    if is_application(step):
        return ""
    if not step["days"]:
        return "" if step["special"] and not step["counts"] else "当天"
    words = facts.duration_words(step["days"], unit)
    return words if step["counts"] else f"{words}，不计入时限"


def limit_rows(guide: Mapping[str, Any], item: Mapping[str, Any]) -> list[dict[str, str]]:
    """Rows for `components/summary_list.html`: promise, law, start and stops of the clock."""
    promised = facts.promised_words(item["promised"], item["unit"])
    statutory = facts.statutory_words(item["statutory"], item["unit"])
    limit = guide["limit"]
    if limit["source"] and (item["statutory"], item["unit"]) == (limit["statutory"], limit["unit"]):
        statutory += f"（{limit['source']}）"  # the source is that of the first item's limit
    return [
        {"label": "我们承诺", "value": promised + ("" if item["instant"] else "内办完")},
        {"label": "法律最长", "value": statutory},
        {"label": "从哪天算", "value": _start(item)},
        {"label": "哪些天不算", "value": _stops(guide, item)},
    ]


def _start(item: Mapping[str, Any]) -> str:
    if item["clock_starts"] == "收到":
        return "收到全部材料的第二天开始算"
    return "材料齐全、出具受理通知后的第二天开始算"


def _stops(guide: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    weekend = "周末和法定节假日不算。" if item["unit"] == "workday" else "周末和节假日也算在内。"
    law = f"{STOPPED_BY_LAW}需要的时间不算，要多久会书面告诉您（《行政许可法》第四十五条）。"
    visits = [
        step["name"]
        for step in guide["steps"]
        if step["special"] and step["counts"] and "踏勘" in step["name"]
    ]
    return weekend + law + (f"{visits[0]}算在时限内。" if visits else "")
