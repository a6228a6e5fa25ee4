"""One kept page in the forms it is asked for, and the bounded shelf that holds pages."""

import gzip
import threading
import time
from collections.abc import Callable, Iterable
from hashlib import blake2b

import brotli

from hedong_portal.pagecache.versions import Versions

Headers = list[tuple[str, str]]
Start = Callable[..., object]
#: what a page costs beside its bytes: headers, dictionary entries, objects
OVERHEAD = 2048
#: smaller answers gain nothing from compression
LEAST_COMPRESSED = 512
COMPRESSIBLE = ("text/", "application/xml", "application/json", "image/svg+xml")
#: RFC 9110 §15.4.5: a 304 repeats what may have changed and nothing that describes the body
REPEATED = {"cache-control", "etag", "vary"}
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


class Form:
    """A page in one encoding: everything a request for it is answered with."""

    __slots__ = ("body", "etag", "headers", "unchanged")

    def __init__(self, headers: Headers, body: bytes, etag: str):
        self.etag = etag
        self.headers = [*headers, ("Content-Length", str(len(body))), ("ETag", etag)]
        self.unchanged = [pair for pair in self.headers if pair[0].lower() in REPEATED]
        self.body = [body]


class Page:
    """One answer of Django as it was made from one state of the catalogue.

    `versions`: version of everything and pairs (place, version) it was made from; `expires`: the
    moment (seconds since 1970) from which it is made anew in any case.
    """

    __slots__ = (
        "_body",
        "_digest",
        "_everything",
        "_expires",
        "_forms",
        "_headers",
        "_parts",
        "used",
    )

    def __init__(
        self,
        headers: Headers,
        body: bytes,
        *,
        everything: int,
        parts: tuple[tuple[int, int], ...],
        expires: float,
    ):
        self._headers, self._body = headers, body
        self._everything, self._parts, self._expires = everything, parts, expires
        self._digest = blake2b(body, digest_size=12).hexdigest()
        self._forms: dict[str, Form] = {}
        self.used = False

    def is_current(self, versions: Versions) -> bool:
        """Whether nothing it shows has changed since it was made."""
        if self._everything != versions.everything() or time.time() >= self._expires:
            return False
        for place, version in self._parts:  # noqa: SIM110 - a generator takes longer than all this
            if versions.at(place) != version:
                return False
        return True

    def size(self) -> int:
        """Bytes it takes, with room for its compressed forms."""
        return len(self._body) * 3 // 2 + OVERHEAD

    def answer(self, environ: dict, start_response: Start, encoding: str) -> Iterable[bytes]:
        """Answer a GET or HEAD; 304 when the reader already has this very page."""
        form = self._forms.get(encoding) or self._make(encoding)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and self._is_known(known, form):
            start_response("304 Not Modified", form.unchanged)
            return []
        start_response("200 OK", form.headers)
        return form.body if environ["REQUEST_METHOD"] == "GET" else []

    def _is_known(self, known: str, form: Form) -> bool:
        """Weak comparison (RFC 9110 §13.1.2); any form of the same page will do."""
        if known == form.etag:
            return True
        tags = (tag.strip().removeprefix("W/") for tag in known.split(","))
        mine = {"*", *(_etag(self._digest, encoding) for encoding in ("", *COMPRESS))}
        return any(tag in mine for tag in tags)

    def _make(self, encoding: str) -> Form:
        """The form for `encoding`, made once; the plain one where compression gains nothing."""
        compress = COMPRESS.get(encoding)
        if compress is None or not self._is_compressible():
            form = Form(self._headers, self._body, _etag(self._digest, ""))
        else:
            headers = [*self._headers, ("Content-Encoding", encoding)]
            form = Form(headers, compress(self._body), _etag(self._digest, encoding))
        self._forms[encoding] = form
        return form

    def _is_compressible(self) -> bool:
        kind = next((value for name, value in self._headers if name.lower() == "content-type"), "")
        return len(self._body) >= LEAST_COMPRESSED and kind.startswith(COMPRESSIBLE)


def _etag(digest: str, encoding: str) -> str:
    return f'"{digest}-{encoding}"' if encoding else f'"{digest}"'


class Shelf:
    """At most `limit` bytes of pages; those not asked for lately leave first (second chance).

    Reading takes no lock. Two threads may make the same page at once; the later one stays.
    """

    def __init__(self, limit: int):
        self.limit, self.size = limit, 0
        self._pages: dict[tuple, Page] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: tuple) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            page.used = True
        return page

    def put(self, key: tuple, page: Page) -> None:
        """Keep a page, unless it alone would take a quarter of the shelf."""
        if page.size() > self.limit // 4:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.size += page.size()
            while self.size > self.limit:
                self._make_room()

    def _make_room(self) -> None:
        """Drop the page that came first; one asked for since then gets another round."""
        key = next(iter(self._pages))
        page = self._pages[key]
        self._drop(key)
        if page.used:
            page.used = False
            self._pages[key] = page
            self.size += page.size()

    def _drop(self, key: tuple) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.size -= page.size()
