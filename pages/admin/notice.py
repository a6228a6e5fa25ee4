"""通知公告 in the admin."""

from django.contrib import admin

from pages.models import Notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """A notice shows from its day on."""

    list_display = ("title", "kind", "source", "published_on")
    list_filter = ("kind",)
    search_fields = ("title", "body")
    date_hierarchy = "published_on"
