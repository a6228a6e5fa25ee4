"""基本信息（全要素）: every element of a snapshot beside its official name (policy §2.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matters import facts
from matters.models import MatterVersion
from matters.models.choices import Certainty
from matters.snapshot import CONTACT, IDENTITY, LICENSING, REMEDY, SERVICE

Row = tuple[str, str]
#: elements that are kept as codes and shown in words, by the group they belong to
CODED_IN = {
    "identity": ("body_nature", "exercise_level", "power_source"),
    "licensing": ("licence_class", "reform_kind"),
    "service": ("handling_type", "service_scope", "online_depth"),
}


@dataclass(frozen=True)
class ElementGroup:
    """One titled table of elements; an empty value is 待配置."""

    title: str
    rows: list[Row]


def element_groups(guide: Mapping[str, Any]) -> list[ElementGroup]:
    """Every element, in the order checkers know."""
    return [
        ElementGroup("事项和实施主体", [*_names(guide), *_group(guide, "identity", IDENTITY)]),
        ElementGroup("许可要素", _group(guide, "licensing", LICENSING)),
        ElementGroup("时限", _limits(guide)),
        ElementGroup("办理方式", _group(guide, "service", SERVICE)),
        ElementGroup("收费和结果", [*_fee(guide["fee"]), *_result(guide["result"])]),
        ElementGroup("地点和联系方式", _group(guide, "contact", CONTACT)),
        ElementGroup("权利和救济", _group(guide, "remedy", REMEDY)),
        ElementGroup("编制信息", _edition(guide)),
    ]


def label(name: str) -> str:
    """Official name of an element, as the model carries it."""
    return str(MatterVersion._meta.get_field(name).verbose_name)


def shown(value: Any) -> str:
    """A value in words; empty means that nobody has given it yet."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return ""
    return str(value)


def _group(guide: Mapping[str, Any], part: str, names: Iterable[str]) -> list[Row]:
    coded = [(label(name), guide["words"][name]) for name in CODED_IN.get(part, ())]
    return coded + [(label(name), shown(guide[part][name])) for name in names]


def _joined(values: Iterable[str]) -> str:
    return "、".join(value for value in values if value)


def _names(guide: Mapping[str, Any]) -> list[Row]:
    provisional = "（暂编，待正式赋码）" if guide["base_code_provisional"] else ""
    supervisor = guide["supervisor"] or {"name": ""}
    return [
        ("事项名称", guide["name"]),
        ("事项类型", guide["type"]),
        ("基本编码", f"{guide['base_code']}{provisional}" if guide["base_code"] else ""),
        ("实施主体", guide["agency"]["name"]),
        ("共同实施部门", _joined(agency["name"] for agency in guide["joint_agencies"]) or "无"),
        ("监管部门", supervisor["name"]),
        ("服务对象", _joined(guide["audience_words"])),
        ("服务主题", _joined(theme["name"] for theme in guide["themes"])),
        ("办理形式", _joined(guide["channels"])),
        ("业务办理项", _joined(item["name"] for item in guide["items"])),
        ("进驻中心", guide["centre"]["name"] if guide["centre"] else ""),
        ("窗口", guide["window"]),
    ]


def _limits(guide: Mapping[str, Any]) -> list[Row]:
    limit = guide["limit"]
    return [
        ("法定办结时限", facts.statutory_words(limit["statutory"], limit["unit"])),
        ("法定时限依据", limit["source"]),
        ("法定时限说明", limit["statutory_note"]),
        ("承诺办结时限", facts.promised_words(limit["promised"], limit["unit"])),
        ("承诺时限说明", limit["promised_note"]),
    ]


def _fee(fee: Mapping[str, Any]) -> list[Row]:
    rows = [("是否收费", "是" if fee["charged"] else "否")]
    if not fee["charged"]:
        return rows
    return rows + [
        ("收费项目", fee["item"]),
        ("收费标准", fee["standard"]),
        ("收费依据", fee["basis"]),
        ("是否允许减免", shown(fee["reducible"])),
        ("减免依据", fee["reduction_basis"]),
    ]


def _result(result: Mapping[str, Any]) -> list[Row]:
    years = result["validity_years"]
    return [
        ("审批结果类型", result["kind"]),
        ("结果名称", result["name"]),
        ("有效期", f"{years} 年" if years else ""),
        ("有效地域", result["valid_area"]),
        ("送达方式", _joined(result["delivery"])),
        ("结果样本", result["sample_note"]),
    ]


def _edition(guide: Mapping[str, Any]) -> list[Row]:
    certainty = dict(Certainty.choices).get(guide["certainty"]["overall"], "")
    return [
        ("版本", f"第 {guide['version']} 版"),
        ("发布日期", guide["published_on"]),
        ("生效日期", guide["effective_on"] or guide["published_on"]),
        ("内容的可靠程度", certainty),
    ]
