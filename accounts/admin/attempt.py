"""The login log in the admin."""

from django.contrib import admin

from accounts.admin.readonly import ReadOnlyAdmin
from accounts.models import LoginAttempt


@admin.register(LoginAttempt)
class LoginAttemptAdmin(ReadOnlyAdmin):
    """登录记录"""

    list_display = ["at", "user", "outcome", "ip", "mark"]
    list_filter = ["outcome"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__display_name", "ip"]
    date_hierarchy = "at"
