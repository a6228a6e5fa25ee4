"""基本目录."""

from django.contrib import admin

from matters.models import BaseItem


@admin.register(BaseItem)
class BaseItemAdmin(admin.ModelAdmin):
    """Codes of the base catalogue."""

    list_display = ["code", "name", "item_type", "national_department", "code_is_provisional"]
    list_filter = ["code_is_provisional", "item_type", "national_department"]
    search_fields = ["code", "name"]
    raw_id_fields = ["parent"]
