"""The sheets of the catalogue workbook and their columns.

Elements are those of policy §2.4, as the models name them. Left out on purpose: status, number,
dates of publication and the certainty marks, which are decided by publishing and by the loader.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import models

from matters.models import (
    BusinessItem,
    Condition,
    Faq,
    Fee,
    LegalBasis,
    Material,
    MatterVersion,
    Result,
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
from matters.sheets import columns
from matters.sheets.columns import Column, of

KEY = "事项序号"
NAME_FOR_READERS = "事项名称"
SEQ = Column(KEY, "seq", "whole", "integer", required=True, largest=2_147_483_647, note="稳定编号")


@dataclass(frozen=True)
class Sheet:
    """One sheet. `key`: columns that name a row within its matter; `unique`: each once.

    `tables`: SQL of the rows of editions, `e` being the edition; `order`: their order;
    `model`: the part's model (the edition itself for the first sheet).
    """

    title: str
    name: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    tables: str
    order: str = "position"
    key: tuple[str, ...] = ()
    unique: bool = False
    generated: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def is_main(self) -> bool:
        """Whether the sheet holds one row per matter with its own elements."""
        return self.model is MatterVersion

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by the name they are staged under."""
        return {column.name: column for column in self.columns}

    @property
    def headings(self) -> list[str]:
        """As written to a file: the key, the matter's name for readers, then the columns."""
        reader = [] if self.is_main else [NAME_FOR_READERS]
        return [KEY, *reader, *(column.heading for column in self.columns)]

    def plain(self, vocabulary: Any, *, whole: bool) -> columns.Plain:
        """For the child process. `whole`: every required column must be in the file (a part's
        rows replace each other as a whole; the main sheet may hold any choice of columns)."""
        needed = frozenset(c.name for c in self.columns if c.required) if whole else frozenset()
        seq = SEQ.plain(vocabulary, frozenset())
        return {
            "title": self.title,
            "name": self.name,
            "columns": [seq, *(column.plain(vocabulary, needed) for column in self.columns)],
            "ignored": [] if self.is_main else [NAME_FOR_READERS],
            "key": list(self.key),
            "unique": self.unique,
            "generated": dict(self.generated),
        }


def _fields(model: type[models.Model], names: str | Iterable[str], **changes: Any) -> list[Column]:
    wanted = names.split() if isinstance(names, str) else names
    headings = changes.pop("headings", {})
    return [of(model._meta.get_field(n), headings.get(n, ""), **changes) for n in wanted]


def _group(group: type[models.Model], without: str = "") -> list[Column]:
    skipped = without.split()
    return _fields(MatterVersion, [f.name for f in group._meta.fields if f.name not in skipped])


def _foreign(model: type[models.Model], name: str, names: str, heading: str = "") -> Column:
    field = model._meta.get_field(name)
    return replace(of(field, heading), kind="word", names=names, most=0)


def _link(name: str, heading: str, names: str, table: str, column: str, note: str) -> Column:
    """Rows of a link table as one cell of names."""
    ids = (
        f'ARRAY(SELECT l."{column}"::integer FROM "{table}" l'
        f' WHERE l.version_id = e.id ORDER BY l."{column}")'
    )
    return Column(
        heading,
        name,
        "words",
        "integer[]",
        names=names,
        empty="{}",
        expression=ids,
        note=note,
        is_link=True,
    )


def _main_columns() -> tuple[Column, ...]:
    clock_without_long = "statutory_source statutory_note promised_note"
    return (
        *_fields(MatterVersion, "name summary applicants"),
        Column(
            "基本编码",
            "base_code",
            "code",
            "text",
            most=12,
            is_link=True,
            pattern=r"^[0-9]{9}[0-9]{2}[0-9Y]$",
            pattern_reason=(
                "基本编码应为 12 位；前面的 0 若被表格软件去掉，请把这一列设为“文本”格式再填。"
            ),
            expression=(
                "COALESCE((SELECT b.code FROM matters_matter m JOIN matters_baseitem b"
                " ON b.id = m.base_item_id WHERE m.id = e.matter_id), '')"
            ),
            note="12 位；已有事项的编码不能通过导入修改",
        ),
        _foreign(MatterVersion, "agency", "agency"),
        _link(
            "joint_agencies",
            "共同实施部门",
            "agency",
            "matters_jointagency",
            "agency_id",
            "联办机构，多个用 | 隔开",
        ),
        _foreign(MatterVersion, "supervisor", "agency"),
        *_fields(MatterVersion, "audience"),
        _link(
            "themes",
            "服务主题",
            "theme",
            "matters_versiontheme",
            "theme_id",
            "主题和生命周期，多个用 | 隔开",
        ),
        *_group(ClockElements, clock_without_long),
        *_fields(MatterVersion, clock_without_long),
        *_group(ServiceElements, "audience"),
        _foreign(MatterVersion, "centre", "centre"),
        *_group(ContactElements),
        *_fields(MatterVersion, "keywords mistakes related_seqs"),
        *_group(IdentityElements, "name summary applicants"),
        *_group(LicensingElements),
        *_group(RemedyElements),
        *_fields(MatterVersion, "retire_on"),
    )


MAIN = Sheet(
    "事项",
    "matter",
    MatterVersion,
    _main_columns(),
    "",
    key=(),
    unique=True,
    order="seq",
    note="一行一个事项。没有的列保持现行内容不变；有的列按文件写入，留空就是清空。",
)

