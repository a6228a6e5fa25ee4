"""Asking a WSGI application as a browser would, without a server between."""

import io
from dataclasses import dataclass, field
from urllib.parse import quote


@dataclass
class Answer:
    """What came back. Header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)


def ask(application, address: str, method: str = "GET", **environ) -> Answer:
    """The answer of `application`; `environ` adds or overrides WSGI variables."""
    path, _, query = address.partition("?")
    given = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": quote(query, safe="=&%+"),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    } | environ
    started = []

    def start(status, headers, exc_info=None):
        started.append((int(status.split()[0]), {name.lower(): v for name, v in headers}))

    chunks = application({k: v for k, v in given.items() if v is not None}, start)
    try:
        body = b"".join(chunks)
    finally:
        getattr(chunks, "close", lambda: None)()
    status, headers = started[-1]
    return Answer(status, headers, body)


class Counting:
    """An application that counts how often it was asked."""

    def __init__(self, application):
        self.application, self.count = application, 0

    def __call__(self, environ, start_response):
        self.count += 1
        return self.application(environ, start_response)
