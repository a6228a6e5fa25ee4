"""URLs of the app."""

from django.urls import path

from pages.views import (
    api_docs,
    desk,
    display,
    feedback,
    gallery,
    home,
    notices,
    open_data,
    site,
    site_map,
)

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("desk/", desk.home, name="desk"),
    path("display/", display.set_display, name="display"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/<slug:slug>/", notices.notice, name="notice"),
    path("help/", notices.help_list, name="help"),
    path("help/<slug:slug>/", notices.help_page, name="help_page"),
    path("open-data/", open_data.page, name="open_data"),
    path("open-data/manifest.json", open_data.manifest, name="open_data_manifest"),
    path("open-data/<str:name>", open_data.file, name="open_data_file"),
    path("api/", api_docs.page, name="api_docs"),
    path("about/", site.about, name="about"),
    path("a11y/", site.accessibility, name="accessibility"),
    path("privacy/", site.privacy, name="privacy"),
    path("sitemap/", site_map.for_people, name="site_map"),
    path("sitemap.xml", site_map.for_machines, name="sitemap_xml"),
    path("robots.txt", site_map.robots, name="robots"),
    path("feedback/", feedback.report, name="feedback"),
    path("feedback/thanks/", feedback.thanks, name="feedback_thanks"),
    path("gallery/", gallery.gallery, name="gallery"),
]
