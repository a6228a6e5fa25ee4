"""证明事项."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from matters.models import ProofItem


@admin.register(ProofItem)
class ProofItemAdmin(admin.ModelAdmin):
    """The list of certificates that may be demanded; an edited row no longer follows the guides."""

    list_display = ["name", "matter", "demanded_by", "issued_by", "basis", "certainty", "derived"]
    list_filter = ["certainty", "derived", "source"]
    list_select_related = ["matter", "demanded_by"]
    search_fields = ["name", "matter__name", "issued_by"]
    raw_id_fields = ["matter", "demanded_by"]
    exclude = ["derived"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.derived = False
        super().save_model(request, obj, form, change)
