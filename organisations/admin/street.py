"""Streets in the admin."""

from django.contrib import admin

from organisations.models import Street


@admin.register(Street)
class StreetAdmin(admin.ModelAdmin):
    """街道"""

    list_display = ["code", "name", "is_enclave", "lies_in", "certainty"]
    search_fields = ["code", "name"]
