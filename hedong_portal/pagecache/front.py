"""The WSGI callable in front of Django: known pages from memory, everything else passed on."""

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings

from common import clock
from hedong_portal.pagecache.asking import Asking, Key
from hedong_portal.pagecache.news import Listener
from hedong_portal.pagecache.pages import Headers, Page, Shelf, Start
from hedong_portal.pagecache.routes import may_be_kept
from hedong_portal.pagecache.versions import LISTS, NAME, Versions, place_of

logger = logging.getLogger(__name__)
Application = Callable[[dict, Start], Iterable[bytes]]
#: larger answers go through as they come
LARGEST = 8 << 20
#: an answer that names one of these belongs to one reader or one moment
NOT_TO_KEEP = ("no-store", "private", "no-cache", "max-age")
#: written by the page itself for each of its forms, or meant for the page cache only
REPLACED = {"content-length", "vary", "surrogate-key", "etag"}
VARIES_BY = {"cookie", "accept-encoding"}
GUIDE = "guide-"


def in_front_of(application: Application) -> Application:
    """The application with its page cache, or as it is when the cache is off or impossible."""
    if not settings.PAGE_CACHE:
        return application
    try:
        versions = Versions(Path(settings.PORTAL_DATA_DIR) / NAME)
    except OSError as error:
        logger.warning("page cache off: %s cannot be used: %s", settings.PORTAL_DATA_DIR, error)
        return application
    return PageCache(application, versions, listener=Listener(versions))


class PageCache:
    """Answers what it knows; lets Django answer the rest and keeps what may be kept.

    Addresses with a query string have a shelf of their own, so that nobody can push the plain
    pages out by walking through filters.
    """

    def __init__(
        self, application: Application, versions: Versions, *, listener: Listener | None = None
    ):
        self.application, self.versions, self.listener = application, versions, listener
        self.asking = Asking()
        limit = settings.PAGE_CACHE_MEGABYTES << 20
        self.plain, self.queried = Shelf(limit * 3 // 4), Shelf(limit // 4)

    def __call__(self, environ: dict, start_response: Start) -> Iterable[bytes]:
        key = self.asking.key(environ)
        if key is None:
            return self.application(environ, start_response)
        shelf = self.queried if key[1] else self.plain
        page = shelf.get(key)
        if page is None or not page.is_current(self.versions):
            if environ["REQUEST_METHOD"] != "GET" or not self._may_keep(key):
                return self.application(environ, start_response)
            return self._fresh(key, shelf, environ, start_response)
        return page.answer(environ, start_response, self.asking.encoding(environ))

    def _may_keep(self, key: Key) -> bool:
        """Nothing is kept by a process that could not hear of changes made on other hosts."""
        hears = self.listener is None or self.listener.is_hearing()
        return hears and may_be_kept(key[0], key[1])

    def _fresh(
        self, key: Key, shelf: Shelf, environ: dict, start_response: Start
    ) -> Iterable[bytes]:
        """Ask Django. Versions are read before, so a change meanwhile makes the page an old one."""
        everything, lists = self.versions.everything(), self.versions.at(LISTS)
        expires = end_of_day()
        answer = Recorded()
        body, rest = gather(self.application(environ, answer.start))
        if rest is None and answer.may_be_kept():
            parts = self._parts(answer.header("Surrogate-Key"), lists)
            page = Page(
                answer.kept_headers(), body, everything=everything, parts=parts, expires=expires
            )
            unchanged = (self.versions.everything(), self.versions.at(LISTS)) == (everything, lists)
            if unchanged:
                shelf.put(key, page)
            return page.answer(environ, start_response, self.asking.encoding(environ))
        start_response(answer.status, answer.headers)
        return [body] if rest is None else Passed(body, rest)

    def _parts(self, shown: str, lists: int) -> tuple[tuple[int, int], ...]:
        """Places and versions a page hangs on: the guides it says it shows, else the lists.

        The guides are read after the page was made; that is sound because the lists have not
        changed since before, or the page is not kept.
        """
        seqs = [int(name.removeprefix(GUIDE)) for name in shown.split() if name.startswith(GUIDE)]
        places = [place_of(seq) for seq in seqs]
        return tuple((p, self.versions.at(p)) for p in places) or ((LISTS, lists),)


class Recorded:
    """The status and headers Django gives to `start`."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def start(self, status: str, headers: Headers, exc_info: object = None) -> None:
        self.status, self.headers = status, headers

    def header(self, name: str) -> str:
        """All values of a header, joined; "" when it is missing."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    def may_be_kept(self) -> bool:
        """A plain 200 that sets no cookie, forbids nothing and varies by nothing unknown."""
        control = self.header("Cache-Control").lower()
        varies = {name.strip().lower() for name in self.header("Vary").split(",") if name.strip()}
        return (
            self.status.startswith("200 ")
            and not self.header("Set-Cookie")
            and not self.header("Content-Encoding")
            and not any(word in control for word in NOT_TO_KEEP)
            and varies <= VARIES_BY
        )

    def kept_headers(self) -> Headers:
        """Django's headers, for readers that ask again each time and may be answered 304."""
        kept = [pair for pair in self.headers if pair[0].lower() not in REPLACED]
        vary = self.header("Vary") or "Accept-Encoding"
        if "accept-encoding" not in vary.lower():
            vary += ", Accept-Encoding"
        if not self.header("Cache-Control"):
            kept.append(("Cache-Control", "no-cache"))
        return [*kept, ("Vary", vary)]


class Passed:
    """An answer too large to keep: what was read already, then the rest as it comes."""

    def __init__(self, body: bytes, rest: Iterator[bytes]):
        self.chunks, self.rest = chain([body], rest), rest

    def __iter__(self) -> Iterator[bytes]:
        return self.chunks

    def close(self) -> None:
        self.rest.close()  # type: ignore[attr-defined]


def gather(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes] | None]:
    """The whole body; or its beginning and a generator of the rest when it is very large."""
    stream = closing(chunks)
    found, size = [], 0
    for chunk in stream:
        found.append(chunk)
        size += len(chunk)
        if size > LARGEST:
            return b"".join(found), stream
    return b"".join(found), None


def closing(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks, closed at the end: Django ends its request then and gives connections back."""
    try:
        yield from chunks
    finally:
        if hasattr(chunks, "close"):
            chunks.close()


def end_of_day() -> float:
    """Next midnight in Shanghai (seconds since 1970): pages print the day and days begin."""
    tomorrow = clock.today() + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time(), clock.SHANGHAI).timestamp()
