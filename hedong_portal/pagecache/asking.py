"""Which requests may be answered from memory, and under which key.

Runs before Django for every request, so each question about a header is answered once and
remembered. When in doubt the answer is None: Django decides.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host

from accounts.clientip import comes_from_proxy
from pages import display

#: path, query string and reading modes: what a page depends on besides the database
Key = tuple[str, str, str]
#: a request with one of these headers gets an answer of its own
PERSONAL = ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST")
LONGEST = 1024


class Memo(dict):
    """Answers of a function of one text, remembered; all forgotten when they grow too many."""

    def __init__(self, function: Callable[[Any], Any], most: int = 1024):
        super().__init__()
        self.function, self.most = function, most

    def __missing__(self, text: str | None) -> Any:
        value = self.function(text)
        if text is None or len(text) <= LONGEST:  # whoever sends long ones gets no memory of ours
            if len(self) >= self.most:
                self.clear()
            self[text] = value
        return value


class Asking:
    """Reads requests by the settings as they are when it is made."""

    def __init__(self) -> None:
        self._modes = Memo(modes_of)
        self._hosts = Memo(is_own_host)
        self._proxies = Memo(is_proxy)
        self._encodings = Memo(best_encoding)

    def key(self, environ: dict) -> Key | None:
        """Where the answer would lie, or None for a request that is Django's alone."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        modes = self._modes[environ.get("HTTP_COOKIE")]
        if modes is None or not self._hosts[environ.get("HTTP_HOST")]:
            return None
        if any(name in environ for name in PERSONAL) or not self._is_safe_way(environ):
            return None
        return (environ["PATH_INFO"], environ.get("QUERY_STRING", ""), modes)

    def encoding(self, environ: dict) -> str:
        """The encoding to answer in: br, gzip or "" for none."""
        return self._encodings[environ.get("HTTP_ACCEPT_ENCODING")]

    def _is_safe_way(self, environ: dict) -> bool:
        """On an https site a request over http is redirected, which is Django's business."""
        if not settings.IS_HTTPS or environ.get("wsgi.url_scheme") == "https":
            return True
        said = environ.get("HTTP_X_FORWARDED_PROTO") == "https"
        return said and self._proxies[environ.get("REMOTE_ADDR", "")]


def modes_of(header: str | None) -> str | None:
    """Reading modes in a Cookie header, as class names; None for a reader with a session."""
    cookies = parse_cookie(header or "")  # as Django reads them
    if settings.SESSION_COOKIE_NAME in cookies or CookieStorage.cookie_name in cookies:
        return None
    return display.of(cookies).classes


def is_own_host(header: str | None) -> bool:
    """As `HttpRequest.get_host` decides it: any other name is refused by Django."""
    if header is None:
        return False
    domain, _ = split_domain_port(header)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def is_proxy(address: str) -> bool:
    return comes_from_proxy(SimpleNamespace(META={"REMOTE_ADDR": address}))


def best_encoding(header: str | None) -> str:
    """The smallest form the reader takes (RFC 9110 §12.5.3): br, gzip or ""."""
    offered = dict(_weighted(part) for part in (header or "").split(","))
    return next((name for name in ("br", "gzip") if offered.get(name, 0.0) > 0), "")


def _weighted(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    weight = parameter.partition("=")[2].strip()
    try:
        return name.strip().lower(), float(weight) if weight else 1.0
    except ValueError:
        return name.strip().lower(), 0.0
