"""The text of a sheet: lines in the format of `SamplePage.body`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from matters.presenting.sampling import examples
from matters.presenting.sampling.examples import (
    ADDRESS,
    COMPANY,
    DAY,
    FROM_TO,
    PERSON,
    SEAL,
    SIGNED,
)

Guide = Mapping[str, Any]
Material = Mapping[str, Any]

#: "写清甲、乙和丙" in a tip names what the sheet must hold
TOLD = re.compile(
    r"(?:写明|写清|写全|注明|列明|标明|载明|填写|都要写：|要写|列|含|标出|画出)([^，。；]+)"
)
PARTS = re.compile(r"[、和及以]|与")
QUESTION_WORDS = re.compile("[何哪谁几]|什么|多少|怎|是否|不")
LONGEST_LABEL = 12
PERSON_LABELS = ("姓名", "车主", "迁移人", "孩子姓名")
TRUE_WORDS = "以上内容和所交材料真实、准确、完整，如有不实，愿意承担法律责任。"


def body_of(guide: Guide, material: Material, layout: str, fields: Sequence[str]) -> str:
    """Lines of the sheet; `fields` are its own columns where somebody has written them."""
    lines = BODIES[layout](guide, material, list(fields) or told(material))
    return "\n".join(lines)


def told(material: Material) -> list[str]:
    """Columns named by the tip, with example values: "写明原因和期限" → two lines."""
    names = [
        part.strip()
        for found in TOLD.findall(material["tip"])
        for part in PARTS.split(found)
        if 2 <= len(part.strip()) <= LONGEST_LABEL and not QUESTION_WORDS.search(part)
    ]
    return [f"{name}：{examples.value_of(name)}" for name in dict.fromkeys(names)]


def _form(guide: Guide, material: Material, fields: list[str]) -> list[str]:
    applicant = _applicant(guide, fields)
    known = {label_of(line) for line in applicant}
    return [
        "# 一、申请人",
        *applicant,
        "# 二、申请事项",
        f"事项名称：{guide['name']}",
        "业务办理项：{办理项}",
        f"受理机关：{guide['agency']['name']}",
        *[line for line in fields if not _told_already(label_of(line), known)],
        *_by_kind(guide, material),
        "# 三、申请人声明",
        TRUE_WORDS,
        f"申请人（签名或盖章）：{SIGNED}",
        f"日期：{DAY}",
    ]


def _applicant(guide: Guide, fields: list[str]) -> list[str]:
    """Lines about the applicant; a first column that names one says who that is here."""
    label, _, value = fields[0].partition("：") if fields else ("", "", "")
    if label in PERSON_LABELS:
        return [fields[0], *examples.party(["person"])[1:]]
    lines = examples.party(guide["audience"])
    return [fields[0], *lines[1:]] if label.endswith("名称") and value else lines


def _told_already(label: str, known: set[str]) -> bool:
    """住所 is the same column as 住所（经营场所）."""
    return bool(label) and any(name.startswith(label) for name in known)


def label_of(line: str) -> str:
    """The column a line fills, "" for a paragraph."""
    label, colon, _ = line.partition("：")
    return label if colon else ""


def _by_kind(guide: Guide, material: Material) -> list[str]:
    """What a change, a renewal, a cancellation or a new copy asks for besides."""
    kinds = {item["kind"] for item in guide["items"] if item["suffix"] in material["items"]}
    lines: list[str] = []
    if kinds & {"变更", "延续", "注销", "补证"} and "新办" not in kinds:
        lines.append(f"原证名称和编号：{guide['result']['name']}　示例-0001")
    if "变更" in kinds and "新办" not in kinds:
        lines += ["| 变更内容 | 变更前 | 变更后 |", f"| 名称（示例） | 某某店 | {COMPANY} |"]
    if kinds == {"延续"}:
        lines += [f"原有效期至：{DAY}", "条件有无变化：没有变化（示例）"]
    if kinds == {"注销"}:
        lines += ["注销原因：不再经营（示例）", "证件交回：正本、副本各一份"]
    if kinds == {"补证"}:
        lines += ["补证原因：遗失（示例）", f"遗失时间和地点：{DAY}，{ADDRESS}"]
    return lines


def _statement(guide: Guide, material: Material, fields: list[str]) -> list[str]:
    name = material["name"]
    text = next(
        (text for words, text in STATEMENTS if any(word in name for word in words)), PLAIN_STATEMENT
    )
    who = examples.holder(guide["audience"])
    told_words = {"matter": guide["name"], "who": who, "agency": guide["agency"]["name"]}
    opening = f"{guide['agency']['name']}："
    return [
        *([] if "证明" in name else [opening]),
        text.format(**told_words),
        *fields,
        f"{'出具单位' if '证明' in name else '签名或盖章'}：{SEAL if '证明' in name else SIGNED}",
        f"日期：{DAY}",
    ]


PLAIN_STATEMENT = "关于办理“{matter}”，现将有关情况说明如下。"
#: first match decides; `{who}`, `{matter}` and `{agency}` are filled in
STATEMENTS: tuple[tuple[Sequence[str], str], ...] = (
    (
        ("承诺",),
        "{who} 申请办理“{matter}”，已知道办理条件和违反承诺的后果。"
        "现承诺：所述情况属实，符合规定的条件，愿意接受核查；承诺不实的，依法承担责任。",
    ),
    (
        ("委托", "授权"),
        f"{{who}} 委托{examples.SECOND_PERSON}办理“{{matter}}”，受托人可以递交和领取材料。",
    ),
    (("遗失", "损毁", "丢失"), "{who} 的证件遗失（或者损毁），现申请补发，并说明经过。"),
    (("声明",), "{who} 就办理“{matter}”声明如下，内容属实。"),
    (
        ("决议", "决定", "纪要"),
        "经会议讨论，应到 5 人，实到 5 人，一致同意办理“{matter}”。",
    ),
    (("同意", "意见", "函"), "经研究，同意 {who} 办理“{matter}”。"),
    (("证明",), "兹证明 {who} 的下列情况属实，用于办理“{matter}”。"),
    (("记录",), "现将办理“{matter}”有关的记录附上，内容属实。"),
)


def _certificate(guide: Guide, material: Material, fields: list[str]) -> list[str]:
    issuer = material["issuer"] or "（出具机关）"
    for words, lines in PAPERS:
        if any(word in material["name"] for word in words):
            return [*lines, *fields, f"出具机关：{issuer}"]
    return [
        f"持有人：{_owner(guide, material)}",
        "编号：示例-0001",
        *fields,
        f"有效期：{FROM_TO}",
        f"出具机关：{issuer}",
        f"出具日期：{DAY}",
    ]


#: what the commonest papers look like; first match decides
PAPERS: tuple[tuple[Sequence[str], Sequence[str]], ...] = (
    (
        ("营业执照",),
        (
            f"名称：{COMPANY}",
            f"统一社会信用代码：{examples.COMPANY_CODE}",
            "类型：有限责任公司",
            f"法定代表人：{PERSON}",
            "经营范围：以登记机关核准的为准（示例）",
            f"住所：{ADDRESS}",
            f"成立日期：{DAY}",
        ),
    ),
    (
        ("身份证", "身份证明"),
        (
            f"姓名：{PERSON}",
            "出生：1990 年 × 月 × 日",
            f"住址：{ADDRESS}",
            f"公民身份号码：{examples.IDENTITY_NUMBER}",
            "有效期限：2020.03.10—2040.03.10（示例）",
        ),
    ),
    (
        ("不动产权", "产权证", "权属", "使用权"),
        (
            f"权利人：{PERSON}",
            f"坐落：{ADDRESS}",
            "权利类型：国有建设用地使用权／房屋所有权",
            "用途：商业（示例）",
            "面积：房屋建筑面积 120 平方米",
            "编号：示例-0001",
        ),
    ),
    (
        ("户口簿",),
        (f"户主：{PERSON}", f"住址：{ADDRESS}", "本人页：姓名、与户主关系、公民身份号码"),
    ),
    (
        ("批复", "批准", "意见", "决定书", "核准", "批件", "备案"),
        (
            "文号：示例〔2025〕1 号",
            f"主送：{COMPANY}",
            "内容：同意（或者准予、已备案），具体事项以原文为准（示例）",
            f"日期：{DAY}",
        ),
    ),
)


def _owner(guide: Guide, material: Material) -> str:
    personal = ("身份证", "户口", "护照", "通行证", "驾驶证", "资格", "学历", "身份证明", "结婚")
    if any(word in material["name"] for word in personal):
        return PERSON
    return examples.holder(guide["audience"])


def _agreement(guide: Guide, material: Material, fields: list[str]) -> list[str]:
    return [
        f"甲方：{examples.SECOND_PERSON}（示例）",
        f"乙方：{examples.holder(guide['audience'])}",
        "双方经协商一致，签订本合同。",
        *(fields or [f"标的：{ADDRESS}，120 平方米", "用途：经营（示例）"]),
        *([] if any("期" in label_of(line) for line in fields) else [f"期限：{FROM_TO}"]),
        f"甲方签章：{SEAL}",
        f"乙方签章：{SEAL}",
        f"签订日期：{DAY}",
    ]


def _roll(guide: Guide, material: Material, fields: list[str]) -> list[str]:
    if any(word in material["name"] for word in ("名单", "名册", "人员")):
        table = [
            "| 序号 | 姓名 | 岗位 | 证件编号 | 备注 |",
            f"| 1 | {PERSON} | 负责人 | 示例-0001 | 在岗 |",
            f"| 2 | {examples.SECOND_PERSON} | 工作人员 | 示例-0002 | 在岗 |",
        ]
    elif any(word in material["name"] for word in ("制度", "目录", "文件")):
        table = [
            "| 序号 | 文件名称 | 文号 | 负责岗位 |",
            "| 1 | 某某管理制度（示例） | 示例-01 | 负责人 |",
            "| 2 | 某某操作规程（示例） | 示例-02 | 工作人员 |",
        ]
    else:
        table = [
            "| 序号 | 名称 | 型号规格 | 数量 | 存放位置 |",
            "| 1 | 某某设备（示例） | 示例型号 A | 1 | 101 室 |",
            "| 2 | 某某设备（示例） | 示例型号 B | 2 | 102 室 |",
        ]
    return [
        f"填报单位：{examples.holder(guide['audience'])}",
        *table,
        *fields,
        f"填表人：{SIGNED}",
        f"日期：{DAY}",
    ]


def _drawing(guide: Guide, material: Material, fields: list[str]) -> list[str]:
    return [
        f"图名：{material['name']}",
        f"地址：{ADDRESS}",
        "面积：120 平方米",
        *[line for line in fields if not line.startswith(("面积", "地址"))],
        f"绘制：{SIGNED}　{DAY}",
    ]


def _photo(guide: Guide, material: Material, fields: list[str]) -> list[str]:
    return [f"说明：{material['name']}", *fields, f"拍摄日期：{DAY}"]


def _report(guide: Guide, material: Material, fields: list[str]) -> list[str]:
    return [
        f"编制单位：{examples.holder(guide['audience'])}",
        f"编制日期：{DAY}",
        "# 目录",
        "一、基本情况",
        *(fields or ["二、主要内容", "三、具体安排和责任人"]),
        "结论和附件",
        f"负责人签名：{SIGNED}",
    ]


def _object(guide: Guide, material: Material, fields: list[str]) -> list[str]:
    return [f"名称：{material['name']}", *fields, "数量：1", "到场时带好，窗口当面查验。"]


BODIES = {
    "form": _form,
    "statement": _statement,
    "certificate": _certificate,
    "agreement": _agreement,
    "roll": _roll,
    "drawing": _drawing,
    "photo": _photo,
    "report": _report,
    "object": _object,
}
