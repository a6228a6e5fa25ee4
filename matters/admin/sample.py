"""样板卷: edited here as plain text, submitted, and published by somebody else."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from accounts.roles import Role
from common.clock import now
from common.errors import Refused
from matters.models import SampleDossier, SampleNote, SamplePage
from matters.models.sample import SampleStatus
from matters.services import samples


class SampleNoteInline(admin.TabularInline):
    model = SampleNote
    extra = 1


class SamplePageInline(admin.TabularInline):
    model = SamplePage
    fields = ["position", "name", "layout"]
    readonly_fields = ["name", "layout"]
    extra = 0
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SampleDossier)
class SampleDossierAdmin(admin.ModelAdmin):
    """Dossiers with the moves 提交, 发布 and 退回 as actions."""

    list_display = ["title", "status", "derived", "edited_by", "published_at", "page_link"]
    list_filter = ["status", "derived"]
    list_select_related = ["edited_by", "matter"]
    search_fields = ["title"]
    fields = ["matter", "title", "video_url", "suffix", "answers", "status", "certainty"]
    readonly_fields = ["matter", "suffix", "answers", "status", "certainty"]
    inlines = [SamplePageInline]
    actions = ["submit", "publish", "send_back"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # made from the guides by `manage.py make_samples`

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SampleDossier]:
        return super().get_queryset(request).defer("snapshot")

    @admin.display(description="公开页面")
    def page_link(self, row: SampleDossier) -> str:
        return format_html(
            '<a href="{}">查看</a>', reverse("matters:sample", args=[row.matter.seq])
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        samples.note_edit(dossier_id=obj.pk, by=request.user)

    @admin.action(description="提交审核", permissions=["change"])
    def submit(self, request: HttpRequest, queryset: QuerySet[SampleDossier]) -> None:
        self._each(request, queryset, samples.submit_sample, "已提交")

    @admin.action(description="审核通过并发布", permissions=["view"])
    def publish(self, request: HttpRequest, queryset: QuerySet[SampleDossier]) -> None:
        if not request.user.has_role(Role.CATALOGUE_REVIEWER):
            self.message_user(request, "发布样板卷请联系目录审核人员。", messages.ERROR)
            return
        self._each(request, queryset, samples.publish_sample, "已发布", moment=now())

    @admin.action(description="退回修改", permissions=["view"])
    def send_back(self, request: HttpRequest, queryset: QuerySet[SampleDossier]) -> None:
        if not request.user.has_role(Role.CATALOGUE_REVIEWER):
            self.message_user(request, "退回样板卷请联系目录审核人员。", messages.ERROR)
            return
        self._each(request, queryset, samples.return_sample, "已退回")

    def _each(
        self, request: HttpRequest, rows: QuerySet[SampleDossier], move: Any, done: str, **more: Any
    ) -> None:
        """Move every chosen dossier; what is refused says why, the others go on."""
        for row in rows:
            try:
                move(dossier_id=row.pk, by=request.user, **more)
            except Refused as refusal:
                self.message_user(request, refusal.message, messages.ERROR)
            else:
                self.message_user(request, f"“{row}”{done}。")


@admin.register(SamplePage)
class SamplePageAdmin(admin.ModelAdmin):
    """One sheet as text, its call-outs as rows."""

    list_display = ["name", "dossier", "layout"]
    list_filter = ["layout"]
    list_select_related = ["dossier"]
    search_fields = ["name", "dossier__title"]
    fields = ["dossier", "position", "key", "name", "layout", "body"]
    readonly_fields = ["dossier", "key", "name"]
    inlines = [SampleNoteInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        samples.note_edit(dossier_id=form.instance.dossier_id, by=request.user)

    def response_change(self, request: HttpRequest, obj: SamplePage) -> Any:
        if obj.dossier.status == SampleStatus.DRAFT and "_continue" not in request.POST:
            self.message_user(request, "已保存为草稿，公开页面不变。请在样板卷列表里提交审核。")
            return redirect("admin:matters_sampledossier_changelist")
        return super().response_change(request, obj)
