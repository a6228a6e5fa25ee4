"""Addresses of the list pages, the search and the licence catalogue."""

from django.urls import URLPattern, path

from matters.views import agencies, catalogue, lists, search

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
    path("s/", search.search_page, name="search"),
]
