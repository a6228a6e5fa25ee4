"""Every answer, static files included, tells the browser the same rules."""

import pytest

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
