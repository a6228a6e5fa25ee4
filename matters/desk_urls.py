"""Addresses of the editing desk."""

from django.urls import path

from matters.views.desk import deeds, findings, matter, review, samples, section, version, waiting

DESK = "desk/matters/"
VERSION = f"{DESK}version/<int:pk>/"
EDIT = f"{VERSION}edit/<slug:key>/"
urlpatterns = [
    path(DESK, waiting.waiting, name="desk_waiting"),
    path(f"{DESK}all/", matter.matters, name="desk_list"),
    path(f"{DESK}findings/", findings.findings, name="desk_findings"),
    path(f"{DESK}samples/", samples.overview, name="desk_samples"),
    path(f"{DESK}samples/<int:seq>/", samples.dossier, name="desk_sample"),
    path(f"{DESK}samples/<int:seq>/do/<slug:event>/", samples.deed, name="desk_sample_deed"),
    path(f"{DESK}samples/<int:seq>/<slug:key>/", samples.sheet, name="desk_sample_sheet"),
    path(f"{DESK}<int:seq>/", matter.matter, name="desk_matter"),
    path(f"{DESK}<int:seq>/prepare/", deeds.prepare, name="desk_prepare"),
    path(f"{DESK}<int:seq>/do/<slug:event>/", deeds.matter_deed, name="desk_matter_deed"),
    path(f"{VERSION}preview/", version.preview, name="desk_preview"),
    path(f"{VERSION}diff/", review.diff, name="desk_diff"),
    path(f"{VERSION}comment/", review.comment, name="desk_comment"),
    path(f"{VERSION}do/<slug:event>/", deeds.version_deed, name="desk_deed"),
    path(f"{DESK}comment/<int:pk>/resolve/", review.resolve, name="desk_resolve"),
    path(EDIT, section.section, name="desk_section"),
    path(f"{EDIT}new/", section.element, name="desk_element_new"),
    path(f"{EDIT}<int:element_id>/", section.element, name="desk_element"),
    path(f"{EDIT}<int:element_id>/arrange/", section.arrange_elements, name="desk_arrange"),
]
