"""Mounts each app once."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("pages.urls")),
    path("", include("matters.urls")),
    path("", include("organisations.urls")),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
