"""Reading modes: kept in cookies, rendered by the server, changed by a plain POST."""

import pytest

from pages.views.display import safe_path

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "",
    "http:evil.example",
    "/\x00/evil.example",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_foreign_address_leads_home(client, target):
    response = client.post("/display/", {"display": "elder", "next": target})
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("target", ["/", "/s/?q=护照", "/item/147/#mat", "/theme/x/?page=2&a=b"])
def test_a_path_of_this_site_is_kept(target):
    assert safe_path(target) == target


def test_elder_mode_is_a_class_on_the_root(client):
    client.post("/display/", {"display": "elder", "next": "/help/"})
    assert '<html lang="zh-Hans" class="elder">' in client.get("/help/").content.decode()


def test_modes_combine_and_end(client):
    client.post("/display/", {"display": "elder"})
    client.post("/display/", {"contrast": "high"})
    assert 'class="elder contrast"' in client.get("/help/").content.decode()
    client.post("/display/", {"display": "normal"})
    assert 'class="contrast"' in client.get("/help/").content.decode()


def test_unknown_values_set_nothing(client):
    response = client.post("/display/", {"display": "huge", "contrast": "1"})
    assert not response.cookies


def test_cookie_is_hidden_from_scripts_and_other_sites(client):
    cookie = client.post("/display/", {"display": "elder"}).cookies["display"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_another_site_cannot_switch(client):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        response = client.post("/display/", {"display": "elder"}, headers=headers)
        assert response.status_code == 403
        assert "请在本站页面上切换显示方式。" in response.content.decode()
        assert not response.cookies


def test_switching_is_a_post(client):
    response = client.get("/display/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "没有任何内容被改动" in response.content.decode()


def test_pages_vary_by_cookie(client):
    assert "Cookie" in client.get("/help/")["Vary"]


def test_elder_home_has_three_doors_and_less_to_read(client):
    normal = client.get("/").content.decode()
    client.post("/display/", {"display": "elder"})
    elder = client.get("/").content.decode()
    assert elder.count("<b>找") == 2
    assert 'href="tel:12345"' in elder
    assert len(elder) < len(normal) / 1.5
