"""搜索条目: derived by publishing, shown for checking."""

from django.contrib import admin

from matters.models import SearchEntry


@admin.register(SearchEntry)
class SearchEntryAdmin(admin.ModelAdmin):
    """What the search knows."""

    list_display = ["title", "kind", "reference", "aliases"]
    list_filter = ["kind"]
    search_fields = ["title", "body"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
