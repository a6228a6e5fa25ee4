"""What a whole guide says to other systems: the parts of the snapshot, declared one by one.

The snapshot is written for the portal's own pages and may grow; only what is declared here leaves.
Names and meaning follow `matters.snapshot`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from rest_framework import serializers

from matters import snapshot
from matters.models import MatterVersion

Text, Number, Flag = serializers.CharField, serializers.IntegerField, serializers.BooleanField
Tree = dict[str, Any]


def part(name: str, /, **fields: serializers.Field) -> type[serializers.Serializer]:
    """A serializer class of these fields."""
    return type(name, (serializers.Serializer,), fields)


def texts(**labels: str) -> dict[str, serializers.Field]:
    """Text fields, name → label."""
    return {name: Text(label=label, allow_blank=True) for name, label in labels.items()}


def flags(**labels: str) -> dict[str, serializers.Field]:
    """Yes-or-no fields, name → label."""
    return {name: Flag(label=label) for name, label in labels.items()}


def numbers(**labels: str) -> dict[str, serializers.Field]:
    """Whole numbers, name → label."""
    return {name: Number(label=label) for name, label in labels.items()}


def of_columns(name: str, columns: Iterable[str]) -> type[serializers.Serializer]:
    """Fields with the labels of the version's own columns."""
    return part(name, **{column: _field(column) for column in columns})


def _field(column: str) -> serializers.Field:
    source = MatterVersion._meta.get_field(column)
    words = {"label": str(source.verbose_name), "help_text": str(source.help_text)}
    if isinstance(source, models.BooleanField):
        return Flag(**words)
    if isinstance(source, models.IntegerField):
        return Number(allow_null=source.null, **words)
    return Text(allow_blank=True, **words)


def sentences(label: str) -> serializers.ListField:
    """A list of texts."""
    return serializers.ListField(child=Text(), label=label)


Agency = part("GuideAgency", **texts(slug="网址名", name="名称", short_name="简称"))
Centre = part("GuideCentre", **texts(slug="网址名", name="名称"))
GuideTheme = part(
    "GuideTheme", **texts(slug="网址名", name="名称", kind="类别", audience="服务对象代码")
)
Limit = part(
    "GuideLimit",
    **numbers(statutory="法定办结时限", promised="承诺办结时限"),
    **texts(
        unit="单位代码",
        unit_word="单位",
        source="法定时限依据",
        statutory_note="法定时限说明",
        promised_note="承诺时限说明",
    ),
)
Item = part(
    "GuideItem",
    **texts(suffix="序号", name="名称", kind="类别"),
    **numbers(statutory="法定时限", promised="承诺时限"),
    **texts(unit="单位代码", unit_word="单位", clock_starts="起算"),
    instant=Flag(label="即办"),
    stage=Number(allow_null=True, label="阶段"),
)
Option = part("GuideOption", **texts(key="键", label="选项"))
Situation = part(
    "GuideSituation", **texts(key="键", question="问题"), options=Option(many=True, label="选项")
)
MaterialPart = part(
    "GuideMaterial",
    **texts(key="键", name="材料名称", paper="标准材料"),
    one_of=sentences("任选其一"),
    holder=Text(label="持有人"),
    items=sentences("适用的业务办理项"),
    when=serializers.DictField(child=sentences("答案"), label="适用情形"),
    **texts(necessity="必要性代码", necessity_word="必要性", form="形式"),
    copies=Number(label="份数"),
    **texts(source="来源渠道", issuer="出具机构", e_licence="可用电子证照"),
    paper_e_licence=Text(label="标准材料的电子证照", allow_blank=True),
    **flags(waived="免交", deferrable="可容缺"),
    deferral_days=Number(allow_null=True, label="后补工作日数"),
    commitment_allowed=Flag(label="可告知承诺"),
    **texts(basis="依据", standard="受理标准", tip="填报须知"),
    blank_form=Flag(label="有空白表格"),
)
StepPart = part(
    "GuideStep",
    **texts(name="环节名称", actor="谁来做", role="角色代码"),
    days=Number(label="所需时限"),
    detail=Text(label="说明", allow_blank=True),
    **flags(special="特殊环节", counts="计入法定时限"),
    basis=Text(label="依据", allow_blank=True),
    charged=Flag(label="收费"),
)
FeePart = part(
    "GuideFee",
    charged=Flag(label="是否收费"),
    **texts(item="收费项目", standard="收费标准", basis="收费依据"),
    reducible=Flag(label="可减免"),
    reduction_basis=Text(label="减免依据", allow_blank=True),
)
Renewal = part("GuideRenewal", value=Number(label="提前多久"), unit_word=Text(label="单位"))
ResultPart = part(
    "GuideResult",
    **texts(name="结果名称", kind="结果类型"),
    validity_years=Number(allow_null=True, label="有效期（年）"),
    valid_area=Text(label="有效地域", allow_blank=True),
    renew_before=Renewal(allow_null=True, label="延续申请"),
    delivery=sentences("领取方式"),
    sample_note=Text(label="结果样本说明", allow_blank=True),
)
Question = part("GuideQuestion", **texts(q="问题", a="回答"))
Law = part("GuideLaw", **texts(law="法律法规", article="条款", gist="要点"))
Sureness = part(
    "GuideCertainty",
    overall=Text(label="总体可靠程度"),
    parts=serializers.DictField(child=Text(), label="各部分可靠程度"),
    estimated=sentences("推定的要素"),
)
Words = of_columns("GuideWords", snapshot.CODED)
Codes = of_columns("GuideCodes", snapshot.CODED)

