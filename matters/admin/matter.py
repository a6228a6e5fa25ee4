"""事项."""

from django.contrib import admin

from matters.models import CatalogueListing, Matter


class ListingInline(admin.TabularInline):
    """Lists the matter stands on."""

    model = CatalogueListing
    extra = 0


@admin.register(Matter)
class MatterAdmin(admin.ModelAdmin):
    """Matters; the status is switched by services, never by hand."""

    list_display = ["seq", "name", "kind", "status", "certainty", "named_in_report"]
    list_display_links = ["name"]
    list_filter = ["kind", "status", "certainty", "named_in_report"]
    search_fields = ["name", "seq", "base_item__code"]
    readonly_fields = ["seq", "status"]
    raw_id_fields = ["base_item"]
    inlines = [ListingInline]
