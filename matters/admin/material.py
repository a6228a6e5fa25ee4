"""申请材料."""

from django.contrib import admin

from matters.admin.frozen import FrozenAdmin, FrozenInline
from matters.models import Material, MaterialUse


class MaterialUseInline(FrozenInline):
    """Which business items need it."""

    model = MaterialUse
    raw_id_fields = ["item"]


@admin.register(Material)
class MaterialAdmin(FrozenAdmin):
    """Lines of the material lists."""

    list_display = ["name", "version", "necessity", "form", "copies", "source", "e_licence"]
    list_filter = ["necessity", "form", "source", "has_blank_form"]
    list_select_related = ["version"]
    search_fields = ["name", "key", "version__name"]
    raw_id_fields = ["version", "paper"]
    inlines = [MaterialUseInline]
