"""Addresses of the guide pages."""

from django.urls import path

from matters.views import feedback, guide, selfcheck, shortlink

urlpatterns = [
    path("item/<int:seq>/", guide.guide, name="guide"),
    path("item/<int:seq>/check/", selfcheck.check, name="check"),
    path("item/<int:seq>/materials/", selfcheck.materials, name="materials"),
    path("item/<int:seq>/history/", guide.history, name="history"),
    path("item/<int:seq>/feedback/", feedback.guide_feedback, name="guide_feedback"),
    path("p/<str:code>/", shortlink.open_link, name="short_link"),
]
