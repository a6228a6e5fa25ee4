"""Addresses of the catalogue: stable, readable, by `seq` and slug (design decisions, URLs)."""

from matters import desk_urls, guide_urls, import_urls, list_urls

app_name = "matters"
urlpatterns = [
    *guide_urls.urlpatterns,
    *list_urls.urlpatterns,
    *import_urls.urlpatterns,
    *desk_urls.urlpatterns,
]
