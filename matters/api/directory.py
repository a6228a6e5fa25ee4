"""The dictionaries beside the matters: themes, agencies, halls with their windows, code lists."""

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from rest_framework import serializers

from matters.models import MatterVersion, Theme
from matters.models import choices as codes
from matters.workflow import MatterStatus, VersionStatus
from organisations.models import Agency, ServiceCentre, Window


def absolute(name: str, slug: str) -> str:
    """Address of a page for people."""
    return settings.PUBLIC_BASE_URL + reverse(f"matters:{name}", args=[slug])


class ThemeSerializer(serializers.ModelSerializer):
    """One theme or stage of life."""

    matters = serializers.IntegerField(label="在办事项数")
    url = serializers.SerializerMethodField(label="页面地址")

    class Meta:
        model = Theme
        fields = ["slug", "name", "kind", "audience", "position", "matters", "url"]

    def get_url(self, theme: Theme) -> str:
        return absolute(theme.kind, theme.slug)


class AgencySerializer(serializers.ModelSerializer):
    """One body. Numbers nobody has confirmed are empty, never invented."""

    parent = serializers.SlugRelatedField(
        slug_field="slug",
        read_only=True,
        allow_null=True,
        label="所属机构",
        help_text="网址名，没有则为空",
    )
    matters = serializers.IntegerField(label="在办事项数")
    url = serializers.SerializerMethodField(label="页面地址")

    class Meta:
        model = Agency
        fields = [
            "slug",
            "name",
            "short_name",
            "aliases",
            "kind",
            "parent",
            "in_catalogue",
            "uscc",
            "consultation_phone",
            "supervision_phone",
            "certainty",
            "matters",
            "url",
        ]

    def get_url(self, agency: Agency) -> str:
        return absolute("agency", agency.slug)


class WindowSerializer(serializers.ModelSerializer):
    """One counter of a hall."""

    agencies = serializers.SlugRelatedField(
        slug_field="slug",
        many=True,
        read_only=True,
        label="受理哪些机构的事项",
        help_text="无差别综合窗口为空时受理全部",
    )

    class Meta:
        model = Window
        fields = ["slug", "number", "name", "kind", "agencies", "is_demonstration"]


class CentreSerializer(serializers.ModelSerializer):
    """One hall with its windows."""

    agency = serializers.CharField(source="agency.slug", label="管理机构", help_text="网址名")
    street = serializers.CharField(source="street.name", default="", label="服务街道")
    windows = WindowSerializer(many=True, label="窗口")
    url = serializers.SerializerMethodField(label="页面地址")

    class Meta:
        model = ServiceCentre
        fields = [
            "slug",
            "name",
            "kind",
            "agency",
            "street",
            "address",
            "hours",
            "phone",
            "transport",
            "facilities",
            "certainty",
            "windows",
            "url",
        ]

    def get_url(self, centre: ServiceCentre) -> str:
        return absolute("place", centre.slug)


def themes() -> QuerySet[Theme]:
    """All themes and stages, each with its number of matters in force."""
    in_force = Q(versions__status=VersionStatus.PUBLISHED) & ~Q(
        versions__matter__status=MatterStatus.WITHDRAWN
    )
    return Theme.objects.annotate(matters=Count("versions", filter=in_force)).order_by(
        "kind", "position"
    )


def agencies() -> QuerySet[Agency]:
    """All bodies, each with the number of matters it decides."""
    decided = (
        MatterVersion.objects.public()
        .filter(agency=OuterRef("pk"))
        .order_by()
        .values("agency")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Agency.objects.annotate(matters=Coalesce(Subquery(decided), 0))
        .select_related("parent")
        .order_by("sort_key", "slug")
    )


def centres() -> QuerySet[ServiceCentre]:
    """All halls with their windows."""
    return ServiceCentre.objects.select_related("agency", "street").prefetch_related(
        "windows__agencies"
    )


#: name of a coded field → its code list
CODE_LISTS = {
    "type": codes.ItemType,
    "status": MatterStatus,
    "audience": codes.ServiceObject,
    "handling_type": codes.HandlingType,
    "time_unit": codes.TimeUnit,
    "clock_starts": codes.ClockStart,
    "item_kind": codes.ItemKind,
    "necessity": codes.Necessity,
    "material_form": codes.MaterialForm,
    "material_source": codes.MaterialSource,
    "certainty": codes.Certainty,
    "theme_kind": codes.ThemeKind,
    "theme_audience": codes.ThemeAudience,
    "agency_kind": Agency.Kind,
    "centre_kind": ServiceCentre.Kind,
    "centre_facility": ServiceCentre.Facility,
    "window_kind": Window.Kind,
}


class CodeSerializer(serializers.Serializer):
    """One value of a code list."""

    code = serializers.CharField(label="代码")
    label = serializers.CharField(label="文字")


class CodeListSerializer(serializers.Serializer):
    """One code list."""

    name = serializers.CharField(label="名称")
    codes = CodeSerializer(many=True, label="代码")


def code_lists() -> list[dict]:
    """Every code list with its words."""
    return [
        {
            "name": name,
            "codes": [{"code": code, "label": str(label)} for code, label in choices.choices],
        }
        for name, choices in CODE_LISTS.items()
    ]
