"""事项版本: everything of one edition on one page, read-only once published."""

from django.contrib import admin

from matters.admin.frozen import FrozenAdmin, FrozenInline
from matters.models import (
    BusinessItem,
    Condition,
    Faq,
    Fee,
    JointAgency,
    LegalBasis,
    MatterVersion,
    Result,
    Step,
    VersionTheme,
)
from matters.models.elements import (
    ClockElements,
    ContactElements,
    IdentityElements,
    LicensingElements,
    RemedyElements,
    ServiceElements,
)

GROUPS = (
    ("基本信息", IdentityElements),
    ("时限", ClockElements),
    ("服务方式", ServiceElements),
    ("地点与联系", ContactElements),
    ("行政许可要素", LicensingElements),
    ("权利与救济", RemedyElements),
)


def inline(part: type, **extra) -> type[FrozenInline]:
    """Inline class for one part of a version."""
    return type(f"{part.__name__}Inline", (FrozenInline,), {"model": part, **extra})


def fieldsets() -> list:
    """One group per element table, so that a new element appears without touching this file."""
    head = ["matter", "number", "status", "agency", "supervisor", "centre", "window"]
    life = ["effective_on", "retire_on", "published_at", "published_by", "superseded_at"]
    other = ["keywords", "mistakes", "related_seqs"]
    doubt = ["overall_certainty", "certainty", "estimated_fields", "source_digest"]
    return [
        (None, {"fields": head}),
        *((title, {"fields": [f.name for f in group._meta.fields]}) for title, group in GROUPS),
        ("检索与相关", {"fields": other}),
        ("生效与发布", {"fields": life}),
        ("可靠程度", {"fields": doubt}),
    ]


@admin.register(MatterVersion)
class MatterVersionAdmin(FrozenAdmin):
    """Versions; status, number and publication are set by services only."""

    list_display = ["name", "number", "status", "agency", "promised_value", "published_at"]
    list_filter = [
        "status",
        ("agency", admin.RelatedOnlyFieldListFilter),
        "handling_type",
        "online",
        "overall_certainty",
    ]
    list_select_related = ["agency"]
    search_fields = ["name", "matter__seq", "implementation_code"]
    readonly_fields = [
        "matter",
        "number",
        "status",
        "published_at",
        "published_by",
        "superseded_at",
        "source_digest",
    ]
    fieldsets = fieldsets()
    inlines = [
        inline(BusinessItem),
        inline(Condition),
        inline(Step),
        inline(Fee),
        inline(Result),
        inline(Faq),
        inline(LegalBasis),
        inline(VersionTheme),
        inline(JointAgency),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("snapshot")

    def has_add_permission(self, request) -> bool:
        """Versions come from the loader or from “new version”, never from an empty form."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """A draft is discarded at the desk, with a reason, and stays in the history."""
        return False
