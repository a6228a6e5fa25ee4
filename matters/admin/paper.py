"""标准材料."""

from django.contrib import admin

from matters.models import Paper


@admin.register(Paper)
class PaperAdmin(admin.ModelAdmin):
    """Canonical papers, the ground on which bundles merge."""

    list_display = ["name", "key", "e_licence", "issuer", "note"]
    search_fields = ["name", "key", "e_licence"]
    filter_horizontal = ["alternatives"]
