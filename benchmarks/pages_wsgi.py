"""What `benchmarks/pages.py` measures beside the portal itself, as WSGI applications.

hello   the least a Python answer can cost on this web server
miss    the portal whose pages are all out of date: each answer is a first view after a publish
naive   the guide as a competent developer writes it first: rows by prefetch, then the template
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hedong_portal.settings")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 - after the set-up
from django.contrib.auth.decorators import login_not_required  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

from hedong_portal import urls  # noqa: E402
from hedong_portal.pagecache.front import PageCache, in_front_of  # noqa: E402
from matters import snapshot  # noqa: E402
from matters.models import MatterVersion  # noqa: E402
from matters.presenting import article  # noqa: E402
from matters.services.checking import whole  # noqa: E402
from matters.views.breadcrumbs import guide_crumbs  # noqa: E402

portal = in_front_of(django)


def hello(environ, start_response):
    """Thirteen bytes."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "13")])
    return [b"Hello, world\n"]


def miss(environ, start_response):
    """Forget everything, then answer."""
    assert isinstance(portal, PageCache)  # noqa: S101 - PAGE_CACHE=0 would measure something else
    portal.versions.forget()
    return portal(environ, start_response)


@login_not_required
def naive_guide(request, seq):
    """All parts by `select_related` and `prefetch_related`; the portal's own templates."""
    found = MatterVersion.objects.published().get(matter__seq=seq)
    version = whole([found.pk]).get()
    guide = snapshot.build(version) | {"published_on": version.published_at.date().isoformat()}
    frame = article.Frame.of(version, guide["related"])
    context = article.context(guide, guide["items"][0], frame)
    return render(request, "matters/guide.html", context | {"crumbs": guide_crumbs(guide)})


urlpatterns = [path("naive/item/<int:seq>/", naive_guide), *urls.urlpatterns]


def naive(environ, start_response):
    """The portal without page cache, with one more address."""
    settings.ROOT_URLCONF = __name__
    return django(environ, start_response)
