"""Every answer, static files included, tells the browser the same rules."""

import pytest
from django.test import RequestFactory

from hedong_portal.middleware import TrustedProxyMiddleware

PAGES = ("/about/", "/no-such-page/", "/static/site.css")
RULES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_the_rules_stand_on_every_answer(client, settings, address):
    settings.WHITENOISE_USE_FINDERS = True
    answer = client.get(address)
    answer.close()  # a static file is streamed from an open file
    headers = answer.headers
    assert {name: headers.get(name) for name in RULES} == RULES
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.django_db
def test_a_page_may_not_be_framed(client):
    assert client.get("/about/").headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("speaker", "proxies", "secure"),
    [
        ("10.0.0.1", ["10.0.0.0/8"], True),
        ("203.0.113.9", ["10.0.0.0/8"], False),
        ("", ["10.0.0.0/8"], False),
        ("10.0.0.1", [], False),
    ],
)
def test_only_an_own_proxy_may_say_that_the_way_was_encrypted(settings, speaker, proxies, secure):
    settings.TRUSTED_PROXIES = proxies
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    said = {"REMOTE_ADDR": speaker, "HTTP_X_FORWARDED_PROTO": "https"}
    request = RequestFactory().get("/", **said)
    TrustedProxyMiddleware(lambda _: None)(request)
    assert request.is_secure() is secure
