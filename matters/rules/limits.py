"""Time limits: the promise within the law, 即办 means at once, special laws (policy §1, §10.5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from matters.models.choices import ClockStart, HandlingType
from matters.rules.gap import Gap, Guide


@dataclass(frozen=True)
class SpecialLimit:
    """A limit a special law sets (policy §1.5): `matter` begins the matter's name, `item` is a
    word of the business item's name ("" = the item 新办)."""

    matter: str
    item: str
    days: int
    starts: ClockStart
    law: str

    def concerns(self, item: Guide) -> bool:
        """Whether the limit is this business item's."""
        return self.item in item["name"] if self.item else item["kind"] == "新办"


ACCEPTED, RECEIVED = ClockStart.ACCEPTED, ClockStart.RECEIVED
NET_CAFE, NET_CAFE_LAW = (
    "互联网上网服务营业场所经营单位设立",
    "《互联网上网服务营业场所管理条例》第十一条",
)
SPECIAL_LIMITS = (
    SpecialLimit("危险化学品经营许可", "", 30, RECEIVED, "《危险化学品安全管理条例》第三十五条"),
    SpecialLimit("护士执业注册", "", 20, RECEIVED, "《护士条例》第八条"),
    SpecialLimit("护士执业注册", "变更", 7, RECEIVED, "《护士条例》第九条"),
    SpecialLimit("营业性演出审批", "", 3, ACCEPTED, "《营业性演出管理条例》第十三条"),
    SpecialLimit("旅行社设立许可", "", 20, ACCEPTED, "《旅行社条例》第七条"),
    SpecialLimit(NET_CAFE, "筹建", 20, RECEIVED, NET_CAFE_LAW),
    SpecialLimit(NET_CAFE, "最终审核", 15, RECEIVED, NET_CAFE_LAW),
    SpecialLimit("建筑工程施工许可", "", 7, RECEIVED, "《中华人民共和国建筑法》第八条"),
    SpecialLimit(
        "辐射安全许可", "", 20, ACCEPTED, "《放射性同位素与射线装置安全和防护条例》第九条"
    ),
)


def check_promises(guide: Guide) -> Iterator[Gap]:
    """Promise within the statutory limit (优化营商环境条例 art. 36); 即办 promises 0 (§10.5)."""
    for item in guide["items"]:
        place, name = f"items.{item['suffix']}", item["name"]
        if item["promised"] > item["statutory"]:
            yield Gap(
                "promise_too_long",
                "items",
                f"“{name}”承诺 {item['promised']}，长于法定 {item['statutory']}，请缩短。",
                field=f"{place}.promised_value",
            )
        if item["instant"] and item["promised"]:
            message = f"“{name}”是即办件，承诺时限应为当场（0）。"
            yield Gap("instant_with_days", "items", message, field=f"{place}.promised_value")


def check_page_limit(guide: Guide) -> Iterator[Gap]:
    """The limit on top of the page: within the law, of the first item, and as the kind says."""
    limit = guide["limit"]
    if limit["promised"] > limit["statutory"]:
        message = f"承诺 {limit['promised']} 长于法定 {limit['statutory']}，请缩短。"
        yield Gap("promise_too_long", "limit", message, field="promised_value")
    instant = guide["codes"]["handling_type"] == HandlingType.INSTANT
    if instant != (limit["promised"] == 0):
        message = "即办件的承诺时限应为 0，承诺时限为 0 的应为即办件；现在两者不一致。"
        yield Gap("handling_type", "limit", message, field="handling_type")
    first = guide["items"][0] if guide["items"] else None
    mine = (limit["statutory"], limit["promised"], limit["unit"])
    if first and mine != (first["statutory"], first["promised"], first["unit"]):
        message = (
            f"时限与第一个业务办理项“{first['name']}”的不一致（法定 {first['statutory']}、"
            f"承诺 {first['promised']} {first['unit_word']}），请统一。"
        )
        yield Gap("limit_differs", "limit", message, field="promised_value")


def check_step_days(guide: Guide) -> Iterator[Gap]:
    """Steps that count in the limit fit into the promise of the first item."""
    if not guide["items"]:
        return
    promised = guide["items"][0]["promised"]
    days = sum(step["days"] for step in guide["steps"] if step["counts"])
    if days > promised:
        yield Gap(
            "steps_over_promise",
            "flow",
            f"计入时限的环节共 {days}，超过承诺的 {promised}，请核对。",
            blocking=False,
            field="steps.days",
        )


def check_special_laws(guide: Guide) -> Iterator[Gap]:
    """A limit a special law sets is not longer here and starts where the law says."""
    for special in SPECIAL_LIMITS:
        if guide["name"].startswith(special.matter):
            for item in guide["items"]:
                if special.concerns(item):
                    yield from _against(special, item)


def _against(special: SpecialLimit, item: Guide) -> Iterator[Gap]:
    place, name = f"items.{item['suffix']}", item["name"]
    if item["statutory"] > special.days:
        message = f"“{name}”的法定时限不能长于 {special.days}（{special.law}）。"
        yield Gap("special_limit", "items", message, field=f"{place}.statutory_value")
    if item["clock_starts"] != special.starts.label:
        message = f"“{name}”的时限应从“{special.starts.label}”之日起算（{special.law}）。"
        yield Gap("special_start", "items", message, field=f"{place}.clock_starts")


CHECKS = (check_promises, check_page_limit, check_step_days, check_special_laws)
