"""Mounts each app once."""

from django.contrib import admin
from django.urls import include, path

from accounts.api import urls as account_api
from hedong_portal import health
from matters.api import urls as matter_api

API = [*matter_api.urlpatterns, *account_api.urlpatterns]

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("api/v1/", include((API, "api"))),
    path("", include("pages.urls")),
    path("", include("matters.urls")),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "pages.views.errors.bad_request"
handler403 = "pages.views.errors.permission_denied"
handler404 = "pages.views.errors.not_found"
handler500 = "pages.views.errors.server_error"
