"""Addresses of the guide pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