Guide = part(
    "Guide",
    **numbers(seq="序号", version="版本号"),
    **texts(name="事项名称", summary="一句话说明", applicants="谁来办", type="事项类型"),
    base_code=Text(label="基本编码", allow_blank=True),
    base_code_provisional=Flag(label="基本编码为暂编"),
    agency=Agency(label="实施主体"),
    joint_agencies=Agency(many=True, label="共同实施部门"),
    supervisor=Agency(allow_null=True, label="监管部门"),
    centre=Centre(allow_null=True, label="进驻中心"),
    window=Text(label="窗口", allow_blank=True),
    audience=sentences("服务对象代码"),
    audience_words=sentences("服务对象"),
    channels=sentences("办理形式"),
    channel_codes=sentences("办理形式代码"),
    themes=GuideTheme(many=True, label="主题和生命周期"),
    identity=of_columns("GuideIdentity", snapshot.IDENTITY)(label="基本要素"),
    licensing=of_columns("GuideLicensing", snapshot.LICENSING)(label="许可要素"),
    service=of_columns("GuideService", snapshot.SERVICE)(label="服务要素"),
    contact=of_columns("GuideContact", snapshot.CONTACT)(label="地点和咨询"),
    remedy=of_columns("GuideRemedy", snapshot.REMEDY)(label="权利、义务和救济"),
    words=Words(label="代码类要素的文字"),
    codes=Codes(label="代码类要素的代码"),
    limit=Limit(label="办结时限"),
    items=Item(many=True, label="业务办理项"),
    situations=Situation(many=True, label="情形"),
    conditions=sentences("受理条件"),
    cannot_apply=sentences("不能办的情形"),
    materials=MaterialPart(many=True, label="申请材料"),
    steps=StepPart(many=True, label="办理环节"),
    fee=FeePart(label="收费"),
    result=ResultPart(label="办理结果"),
    faqs=Question(many=True, label="常见问题"),
    mistakes=sentences("常见错误"),
    law=Law(many=True, label="设定依据"),
    related=serializers.ListField(child=Number(), label="相关事项"),
    keywords=sentences("关键词"),
    certainty=Sureness(label="可靠程度"),
    effective_on=Text(label="生效日期", allow_blank=True, help_text="没有则为空文本"),
    published_on=Text(label="发布日期", allow_blank=True),
)


def tree(serializer: serializers.BaseSerializer) -> Tree:
    """Declared names: of a part the tree inside, of a plain value what stands for "unknown"."""
    if isinstance(serializer, serializers.ListSerializer):
        serializer = serializer.child
    return {
        name: tree(inner) if isinstance(inner, serializers.BaseSerializer) else Plain(_empty(inner))
        for name, inner in serializer.fields.items()
    }


@dataclass(frozen=True)
class Plain:
    """A value without parts; `unknown` is answered for editions from before it was kept."""

    unknown: Any


def _empty(field: serializers.Field) -> Any:
    kinds = ((Text, ""), (serializers.ListField, []), (serializers.DictField, {}))
    return next((empty for kind, empty in kinds if isinstance(field, kind)), None)


def declared(value: Any, allowed: Tree | Plain) -> Any:
    """`value` with everything that is declared and nothing else."""
    if isinstance(allowed, Plain) or value is None:
        return value
    if isinstance(value, list):
        return [declared(part, allowed) for part in value]
    return {
        name: declared(value[name], inner) if name in value else _unknown(inner)
        for name, inner in allowed.items()
    }


def _unknown(allowed: Tree | Plain) -> Any:
    if isinstance(allowed, Plain):
        return allowed.unknown
    return {name: _unknown(inner) for name, inner in allowed.items()}


GUIDE_TREE = tree(Guide())
