"""The site map lists every guide and public page; no link of the site leads nowhere."""

from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from pages import navigation
from pages.navigation import Place
from pages.services.seeding import seed_pages

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def listed(client, loaded_catalogue, settings) -> list[str]:
    seed_pages()
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    locations = ElementTree.fromstring(response.content).findall("s:url/s:loc", SPACE)
    assert all(loc.text.startswith(settings.PUBLIC_BASE_URL) for loc in locations)
    return [urlsplit(loc.text).path for loc in locations]


def test_every_guide_is_listed_once(listed):
    items = [path for path in listed if path.startswith("/item/")]
    guides = [path for path in items if path.count("/") == 3]
    assert sorted(path for path in items if path not in guides) == sorted(
        f"{path}sample/" for path in guides
    )
    assert sorted(guides) == sorted(f"/item/{seq}/" for seq in range(1, 177))
    assert len(set(listed)) == len(listed)


def test_public_pages_are_listed(listed):
    assert {"/", "/help/words/", "/notices/demonstration/", "/a11y/", "/privacy/"} <= set(listed)


def test_no_listed_page_is_missing(client, listed):
    one_of_each = {path.split("/")[1]: path for path in listed}
    answers = {path: client.get(path).status_code for path in one_of_each.values()}
    assert {path: status for path, status in answers.items() if status != 200} == {}


class Links(HTMLParser):
    """Addresses of all links of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith("/"):
            self.found.add(urlsplit(href).path)


def test_no_link_of_the_site_leads_nowhere(client, loaded_catalogue):
    seed_pages()
    pages = ("/", "/sitemap/", "/help/", "/about/", "/a11y/", "/privacy/", "/feedback/")
    links = set().union(*(Links(client.get(path).content.decode()).found for path in pages))
    links |= Links(client.get("/help/display-modes/").content.decode()).found
    assert len(links) > 30
    assert {path for path in links if client.get(path).status_code >= 400} == set()


def test_a_place_that_is_not_built_is_not_shown():
    assert navigation.links([Place("没有", "/not-built/")], "/") == []


def test_the_reader_sees_where_they_are(client, db):
    html = client.get("/help/").content.decode()
    assert '<a href="/help/" aria-current="page">使用帮助</a>' in html
    assert navigation.NOTICES.state("/notices/x/") == "true"
    assert navigation.HOME.state("/notices/") == ""


def test_robots_keep_out_of_the_desk(client):
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()
