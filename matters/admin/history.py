"""Moves, changes, remarks, findings, take-overs: read here, written by services alone."""

from django.contrib import admin

from accounts.admin.readonly import ReadOnlyAdmin
from matters.models import (
    CatalogueFinding,
    ElementChange,
    MatterMove,
    TakeOver,
    VersionComment,
    VersionMove,
)


@admin.register(VersionMove)
class VersionMoveAdmin(ReadOnlyAdmin):
    """Who moved which version, when and why."""

    list_display = ["at", "version", "event", "from_status", "to_status", "by", "reason"]
    list_filter = ["event", "at"]
    list_select_related = ["version", "by"]
    search_fields = ["version__name", "reason", "by__display_name"]


@admin.register(MatterMove)
class MatterMoveAdmin(ReadOnlyAdmin):
    """Pauses, returns, withdrawals."""

    list_display = ["at", "matter", "event", "from_status", "to_status", "on", "by", "reason"]
    list_filter = ["event", "at"]
    list_select_related = ["matter", "by"]
    search_fields = ["matter__name", "reason"]


@admin.register(ElementChange)
class ElementChangeAdmin(ReadOnlyAdmin):
    """Who changed which element, before and after."""

    list_display = ["at", "version", "element", "by"]
    list_select_related = ["version", "by"]
    search_fields = ["version__name", "element", "by__display_name"]


@admin.register(VersionComment)
class VersionCommentAdmin(ReadOnlyAdmin):
    """Remarks of reviewers and editors."""

    list_display = ["at", "version", "part", "text", "by", "resolved_at"]
    list_select_related = ["version", "by"]
    search_fields = ["version__name", "text"]


@admin.register(CatalogueFinding)
class CatalogueFindingAdmin(ReadOnlyAdmin):
    """What the nightly check found."""

    list_display = ["matter", "agency", "severity", "code", "message", "first_seen_at"]
    list_filter = ["severity", "code", ("agency", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["matter", "agency"]
    search_fields = ["matter__name", "message"]


@admin.register(TakeOver)
class TakeOverAdmin(ReadOnlyAdmin):
    """Matters offered to agencies."""

    list_display = ["name", "agency", "origin", "received_on", "due_on", "claimed_at", "claimed_by"]
    list_filter = ["origin", ("agency", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agency", "claimed_by"]
    search_fields = ["name", "document"]
