"""Addresses of the list pages, the search and the licence catalogue."""

from django.urls import URLPattern, path

from matters.views import agencies, catalogue, lists, places, public_lists, search

urlpatterns: list[URLPattern] = [
    path("geren/", lists.person, name="person"),
    path("faren/", lists.organisation, name="organisation"),
    path("theme/<slug:slug>/", lists.theme, name="theme"),
    path("stage/<slug:slug>/", lists.stage, name="stage"),
    path("dept/", agencies.agencies, name="agencies"),
    path("dept/<slug:slug>/", agencies.agency, name="agency"),
    path("catalog/", catalogue.catalogue, name="catalogue"),
    path("catalog/download.csv", catalogue.catalogue_csv, name="catalogue_csv"),
    path("catalog/download.xlsx", catalogue.catalogue_xlsx, name="catalogue_xlsx"),
    path("lists/", public_lists.public_lists, name="public_lists"),
    path("lists/<slug:slug>/", public_lists.public_list, name="public_list"),
    path("places/", places.places, name="places"),
    path("places/<slug:slug>/", places.place, name="place"),
    path("places/<slug:slug>/matters/", places.place_matters, name="place_matters"),
    path("s/", search.search_page, name="search"),
]
