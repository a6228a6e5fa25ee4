"""Where `next` may lead: to a page of this site and nowhere else."""

import pytest
from django.test import RequestFactory

from accounts import redirects

GOOD = ["/", "/desk/", "/item/12/?a=1&b=2", "/s/?q=%E9%A4%90%E9%A5%AE", "/a#b", "/admin/"]
BAD = [
    "",
    "desk/",
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "/\tevil",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    "\t//evil.example",
    " //evil.example",
    "http://evil.example",
    "https://evil.example/",
    "HTTPS://evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "https:evil",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example@portal.example",
    "http://portal.example@evil.example",
    "//[::1]/",
    "//evil%2eexample",
    "/／evil.example",
    "／／evil.example",
    "//evil。example",
    "/x\u2028y",
    "/\x00",
    "/a b",
    "?next=//evil",
    "#x",
    ".//evil.example",
    "/" + "a" * 2100,
]


@pytest.mark.parametrize("value", GOOD)
def test_own_paths_are_kept(value):
    assert redirects.safe_next(value) == value


@pytest.mark.parametrize("value", BAD)
def test_everything_else_is_dropped(value):
    assert redirects.safe_next(value) == ""


@pytest.mark.parametrize("value", BAD)
def test_without_a_safe_page_the_own_account_opens(value, settings):
    settings.LOGIN_REDIRECT_URL = "/no-such-page/"
    assert redirects.after_sign_in(value) == "/me/security/"


def test_a_post_returns_to_the_page_of_its_form_on_this_host_only():
    own = RequestFactory().post("/save/", HTTP_REFERER="http://testserver/form/?a=1")
    foreign = RequestFactory().post("/save/", HTTP_REFERER="http://evil.example/form/")
    assert redirects.page_to_return_to(own) == "/form/?a=1"
    assert redirects.page_to_return_to(foreign) == ""
    assert redirects.page_to_return_to(RequestFactory().get("/list/?p=2")) == "/list/?p=2"


def test_htmx_gets_a_redirect_of_the_whole_page():
    request = RequestFactory().get("/", HTTP_HX_REQUEST="true")
    response = redirects.go(request, "/login/")
    assert response["HX-Redirect"] == "/login/"
    assert response.status_code == 200
