"""找错记录 in the admin: read, answer, close; the report itself cannot be changed."""

from django.contrib import admin

from common.masking import mask_phone
from pages.models import ErrorReport


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    """Reports come from the public form only."""

    list_display = ("number", "kind", "page_path", "status", "created_at")
    list_filter = ("status", "kind")
    search_fields = ("number", "what", "page_path")
    readonly_fields = ("number", "created_at", "kind", "page_path", "what", "contact", "masked")
    actions = ("clear_contact",)

    def get_fields(self, request, obj=None) -> tuple[str, ...]:
        """Only who answers the report sees how to reach its author."""
        contact = "contact" if self.has_change_permission(request, obj) else "masked"
        return "number", "created_at", "kind", "page_path", "what", contact, "status", "answer"

    @admin.display(description="联系方式")
    def masked(self, report: ErrorReport) -> str:
        return mask_phone(report.contact)

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description="清除联系方式（已回复的）", permissions=("change",))
    def clear_contact(self, request, queryset) -> None:
        done = queryset.exclude(status=ErrorReport.Status.NEW).update(contact="")
        self.message_user(request, f"已清除 {done} 条的联系方式；待处理的没有清除。")
