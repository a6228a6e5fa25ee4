"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hedong_portal.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - loads every view now, not while a reader waits

from hedong_portal.pagecache.front import in_front_of  # noqa: E402 - needs the settings

application = in_front_of(application)
