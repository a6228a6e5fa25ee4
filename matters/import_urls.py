"""Addresses of import and export at the desk."""

from django.urls import path

from matters.views import imports

urlpatterns = [
    path("desk/import/", imports.imports, name="imports"),
    path("desk/import/<int:pk>/", imports.job, name="import_job"),
    path("desk/import/<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("desk/import/<int:pk>/cancel/", imports.cancel, name="import_cancel"),
    path("desk/import/<int:pk>/errors/", imports.errors, name="import_errors"),
    path("desk/import/files/<slug:name>/", imports.file, name="import_file"),
]
