"""搜索条目: derived by publishing, shown for checking."""

from django.contrib import admin

from accounts.admin.readonly import ReadOnlyAdmin
from matters.models import SearchEntry


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    """What the search knows."""

    list_display = ["title", "kind", "reference", "aliases"]
    list_filter = ["kind"]
    search_fields = ["title", "body"]
