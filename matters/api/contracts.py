"""What the lists of the catalogue say: serializers as the contract, columns as the way.

Nothing leaves that is not declared here; a test holds the sets of names.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from rest_framework import serializers

from matters.api.rows import Rows, guide_address, local
from matters.models import BusinessItem, Material, MaterialUse, MatterVersion, VersionTheme
from matters.workflow import MatterStatus, VersionStatus


class MatterSerializer(serializers.ModelSerializer):
    """One matter in a list: what a reader needs to choose; the guide has the rest."""

    seq = serializers.IntegerField(source="matter.seq", label="序号", help_text="稳定编号")
    type = serializers.CharField(source="matter.kind", label="事项类型", help_text="见 /codes/")
    status = serializers.CharField(source="matter.status", label="办理状态", help_text="见 /codes/")
    edition = serializers.IntegerField(source="number", label="版本号")
    base_code = serializers.CharField(
        source="matter.base_item.code", default="", label="基本编码", help_text="12 位"
    )
    base_code_provisional = serializers.BooleanField(
        source="matter.base_item.code_is_provisional", default=True, label="基本编码为暂编"
    )
    agency = serializers.CharField(source="agency.slug", label="实施主体", help_text="网址名")
    agency_name = serializers.CharField(source="agency.name", label="实施主体名称")
    themes = serializers.SlugRelatedField(
        slug_field="slug", many=True, read_only=True, label="主题和生命周期", help_text="网址名"
    )
    charged = serializers.BooleanField(source="fee.charged", label="收费")
    certainty = serializers.CharField(
        source="overall_certainty", label="可靠程度", help_text="见 /codes/；推定的须核对"
    )
    url = serializers.SerializerMethodField(label="办事指南的地址")

    class Meta:
        model = MatterVersion
        fields = [
            "seq",
            "name",
            "summary",
            "type",
            "status",
            "edition",
            "published_at",
            "effective_on",
            "base_code",
            "base_code_provisional",
            "implementation_code",
            "agency",
            "agency_name",
            "themes",
            "audience",
            "handling_type",
            "statutory_value",
            "promised_value",
            "statutory_unit",
            "visits",
            "online",
            "instant",
            "commitment",
            "deferrable",
            "cross_province",
            "charged",
            "certainty",
            "url",
        ]

    def get_url(self, version: MatterVersion) -> str:
        return guide_address(version.matter.seq)


def _own(serializer: type[serializers.ModelSerializer], **paths) -> dict:
    """Columns in the order of the contract; a name without a path is a column of the model."""
    names = [name for name in serializer.Meta.fields if name != "url"]
    return {name: paths.get(name, name) for name in names}


THEMES = (
    VersionTheme.objects.filter(version=OuterRef("pk"))
    .order_by("theme__kind", "theme__position")
    .values("theme__slug")
)
MATTERS = Rows(
    MatterSerializer,
    _own(
        MatterSerializer,
        seq="matter__seq",
        type="matter__kind",
        status="matter__status",
        edition="number",
        base_code="matter__base_item__code",
        base_code_provisional="matter__base_item__code_is_provisional",
        agency="agency__slug",
        agency_name="agency__name",
        themes=ArraySubquery(THEMES),
        charged="fee__charged",
        certainty="overall_certainty",
    ),
    shapes={
        "published_at": local,
        "base_code": lambda code: code or "",
        "base_code_provisional": lambda flag: flag is not False,
    },
    derived={"url": lambda row: guide_address(row["seq"])},
)


class ItemSerializer(serializers.ModelSerializer):
    """One 业务办理项 of an edition in force."""

    seq = serializers.IntegerField(source="version.matter.seq", label="事项序号")
    edition = serializers.IntegerField(source="version.number", label="版本号")
    code = serializers.SerializerMethodField(
        label="业务办理项编码", help_text="33 位；没有实施编码时为空"
    )
    url = serializers.SerializerMethodField(label="办事指南的地址")

    class Meta:
        model = BusinessItem
        fields = [
            "seq",
            "suffix",
            "code",
            "name",
            "kind",
            "statutory_value",
            "promised_value",
            "statutory_unit",
            "clock_starts",
            "instant",
            "stage",
            "edition",
            "url",
        ]

    def get_code(self, item: BusinessItem) -> str:
        return item_code(item.version.implementation_code, item.suffix)

    def get_url(self, item: BusinessItem) -> str:
        return item_address(item.version.matter.seq, item.suffix)


def item_code(implementation_code: str, suffix: str) -> str:
    """31 characters and the two of the item (policy §2.2)."""
    return f"{implementation_code}{suffix}" if len(implementation_code) == 31 else ""


def item_address(seq: int, suffix: str) -> str:
    """The guide, opened at one business item."""
    return f"{guide_address(seq)}?item={suffix}"


ITEMS = Rows(
    ItemSerializer,
    _own(
        ItemSerializer,
        seq="version__matter__seq",
        code="version__implementation_code",
        edition="version__number",
    ),
    derived={
        "code": lambda row: item_code(row["code"], row["suffix"]),
        "url": lambda row: item_address(row["seq"], row["suffix"]),
    },
)


class MaterialSerializer(serializers.ModelSerializer):
    """One line of the material list of an edition in force."""

    seq = serializers.IntegerField(source="version.matter.seq", label="事项序号")
    edition = serializers.IntegerField(source="version.number", label="版本号")
    paper = serializers.CharField(
        source="paper.key", default="", label="标准材料", help_text="相同的可以只交一次"
    )
    paper_name = serializers.CharField(source="paper.name", default="", label="标准材料名称")
    items = serializers.SlugRelatedField(
        slug_field="suffix", many=True, read_only=True, label="适用的业务办理项"
    )
    when = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        label="适用情形",
        help_text="情形 → 答案；各情形都满足才需要，空表示总是需要",
    )

    class Meta:
        model = Material
        fields = [
            "seq",
            "position",
            "key",
            "name",
            "paper",
            "paper_name",
            "holder",
            "items",
            "when",
            "necessity",
            "form",
            "copies",
            "source",
            "issuer",
            "e_licence",
            "deferral_days",
            "commitment_allowed",
            "basis",
            "acceptance_standard",
            "tip",
            "has_blank_form",
            "edition",
        ]


USES = (
    MaterialUse.objects.filter(material=OuterRef("pk"))
    .order_by("item__suffix")
    .values("item__suffix")
)
MATERIALS = Rows(
    MaterialSerializer,
    _own(
        MaterialSerializer,
        seq="version__matter__seq",
        paper="paper__key",
        paper_name="paper__name",
        items=ArraySubquery(USES),
        edition="version__number",
    ),
    shapes={"paper": lambda key: key or "", "paper_name": lambda name: name or ""},
)


def in_force(parts: QuerySet) -> QuerySet:
    """Parts of editions in force of matters that are not withdrawn."""
    return parts.filter(version__status=VersionStatus.PUBLISHED).exclude(
        version__matter__status=MatterStatus.WITHDRAWN
    )
