"""Addresses of the catalogue's interface, mounted under /api/v1/."""

from django.urls import path

from matters.api import draft_views, views

urlpatterns = [
    path("", views.Index.as_view(), name="index"),
    path("matters/", views.Matters.as_view(), name="matters"),
    path("matters/<int:seq>/", views.MatterGuide.as_view(), name="matter"),
    path("matters/<int:seq>/editions/", views.Editions.as_view(), name="editions"),
    path("matters/<int:seq>/editions/<int:number>/", views.Edition.as_view(), name="edition"),
    path("items/", views.Items.as_view(), name="items"),
    path("materials/", views.Materials.as_view(), name="materials"),
    path("themes/", views.Themes.as_view(), name="themes"),
    path("themes/<slug:slug>/", views.Theme.as_view(), name="theme"),
    path("agencies/", views.Agencies.as_view(), name="agencies"),
    path("agencies/<slug:slug>/", views.Agency.as_view(), name="agency"),
    path("centres/", views.Centres.as_view(), name="centres"),
    path("centres/<slug:slug>/", views.Centre.as_view(), name="centre"),
    path("codes/", views.Codes.as_view(), name="codes"),
    path("changes/", views.Changes.as_view(), name="changes"),
    path("drafts/", draft_views.Drafts.as_view(), name="drafts"),
    path("drafts/<int:seq>/", draft_views.Draft.as_view(), name="draft"),
    path(
        "drafts/<int:seq>/sections/<slug:key>/",
        draft_views.DraftSection.as_view(),
        name="draft_section",
    ),
    path("search/", views.Search.as_view(), name="search"),
]
