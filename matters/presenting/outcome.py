"""收费, 办理结果 and 救济 in words, as rows of `components/summary_list.html`."""

from collections.abc import Mapping
from typing import Any

from matters import facts

Row = dict[str, str]
RESULT_KINDS = {"证": "证件", "批复": "批复文件", "文": "文书", "决定书": "决定书"}


def fee_rows(guide: Mapping[str, Any]) -> list[Row]:
    """Empty when nothing is charged; the page then says so in one sentence."""
    fee = guide["fee"]
    if not fee["charged"]:
        return []
    rows = [
        {"label": "收费标准", "value": fee["standard"]},
        {"label": "收费依据", "value": fee["basis"]},
    ]
    if fee["reducible"]:
        rows.append({"label": "可以减免", "value": fee["reduction_basis"]})
    return rows


def result_rows(guide: Mapping[str, Any]) -> list[Row]:
    """What the applicant holds in hand afterwards, how long it is good for, how it arrives."""
    result = guide["result"]
    kind = RESULT_KINDS.get(result["kind"], result["kind"])
    rows = [
        {"label": "拿到什么", "value": f"{result['name']}（{kind}）"},
        {"label": "有效期", "value": _validity(result)},
        {"label": "怎么拿", "value": "、".join(result["delivery"])},
    ]
    if result["renew_before"]:
        rows.insert(2, {"label": "到期怎么办", "value": _renewal(result["renew_before"])})
    if result["valid_area"]:
        rows.append({"label": "有效地域", "value": result["valid_area"]})
    rows.append({"label": "样本", "value": result["sample_note"]})
    return rows


def _validity(result: Mapping[str, Any]) -> str:
    years = result["validity_years"]
    return f"{years} 年" if years else "以证件或文书上写明的为准"


def _renewal(window: Mapping[str, Any]) -> str:
    words = facts.duration_words(window["value"], window["unit_word"])
    return f"还要用的，最晚在到期前 {words}申请延续"


def remedy_rows(guide: Mapping[str, Any]) -> list[Row]:
    """Whom to ask, whom to complain to, and how to challenge the decision.

    行政复议法（2023）art. 20: 60 days from knowing; 行政诉讼法 art. 46: six months.
    """
    contact, remedy = guide["contact"], guide["remedy"]
    return [
        {"label": "咨询电话", "value": contact["consult_phone"]},
        {"label": "监督投诉电话", "value": contact["complaint_phone"]},
        {
            "label": "行政复议",
            "value": "不服决定的，知道决定之日起 60 天内可以申请（《行政复议法》第二十条）",
            "more": "复议机关",
            "more_value": remedy["reconsideration_body"],
        },
        {
            "label": "行政诉讼",
            "value": "也可以在知道决定之日起 6 个月内起诉（《行政诉讼法》第四十六条）",
            "more": "管辖法院",
            "more_value": remedy["litigation_court"],
        },
    ]
