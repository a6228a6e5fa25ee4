"""使用帮助 in the admin."""

from django.contrib import admin

from pages.models import HelpPage


@admin.register(HelpPage)
class HelpPageAdmin(admin.ModelAdmin):
    """Order decides the list of the help page."""

    list_display = ("title", "slug", "order", "updated_on")
    search_fields = ("title", "body")
    readonly_fields = ("updated_on",)
