"""找错记录 in the admin: read, answer, close; the report itself cannot be changed."""

from django.contrib import admin

from pages.models import ErrorReport


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    """Reports come from the public form only."""

    list_display = ("number", "kind", "page_path", "status", "created_at")
    list_filter = ("status", "kind")
    search_fields = ("number", "what", "page_path")
    fields = ("number", "created_at", "kind", "page_path", "what", "contact", "status", "answer")
    readonly_fields = ("number", "created_at", "kind", "page_path", "what", "contact")
    actions = ("clear_contact",)

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description="清除联系方式（已回复的）", permissions=("change",))
    def clear_contact(self, request, queryset) -> None:
        done = queryset.exclude(status=ErrorReport.Status.NEW).update(contact="")
        self.message_user(request, f"已清除 {done} 条的联系方式；待处理的没有清除。")
