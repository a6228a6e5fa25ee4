"""Agencies in the admin."""

from django.contrib import admin

from common.sortkeys import sort_key
from organisations.models import Agency


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    """机构"""

    list_display = ["short_name", "kind", "in_catalogue", "consultation_phone", "certainty"]
    list_filter = ["kind", "in_catalogue", "certainty"]
    search_fields = ["name", "short_name", "slug"]
    autocomplete_fields = ["parent", "street"]
    readonly_fields = ["sort_key"]

    def save_model(self, request, obj, form, change):
        """Keep the sort key true to the name."""
        obj.sort_key = sort_key(obj.short_name)
        super().save_model(request, obj, form, change)
