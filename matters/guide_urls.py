"""Addresses of the guide pages."""

from django.urls import path

from matters.views import editions, feedback, guide, samples, selfcheck, shortlink

urlpatterns = [
    path("item/<int:seq>/", guide.guide, name="guide"),
    path("item/<int:seq>/check/", selfcheck.check, name="check"),
    path("item/<int:seq>/materials/", selfcheck.materials, name="materials"),
    path("item/<int:seq>/sample/", samples.sample, name="sample"),
    path("item/<int:seq>/sample/download.pdf", samples.sample_pdf, name="sample_pdf"),
    path("item/<int:seq>/sample/<slug:key>/", samples.sample_page, name="sample_page"),
    path("item/<int:seq>/history/", guide.history, name="history"),
    path("item/<int:seq>/history/<int:number>/", editions.former_edition, name="former_edition"),
    path("item/<int:seq>/feedback/", feedback.guide_feedback, name="guide_feedback"),
    path("p/<str:code>/", shortlink.open_link, name="short_link"),
]
