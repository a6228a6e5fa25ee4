"""Addresses about tokens, mounted under /api/v1/."""

from django.urls import path

from accounts.api.views import Description, OwnToken

urlpatterns = [
    path("token/", OwnToken.as_view(), name="token"),
    path("openapi.json", Description.as_view(), name="description"),
]
