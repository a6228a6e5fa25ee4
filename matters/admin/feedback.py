"""指南评价: read only, nobody edits what a reader said."""

from django.contrib import admin

from accounts.admin.readonly import ReadOnlyAdmin
from matters.models import GuideFeedback


@admin.register(GuideFeedback)
class GuideFeedbackAdmin(ReadOnlyAdmin):
    """Answers to “这份指南有用吗？”."""

    list_display = ["matter", "useful", "comment", "version_number", "created_at"]
    list_filter = ["useful", "created_at"]
    list_select_related = ["matter"]
    search_fields = ["matter__name", "comment"]
