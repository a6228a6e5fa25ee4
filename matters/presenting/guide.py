"""The guide page as plain data: what stands where, in which words (design `look.md`, Guide)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matters import facts
from matters.presenting.elements import ElementGroup, element_groups
from matters.presenting.materials import MaterialGroup, groups
from matters.presenting.outcome import fee_rows, remedy_rows, result_rows
from matters.presenting.process import StepRow, days_fit, limit_rows, step_rows
from matters.selfcheck import questions_for

UNSURE = frozenset({"known", "estimated"})
ESTIMATED_NOTE = "内容为演示/推定，以正式公布为准。"
NO_QUANTITY_LIMIT = frozenset({"", "无", "无数量限制"})
LONGEST_PRICE = 24
#: what each fact tile rests on, as named by the snapshot's certainty
TILE_FIELDS = (
    ("承诺办结", {"promised_days"}),
    ("法定时限", {"statutory_days", "days"}),
    ("跑动", {"online", "once"}),
    ("收费", {"fee"}),
    ("材料", {"materials"}),
)
SECTIONS = (
    ("check", "自测"),
    ("cond", "受理条件"),
    ("mat", "申请材料"),
    ("flow", "办理流程"),
    ("where", "在哪办"),
    ("fee", "收费"),
    ("result", "办理结果"),
    ("faq", "常见问题"),
    ("law", "设定依据"),
    ("rights", "咨询、投诉、救济"),
    ("base", "全部要素"),
)
Row = dict[str, Any]


@dataclass(frozen=True)
class GuidePage:
    """Everything the templates of one guide print, for one business item."""

    guide: Mapping[str, Any]
    item: Mapping[str, Any]
    tags: list[Row]
    tiles: list[Row]
    choices: list[Row]
    limits: list[facts.ItemLimit]
    questions: int
    materials: list[MaterialGroup]
    material_count: facts.MaterialCount
    clock: list[Row]
    steps: list[StepRow]
    steps_with_days: bool
    fee: list[Row]
    result: list[Row]
    remedies: list[Row]
    elements: list[ElementGroup]
    unsure: Mapping[str, bool]
    quantity_limit: str
    sections: list[Row] = field(
        default_factory=lambda: [{"id": key, "label": label} for key, label in SECTIONS]
    )

    @property
    def deferrable(self) -> bool:
        """Whether a paper of this business item may come later."""
        return any(row.deferrable for group in self.materials for row in group.rows)

    @property
    def waived(self) -> bool:
        """Whether a paper of this business item need not be brought."""
        return any(row.waived for group in self.materials for row in group.rows)

    @property
    def law(self) -> list[Row]:
        """One fold per law for `components/details_group.html`, its articles inside."""
        laws: dict[str, list[str]] = {}
        for line in self.guide["law"]:
            article = f"{line['article']}：" if line["article"] else ""
            laws.setdefault(line["law"], []).append(f"{article}{line['gist']}")
        return [
            {"summary": f"{name}（{len(lines)} 条）", "paragraphs": lines}
            for name, lines in laws.items()
        ]

    @property
    def estimated(self) -> str:
        """Which of the facts above are not confirmed yet, for the calm note; "" when none is."""
        return "、".join(word for word, names in TILE_FIELDS if self.unsure.keys() & names)

    @property
    def lead(self) -> str:
        """The summary as a sentence, whether or not its writer ended it."""
        return f"{self.guide['summary'].rstrip('。')}。"

    @property
    def to_ask(self) -> list[str]:
        """What nobody has confirmed about the window, so that the page says it once."""
        contact = self.guide["contact"]
        known = (
            ("窗口", self.guide["window"] or contact["window_number"]),
            ("开门时间", contact["opening_hours"]),
            ("电话", contact["consult_phone"]),
        )
        return [word for word, value in known if not value]

    @property
    def faqs(self) -> list[Row]:
        """Folded questions for `components/details_group.html`."""
        return [{"summary": faq["q"], "text": faq["a"]} for faq in self.guide["faqs"]]

    @property
    def stages(self) -> list[str]:
        """Names of the items of a staged permit in the order they are granted."""
        staged = [item for item in self.guide["items"] if item["stage"]]
        return [item["name"] for item in sorted(staged, key=lambda item: item["stage"])]

    @property
    def is_first_item(self) -> bool:
        """Whether the page shows the item the steps of the guide describe."""
        return self.item is self.guide["items"][0]


def present(guide: Mapping[str, Any], item: Mapping[str, Any]) -> GuidePage:
    """The page of `guide` for its business item `item` (one of `guide["items"]`)."""
    suffix = item["suffix"]
    count = facts.material_count(guide, suffix)
    unsure = unsure_parts(guide)
    return GuidePage(
        guide=guide,
        item=item,
        tags=tags(guide),
        tiles=tiles(guide, item, count),
        choices=choices(guide, item),
        limits=facts.item_limits(guide),
        questions=len(questions_for(guide, suffix)),
        materials=groups(guide, suffix),
        material_count=count,
        clock=limit_rows(guide, item),
        steps=step_rows(guide, item),
        steps_with_days=days_fit(guide, item),
        fee=fee_rows(guide),
        result=result_rows(guide),
        remedies=remedy_rows(guide),
        elements=element_groups(guide),
        unsure=unsure,
        quantity_limit=quantity_limit(guide),
    )


def unsure_parts(guide: Mapping[str, Any]) -> dict[str, bool]:
    """Names of parts and fields that are common knowledge or estimated; marked on the page."""
    certainty = guide["certainty"]
    parts = {name for name, value in certainty["parts"].items() if value in UNSURE}
    return dict.fromkeys(parts | set(certainty["estimated"]), True)


def tags(guide: Mapping[str, Any]) -> list[Row]:
    """What kind of matter this is. 马上办 is a list a matter stands on, not a promise of today:
    it is a tag only where the decision really falls on the spot, else one of the elements."""
    service, visits = guide["service"], guide["service"]["visits"]
    online = "全程网办" if visits == 0 else "可以网上申请"
    return [
        {"label": label, "variant": variant}
        for shown, label, variant in (
            (True, guide["type"], "info"),
            (service["instant"] and not guide["limit"]["promised"], "马上办", "ok"),
            (service["online"], online, "ok"),
            (service["commitment"], "告知承诺", "info"),
            (service["deferrable"], "容缺受理", "info"),
            (service["cross_province"], "跨省通办", "info"),
            (service["staged"], "分阶段办", "info"),
        )
        if shown
    ]


def tiles(
    guide: Mapping[str, Any], item: Mapping[str, Any], count: facts.MaterialCount
) -> list[Row]:
    """The five facts: how long, how often, how much, what to bring, what comes out."""
    service, fee, unit = guide["service"], guide["fee"], item["unit"]
    years = guide["result"]["validity_years"]
    waived = f"其中 {count.waived} 份免交" if count.waived else "看下面的清单"
    visits_sub = "网上办，结果可邮寄" if service["results_by_post"] else "网上办"
    return [
        {
            "label": "承诺办结",
            "icon": "clock",
            "value": facts.promised_words(item["promised"], unit),
            "sub": f"法律最长 {facts.statutory_words(item['statutory'], unit)}",
        },
        {
            "label": "跑动",
            "icon": "map-pin",
            "value": facts.visits_words(service["visits"]),
            "sub": service["visit_reason"] if service["visits"] else visits_sub,
        },
        {
            "label": "收费",
            "icon": "banknotes",
            "value": facts.fee_words(fee["charged"]),
            "sub": price_words(fee),
        },
        {
            "label": "材料",
            "icon": "document-duplicate",
            "value": f"{count.all} 份",
            "sub": waived,
        },
        {
            "label": "办完拿到",
            "icon": "document-check",
            "value": guide["result"]["name"],
            "sub": f"有效期 {years} 年" if years else "、".join(guide["result"]["delivery"]),
        },
    ]


def price_words(fee: Mapping[str, Any]) -> str:
    """How much, if it fits into a tile: the first clause of the standard."""
    if not fee["charged"]:
        return ""
    first = fee["standard"].partition("；")[0]
    return first if 0 < len(first) <= LONGEST_PRICE else "标准见下面的“收费”"


def choices(guide: Mapping[str, Any], chosen: Mapping[str, Any]) -> list[Row]:
    """Plain links between the business items; empty when there is only one."""
    if len(guide["items"]) < 2:
        return []
    return [
        {
            "label": facts.item_words(guide, item),
            "url": f"?item={item['suffix']}",
            "current": item["suffix"] == chosen["suffix"],
        }
        for item in guide["items"]
    ]


def quantity_limit(guide: Mapping[str, Any]) -> str:
    """The words of a real limit, else ""."""
    words = guide["licensing"]["quantity_limit"]
    return "" if words in NO_QUANTITY_LIMIT else words
