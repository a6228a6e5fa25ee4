"""The log of account changes in the admin."""

from django.contrib import admin

from accounts.admin.readonly import ReadOnlyAdmin
from accounts.models import AccountEvent


@admin.register(AccountEvent)
class AccountEventAdmin(ReadOnlyAdmin):
    """账户变更记录"""

    list_display = ["at", "user", "kind", "detail", "by"]
    list_filter = ["kind"]
    list_select_related = ["user", "by"]
    search_fields = ["user__username", "user__display_name"]
    date_hierarchy = "at"
