"""Windows in the admin."""

from django.contrib import admin

from organisations.models import Window


@admin.register(Window)
class WindowAdmin(admin.ModelAdmin):
    """窗口"""

    list_display = ["name", "centre", "number", "kind", "is_demonstration"]
    list_filter = ["centre", "kind", "is_demonstration"]
    list_select_related = ["centre"]
    search_fields = ["name", "number", "centre__name"]
    autocomplete_fields = ["centre", "agencies"]
