"""Pure checks on a version, used by loader, form and service alike (policy §2.5, §10 A).

Each check looks at a snapshot-shaped document or a version's parts and yields `Gap`s. A gap is
*blocking* (wrong or contradictory) or *to be configured* (phone, code: shown as 待配置).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

MANDATORY_SECTIONS = {
    "conditions": "受理条件",
    "items": "业务办理项",
    "materials": "申请材料",
    "steps": "办理流程",
    "faqs": "常见问题",
    "law": "设定依据",
}
MINIMUM_STEPS = 5
#: gaps no editor can close: the catalogue authority gives the codes
GIVEN_FROM_ABOVE = frozenset({"code_missing", "code_provisional"})


@dataclass(frozen=True)
class Gap:
    """One thing missing or contradictory.

    `code` is stable, `message` Chinese, `part` the section id of the guide page, `field` the
    element: a model field of the version (`consult_phone`), or `<table>.<key>.<field>` for a row
    (`materials.id-card.e_licence`, `items.01.promised_value`, `fee.basis`).
    """

    code: str
    part: str
    message: str
    blocking: bool = True
    field: str = ""


def gaps(snapshot: Mapping[str, Any]) -> list[Gap]:
    """All gaps of a guide, blocking ones first."""
    found = [gap for check in CHECKS for gap in check(snapshot)]
    return sorted(found, key=lambda gap: not gap.blocking)


def gaps_against(snapshot: Mapping[str, Any], current: Mapping[str, Any] | None) -> list[Gap]:
    """As `gaps`, for an editor's own edition beside the one in force (None: there is none).

    What is to be configured and was not so before becomes blocking.
    """
    known = {(gap.code, gap.field) for gap in gaps(current)} if current else set()
    found = [
        gap
        if gap.blocking or gap.code in GIVEN_FROM_ABOVE or (gap.code, gap.field) in known
        else replace(gap, blocking=True)
        for gap in gaps(snapshot)
    ]
    return sorted(found, key=lambda gap: not gap.blocking)


def check_sections(snapshot: Mapping[str, Any]) -> Iterator[Gap]:
    """Every mandatory section has content (§10.4)."""
    for key, word in MANDATORY_SECTIONS.items():
        if not snapshot[key]:
            yield Gap("section_empty", key, f"“{word}”还没有内容，请补充后再发布。")
    if not snapshot["result"]["name"]:
        yield Gap("result_missing", "result", "没有写明办理结果的名称。")


def check_limits(snapshot: Mapping[str, Any]) -> Iterator[Gap]:
    """Promise within the statutory limit (优化营商环境条例 art. 36); 即办 promises 0 (§10.5)."""
    for item in snapshot["items"]:
        if item["promised"] > item["statutory"]:
            yield Gap(
                "promise_too_long",
                "items",
                f"“{item['name']}”承诺 {item['promised']}，长于法定 {item['statutory']}，请缩短。",
            )
        if item["instant"] and item["promised"]:
            yield Gap(
                "instant_with_days",
                "items",
                f"“{item['name']}”是即办件，承诺时限应为当场（0）。",
            )


def check_visits(snapshot: Mapping[str, Any]) -> Iterator[Gap]:
    """Rule 1 of §2.5: a visit needs a reason."""
    service = snapshot["service"]
    if service["visits"] and not service["visit_reason"]:
        yield Gap(
            "visit_without_reason",
            "where",
            "到现场次数不为 0，但没有写必须到现场的原因。",
            blocking=False,
        )
    if service["once"] and service["visits"] > 1:
        yield Gap("once_with_visits", "where", "标为“一次办”，到现场次数却大于 1。")


def check_fee(snapshot: Mapping[str, Any]) -> Iterator[Gap]:
    """Rule 2 of §2.5 and 行政许可法 art. 58: a fee needs standard and basis."""
    fee = snapshot["fee"]
    if fee["charged"] and not (fee["standard"] and fee["basis"]):
        yield Gap("fee_without_basis", "fee", "写明收费，但缺少收费标准或收费依据。")
    if not fee["charged"] and snapshot["service"]["pay_online"]:
        yield Gap("payment_without_fee", "fee", "不收费的事项不能标“网上支付”。")


def check_phones(snapshot: Mapping[str, Any]) -> Iterator[Gap]:
    """Rule 3 of §2.5 and §10.14: two different telephone numbers."""
    consult, complain = (
        snapshot["contact"]["consult_phone"],
        snapshot["contact"]["complaint_phone"],
    )
    if consult and consult == complain:
        yield Gap("same_phones", "rights", "咨询电话和监督投诉电话相同，应分别公布。")
    for value, word in ((consult, "咨询电话"), (complain, "监督投诉电话")):
        if not value:
            yield Gap("phone_missing", "rights", f"{word}待配置。", blocking=False)


def check_steps(snapshot: Mapping[str, Any]) -> Iterator[Gap]:
    """Rule 5 of §2.5: at least five steps; 行政许可法 art. 45: stopping the clock needs a law."""
    if len(snapshot["steps"]) < MINIMUM_STEPS:
        yield Gap("too_few_steps", "flow", f"办理流程少于 {MINIMUM_STEPS} 个环节，请补全。")
    for step in snapshot["steps"]:
        if step["special"] and not step["counts"] and not step["basis"]:
            yield Gap(
                "stop_without_basis",
                "flow",
                f"“{step['name']}”不计入时限，但没有写法律依据。",
            )


def check_references(snapshot: Mapping[str, Any]) -> Iterator[Gap]:
    """Materials may only name business items and answers that exist."""
    suffixes = {item["suffix"] for item in snapshot["items"]}
    answers = {
        row["key"]: {option["key"] for option in row["options"]} for row in snapshot["situations"]
    }
    for material in snapshot["materials"]:
        unknown = set(material["items"]) - suffixes
        if unknown or not material["items"]:
            yield Gap("unknown_item", "mat", f"材料“{material['name']}”没有对应的业务办理项。")
        for key, options in material["when"].items():
            if not set(options) <= answers.get(key, set()):
                yield Gap(
                    "unknown_situation",
                    "mat",
                    f"材料“{material['name']}”引用了不存在的情形 {key}。",
                )


def check_codes(snapshot: Mapping[str, Any]) -> Iterator[Gap]:
    """§10.1: codes that the catalogue authority has not given yet are to be configured."""
    if not snapshot["identity"]["implementation_code"]:
        yield Gap("code_missing", "base", "实施编码待配置。", blocking=False)
    if snapshot["base_code_provisional"]:
        yield Gap("code_provisional", "base", "基本编码为暂编，待正式赋码。", blocking=False)


CHECKS = (
    check_sections,
    check_limits,
    check_visits,
    check_fee,
    check_phones,
    check_steps,
    check_references,
    check_codes,
)
