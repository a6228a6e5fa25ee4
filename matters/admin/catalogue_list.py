"""清单."""

from django.contrib import admin

from matters.models import CatalogueList, CatalogueListing


@admin.register(CatalogueList)
class CatalogueListAdmin(admin.ModelAdmin):
    """Published lists."""

    list_display = ["name", "slug", "source", "certainty"]
    search_fields = ["name"]


@admin.register(CatalogueListing)
class CatalogueListingAdmin(admin.ModelAdmin):
    """Which matter stands on which list."""

    list_display = ["matter", "catalogue_list", "note"]
    list_filter = ["catalogue_list"]
    list_select_related = ["matter", "catalogue_list"]
    search_fields = ["matter__name", "note"]
    raw_id_fields = ["matter"]