ITEMS = Sheet(
    "业务办理项",
    "item",
    BusinessItem,
    tuple(
        _fields(
            BusinessItem,
            "suffix name kind statutory_value statutory_unit promised_value clock_starts"
            " instant stage",
            headings={
                "suffix": "办理项序号",
                "name": "业务办理项名称",
                "statutory_unit": "时限单位",
            },
            table="p",
        )
    ),
    "JOIN matters_businessitem p ON p.version_id = e.id",
    order="p.suffix",
    key=("suffix",),
    unique=True,
    note="办理项序号两位，从 01 起。承诺时限不能长于法定时限。",
)

SITUATIONS = Sheet(
    "情形",
    "situation",
    Situation,
    (
        *_fields(
            Situation,
            "key question",
            headings={"key": "情形代号", "question": "情形问题"},
            table="p",
        ),
        replace(
            of(SituationOption._meta.get_field("key"), "选项代号"),
            name="option_key",
            table="o",
            expression='o."key"',
        ),
        replace(of(SituationOption._meta.get_field("label"), "选项"), table="o"),
    ),
    "JOIN matters_situation p ON p.version_id = e.id"
    " JOIN matters_situationoption o ON o.situation_id = p.id",
    order="p.position, p.key, o.position, o.key",
    key=("key", "option_key"),
    unique=True,
    note="一行一个选项，同一个问题的几行情形代号和问题相同。代号用小写英文字母，材料的适用情形引用它。",
)

CONDITIONS = Sheet(
    "受理条件",
    "condition",
    Condition,
    tuple(
        _fields(
            Condition,
            "kind sentence",
            headings={"kind": "条件类别", "sentence": "条件内容"},
            table="p",
        )
    ),
    "JOIN matters_condition p ON p.version_id = e.id",
    order="p.kind, p.position",
    note="一行一个条件。",
)

MATERIALS = Sheet(
    "申请材料",
    "material",
    Material,
    (
        *_fields(Material, "key name", headings={"key": "材料代号"}, table="p"),
        replace(_foreign(Material, "paper", "paper"), table="p"),
        *_fields(Material, "holder", table="p"),
        Column(
            "适用的办理项",
            "items",
            "lines",
            "text[]",
            most=2,
            required=True,
            is_link=True,
            expression=(
                "ARRAY(SELECT i.suffix FROM matters_materialuse u JOIN matters_businessitem i"
                " ON i.id = u.item_id WHERE u.material_id = p.id ORDER BY i.suffix)"
            ),
            note="办理项序号，多个用 | 隔开",
        ),
        *_fields(
            Material,
            "when necessity form copies source issuer issue_requirement e_licence basis"
            " acceptance_standard tip paper_size has_blank_form commitment_allowed"
            " deferral_days remark",
            headings={"basis": "材料依据", "remark": "材料备注"},
            table="p",
        ),
    ),
    "JOIN matters_material p ON p.version_id = e.id",
    order="p.position, p.key",
    key=("key",),
    unique=True,
    generated=(("key", "m"),),
    note="材料代号留空时自动编。适用情形写成“情形代号=选项代号|选项代号”，几个之间用分号。",
)

STEPS = Sheet(
    "办理环节",
    "step",
    Step,
    tuple(
        _fields(
            Step,
            "name actor role days detail special counts_in_limit basis charged charge_basis",
            headings={"detail": "环节说明", "basis": "环节依据", "charge_basis": "环节收费依据"},
            table="p",
        )
    ),
    "JOIN matters_step p ON p.version_id = e.id",
    order="p.position",
    note="按先后顺序一行一个环节，至少五个。不计入法定时限的必须写明依据。",
)

FEES = Sheet(
    "收费",
    "fee",
    Fee,
    tuple(_fields(Fee, "charged item standard basis reducible reduction_basis", table="p")),
    "JOIN matters_fee p ON p.version_id = e.id",
    order="p.id",
    unique=True,
    note="一个事项一行。收费的必须写明标准和依据（行政许可法第五十八条）。",
)

RESULTS = Sheet(
    "办理结果",
    "result",
    Result,
    tuple(
        _fields(
            Result,
            "name kind validity_years valid_area renew_before_value renew_before_unit delivery"
            " sample_note",
            headings={"renew_before_unit": "提前时间单位"},
            table="p",
        )
    ),
    "JOIN matters_result p ON p.version_id = e.id",
    order="p.id",
    unique=True,
    note="一个事项一行。",
)

FAQS = Sheet(
    "常见问题",
    "faq",
    Faq,
    tuple(_fields(Faq, "question answer", table="p")),
    "JOIN matters_faq p ON p.version_id = e.id",
    order="p.position",
    note="照群众的问法写问题，先给结论。",
)

LAW = Sheet(
    "设定依据",
    "law",
    LegalBasis,
    tuple(_fields(LegalBasis, "law article gist", table="p")),
    "JOIN matters_legalbasis p ON p.version_id = e.id",
    order="p.position",
    note="法律法规全称、条款、要点。",
)

SHEETS = (
    MAIN,
    ITEMS,
    SITUATIONS,
    CONDITIONS,
    MATERIALS,
    STEPS,
    FEES,
    RESULTS,
    FAQS,
    LAW,
)
PARTS = SHEETS[1:]
BY_NAME = {sheet.name: sheet for sheet in SHEETS}

#: what a matter that is not in the catalogue yet must have in the file
NEEDED_FOR_NEW = tuple(column.name for column in MAIN.columns if column.required)
