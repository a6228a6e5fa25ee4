"""Every public page of the site keeps the HTML rules, in every mode; each rule can fail."""

import pytest
from django.test import override_settings

from pages.services.seeding import seed_pages
from tests.html_rules import breaches

PATHS = (
    "/",
    "/notices/",
    "/notices/demonstration/",
    "/help/",
    "/help/words/",
    "/about/",
    "/a11y/",
    "/privacy/",
    "/sitemap/",
    "/feedback/",
    "/no-such-page/",
)
MODES = ({}, {"display": "elder"}, {"contrast": "high"}, {"display": "elder", "contrast": "high"})
GOOD = (
    '<html lang="zh-Hans"><head><meta name="viewport"><title>x</title></head><body>'
    '<a href="#main">skip</a><main id="main"><h1>x</h1>{}</main></body></html>'
)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("cookies", MODES, ids=["normal", "elder", "contrast", "both"])
def test_public_page_keeps_the_rules(client, path, cookies):
    seed_pages()
    client.cookies.load(cookies)
    assert breaches(client.get(path).content.decode()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS[:-1])
def test_every_page_renders_with_an_empty_database(client, path):
    response = client.get(path)
    assert response.status_code == (404 if "demonstration" in path or "words" in path else 200)
    assert breaches(response.content.decode()) == []


@pytest.mark.django_db
def test_titles_are_unique(client):
    seed_pages()
    titles = [client.get(path).content.decode().split("<title>")[1] for path in PATHS]
    heads = [title.split("</title>")[0] for title in titles]
    assert len(set(heads)) == len(heads)


@pytest.mark.django_db
@override_settings(PORTAL_GALLERY=True)
def test_gallery_shows_every_component_within_the_rules(client):
    assert [
        b for b in breaches(client.get("/gallery/").content.decode()) if "nowhere" not in b
    ] == []


@pytest.mark.django_db
def test_gallery_is_closed_unless_switched_on(client):
    assert client.get("/gallery/").status_code == 404


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<h3>x</h3>", "h1 is followed by h3"),
        ("<h1>x</h1>", "2 h1"),
        ('<input name="q" placeholder="x">', "no label: q"),
        ('<p id="a"></p><p id="a"></p>', "id twice: a"),
        ('<input aria-label="x" aria-describedby="h">', "aria-describedby → h"),
        ('<p style="color:red">', "inline style on p"),
        ("<script>x()</script>", "inline script"),
        ('<a href="https://example.org/">x</a>', "another site: https://example.org/"),
        ('<a href="#there">x</a>', "jumps nowhere: #there"),
        ("<svg></svg>", "a drawing that is neither named nor hidden"),
        ("<table><th>x</th></table>", "a table without caption or scope"),
    ],
)
def test_each_rule_can_fail(body, sentence):
    assert breaches(GOOD.format(body)) == [sentence]
