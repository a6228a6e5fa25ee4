"""业务办理项."""

from django.contrib import admin

from matters.admin.frozen import FrozenAdmin
from matters.models import BusinessItem


@admin.register(BusinessItem)
class BusinessItemAdmin(FrozenAdmin):
    """Business items with their two limits."""

    list_display = [
        "name",
        "version",
        "kind",
        "statutory_value",
        "promised_value",
        "statutory_unit",
        "clock_starts",
        "stage",
    ]
    list_filter = ["kind", "statutory_unit", "clock_starts", "instant"]
    list_select_related = ["version"]
    search_fields = ["name", "version__name"]
    raw_id_fields = ["version"]
