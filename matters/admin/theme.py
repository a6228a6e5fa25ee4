"""主题与生命周期."""

from django.contrib import admin

from matters.models import Theme


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    """Ways in."""

    list_display = ["name", "kind", "audience", "position", "icon", "slug"]
    list_filter = ["kind", "audience"]
    search_fields = ["name", "slug"]
