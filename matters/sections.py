"""The sections of a guide as an editor works on them: which elements stand on which page.

Pure declarations. A section is a set of fields of one row (the version, its fee, its result, one
material …) and perhaps a list of rows below it. Elements are those of policy §2.4; every element
an editor may change stands in exactly one section (`tests/matters/test_sections.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from matters.models import (
    BusinessItem,
    Condition,
    Faq,
    LegalBasis,
    Material,
    Situation,
    SituationOption,
    Step,
)
from matters.models.elements import (
    ClockElements,
    ContactElements,
    IdentityElements,
    LicensingElements,
    RemedyElements,
    ServiceElements,
)


def names(group: type[models.Model], without: str = "") -> tuple[str, ...]:
    """Names of the elements of an abstract group, in the order of the national tables."""
    return tuple(f.name for f in group._meta.fields if f.name not in without.split())


@dataclass(frozen=True)
class Rows:
    """A list below a section: rows of `model`, found as `relation` of the row they belong to.

    `ordered`: the order is the editor's and stored in `position`; otherwise in `numbered`, a
    two-digit number an existing row keeps for ever. `keyed`: rows carry a key of their own that
    other elements refer to and no person ever types.
    """

    model: Any
    relation: str
    fields: tuple[str, ...]
    noun: str
    ordered: bool = True
    keyed: str = ""
    numbered: str = ""

    @property
    def parent(self) -> str:
        """Name of the foreign key to the row they belong to."""
        return next(
            field.name
            for field in self.model._meta.fields
            if field.is_relation and field.remote_field.related_name == self.relation
        )


@dataclass(frozen=True)
class Section:
    """One page of the editing desk.

    `holder` names the relation of the version that holds `fields` ("" = the version itself).
    `elements`: the section is a list whose rows have a page each (`element` describes it).
    `anchor` is the id on the public guide, `parts` the words gaps use for this section.
    """

    key: str
    label: str
    hint: str
    anchor: str
    fields: tuple[str, ...] = ()
    holder: str = ""
    rows: Rows | None = None
    elements: Rows | None = None
    element_rows: Rows | None = None
    parts: tuple[str, ...] = ()


CONDITIONS = Rows(Condition, "conditions", ("kind", "sentence"), "条件")
ITEMS = Rows(
    BusinessItem,
    "items",
    (
        "name",
        "kind",
        "statutory_value",
        "statutory_unit",
        "promised_value",
        "clock_starts",
        "instant",
        "stage",
    ),
    "业务办理项",
    ordered=False,
    numbered="suffix",
)
STEPS = Rows(
    Step,
    "steps",
    (
        "name",
        "actor",
        "role",
        "days",
        "detail",
        "special",
        "counts_in_limit",
        "basis",
        "charged",
        "charge_basis",
    ),
    "环节",
)
FAQS = Rows(Faq, "faqs", ("question", "answer"), "问题")
LAW = Rows(LegalBasis, "legal_bases", ("law", "article", "gist"), "依据")
SITUATIONS = Rows(Situation, "situations", ("question",), "情形问题", keyed="key")
OPTIONS = Rows(SituationOption, "options", ("label",), "选项", keyed="key")
MATERIALS = Rows(
    Material,
    "materials",
    (
        "name",
        "necessity",
        "form",
        "copies",
        "items",
        "when",
        "source",
        "issuer",
        "issue_requirement",
        "e_licence",
        "paper",
        "holder",
        "basis",
        "acceptance_standard",
        "tip",
        "paper_size",
        "has_blank_form",
        "commitment_allowed",
        "deferral_days",
        "remark",
    ),
    "材料",
    keyed="key",
)

SECTIONS = (
    Section(
        "basic",
        "基本信息",
        "读者最先看到的几句话：这是什么事、谁要办、谁来批。",
        "facts",
        (
            "name",
            "summary",
            "applicants",
            "audience",
            "agency",
            "joint_agencies",
            "supervisor",
        ),
        parts=("basic", "name", "summary", "audience"),
    ),
    Section(
        "identity",
        "身份与编码",
        "目录主管部门给的编码和权力来源。没有拿到正式编码的先空着，页面会显示（待配置）。",
        "base",
        names(IdentityElements, "name summary applicants"),
        parts=("base", "identity"),
    ),
    Section(
        "licensing",
        "许可要素",
        "《行政许可事项实施规范》要求的要素，供监管和核对使用。",
        "base",
        names(LicensingElements),
        parts=("licensing",),
    ),
    Section(
        "limits",
        "时限",
        "法定时限按法条填，承诺时限是我们自己的承诺，只能更短；单位两者相同。",
        "facts",
        names(ClockElements),
        parts=("limit", "limits"),
    ),
    Section(
        "channels",
        "办理方式",
        "能不能网上办、要不要跑、能不能寄。到现场次数和网办深度必须说得通。",
        "where",
        names(ServiceElements, "audience"),
        parts=("service", "channels"),
    ),
    Section(
        "contact",
        "窗口与联系",
        "去哪里、找谁问、找谁投诉。咨询电话和监督投诉电话不能相同，并带区号 022。",
        "where",
        ("centre", "window", *names(ContactElements)),
        parts=("where", "contact"),
    ),
    Section(
        "remedies",
        "权利救济",
        "复议 60 日、诉讼 6 个月，向谁提出、怎么联系。",
        "rights",
        names(RemedyElements),
        parts=("rights", "remedy"),
    ),
    Section(
        "conditions",
        "受理条件",
        "一行一个条件，动词开头。不能办的情形单独列，读者少跑一趟。",
        "cond",
        rows=CONDITIONS,
        parts=("conditions", "cond", "cannot_apply"),
    ),
    Section(
        "situations",
        "情形",
        "用几个问题把长清单变成每个人自己的清单。先写问题，再写答案。",
        "check",
        elements=SITUATIONS,
        element_rows=OPTIONS,
        parts=("situations", "check"),
    ),
    Section(
        "items",
        "业务办理项",
        "新办、变更、延续……各有各的时限。序号接在实施编码之后，定了就不再改。",
        "facts",
        rows=ITEMS,
        parts=("items",),
    ),
    Section(
        "materials",
        "申请材料",
        "一份材料一页。写全称，不写“相关材料”；能共享电子证照的就免交。",
        "mat",
        elements=MATERIALS,
        parts=("materials", "mat"),
    ),
    Section(
        "steps",
        "办理流程",
        "至少五个环节：受理、审查、决定、办结、送达。不计入时限的环节必须写明法律依据。",
        "flow",
        rows=STEPS,
        parts=("steps", "flow"),
    ),
    Section(
        "fee",
        "收费",
        "没有法律、行政法规依据的不得收费；收费的写清项目、标准和依据。",
        "fee",
        ("charged", "item", "standard", "basis", "reducible", "reduction_basis"),
        holder="fee",
        parts=("fee",),
    ),
    Section(
        "result",
        "办理结果",
        "办完拿到什么、管多久、怎么领。有名称的结果要有样本说明。",
        "result",
        (
            "name",
            "kind",
            "validity_years",
            "valid_area",
            "renew_before_value",
            "renew_before_unit",
            "delivery",
            "sample_note",
        ),
        holder="result",
        parts=("result",),
    ),
    Section(
        "faqs",
        "常见问题",
        "照群众的问法写问题，先给结论，再说怎么办。",
        "faq",
        rows=FAQS,
        parts=("faqs", "faq"),
    ),
    Section(
        "law",
        "设定依据",
        "法律法规全称、第几条、这一条说了什么。",
        "law",
        rows=LAW,
        parts=("law",),
    ),
    Section(
        "topics",
        "主题与关键词",
        "放进哪些主题，群众会用哪些说法来找。关键词一行一个。",
        "facts",
        ("themes", "keywords", "related_seqs"),
        parts=("themes", "keywords", "topics", "related"),
    ),
    Section(
        "mistakes",
        "常见错误",
        "退回最多的那几种错误，一行一条，写在材料清单旁边提醒读者。",
        "mat",
        ("mistakes",),
        parts=("mistakes",),
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}
#: how the side navigation groups them
GROUPS = (
    ("这件事", ("basic", "identity", "licensing", "limits")),
    ("怎么办", ("channels", "contact", "conditions", "situations", "items", "materials", "steps")),
    ("办成之后", ("fee", "result", "remedies")),
    ("说明与检索", ("faqs", "law", "topics", "mistakes")),
)


def in_order() -> Iterator[Section]:
    """Sections in the order of the navigation, which is the order “next” walks."""
    for _, keys in GROUPS:
        for key in keys:
            yield BY_KEY[key]


def following(key: str) -> Section | None:
    """The section after `key`; None after the last one."""
    order = list(in_order())
    position = order.index(BY_KEY[key])
    return order[position + 1] if position + 1 < len(order) else None


#: tables of gaps and differences that are not called like their section
TABLES = {"legal_bases": "law"}


def section_of(part: str, element: str = "") -> Section | None:
    """The section of a gap, a comment or a change: by its element (`consult_phone`,
    `materials.id-card.name`, `fee.basis`) first, by the part of the guide second."""
    own = next((s for s in SECTIONS if not s.holder and element in s.fields), None)
    if element and own:
        return own
    head = element.partition(".")[0]
    for key in (TABLES.get(head, head), part):
        if key in BY_KEY:
            return BY_KEY[key]
    return next((s for s in SECTIONS if part in s.parts), None)
