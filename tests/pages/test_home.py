"""The home page counts the catalogue and shows nothing it cannot show."""

import pytest

from pages import home
from pages.services.seeding import seed_pages
from tests.html_rules import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture
def html(client, loaded_catalogue) -> str:
    seed_pages()
    return client.get("/").content.decode()


def test_the_page_keeps_the_html_rules(html):
    assert breaches(html) == []


def test_three_honest_numbers_with_their_parts(html):
    for value, parts in (("98.30", "176 项中 173 项"), ("97.16", "176 项中 171 项")):
        assert value in html
        assert parts in html


def test_stages_stand_in_the_order_of_life(loaded_catalogue):
    business, personal = home.journeys()
    assert [s["label"] for s in business["stops"]] == ["开办", "经营", "变更", "扩建", "注销"]
    assert personal["stops"][0]["label"] == "出生"
    assert personal["stops"][-1]["label"] == "身后"


def test_a_stage_without_matters_leads_nowhere(loaded_catalogue):
    stops = [stop for lane in home.journeys() for stop in lane["stops"]]
    assert any(stop["count"] for stop in stops)
    assert all(bool(stop["url"]) == bool(stop["count"]) for stop in stops)


def test_two_doors_with_eight_themes(loaded_catalogue):
    doors = home.doors()
    assert [door["total"] for door in doors] == [72, 157]
    assert all(len(door["links"]) == 8 for door in doors)


def test_everyday_matters_show_time_visits_and_fee(loaded_catalogue):
    cards = home.popular()
    assert len(cards) == 6
    assert all([f["label"] for f in c["facts"]] == ["时限", "跑动", "费用"] for c in cards)


def test_search_words_are_quoted_in_the_address(loaded_catalogue):
    assert all("%E" in search["url"] for search in home.searches())


def test_unknown_numbers_are_to_be_configured(html):
    assert html.count("（待配置）") >= 5


def test_the_page_is_light(client, loaded_catalogue, settings):
    """HTML, style and script of the home page, uncompressed, stay within 100 KB."""
    files = [settings.BASE_DIR / "static" / name for name in ("site.css", "site.js", "mark.svg")]
    weight = sum(path.stat().st_size for path in files) + len(client.get("/").content)
    assert weight <= 100_000


def test_the_home_page_asks_few_questions(client, loaded_catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        client.get("/")


def test_the_flag_of_instant_matters_stands_beside_the_truly_instant_ones(html):
    assert "当场办结的即办件 18 项，占 10.23%。" in html
