"""身边的大厅: open to everybody, honest about what is unknown."""

from pathlib import Path

import pytest

from organisations.models import ServiceCentre, Street
from organisations.services import load_organisations
from tests.factories.organisations import ServiceCentreFactory, StreetFactory, WindowFactory

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def district():
    load_organisations(DATA)


def text_of(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    text = response.content.decode()
    assert text.count("<h1") == 1
    assert "style=" not in text
    return text


def test_list_names_all_centres_by_kind_without_sign_in(client, district):
    text = text_of(client, "/places/")
    assert "全区 18 个大厅" in text
    for centre in ServiceCentre.objects.all():
        assert f'href="/places/{centre.slug}/"' in text
    places = [
        text.index(f">{name}</")
        for name in ("河东区政务服务中心", "专业分中心", "街道便民服务中心")
    ]
    assert places == sorted(places)


def test_one_street_keeps_its_own_centre_and_those_of_the_district(client, district):
    text = text_of(client, "/places/?street=120102002")
    assert "/places/street-dazhigu/" in text
    assert "/places/district/" in text
    assert "/places/street-chunhua/" not in text
    assert '<option value="120102002" selected>' in text


def test_exclave_is_told_where_to_go(client, district):
    text = text_of(client, "/places/?street=120102013")
    assert "天津铁厂街道是飞地，位于河北省涉县" in text
    assert "/places/district/" in text
    assert "street-" not in text.split("<main")[1].split("</main")[0].replace("?street", "")


@pytest.mark.parametrize("code", ["999", "<script>alert(1)</script>", "120102001'--"])
def test_unknown_street_says_so_and_lists_all(client, district, code):
    text = text_of(client, f"/places/?street={code}")
    assert "没有找到这个街道" in text
    assert "/places/street-chunhua/" in text
    assert "<script>alert" not in text


def test_exclave_is_explained_without_choosing_a_street(client, district):
    text = text_of(client, "/places/")
    assert "天津铁厂街道是飞地，位于河北省涉县，没有单设便民服务中心" in text


def test_what_to_do_before_going_stands_on_the_page_of_a_hall(client, district):
    main = text_of(client, "/places/legal/").split("<main")[1].split("</main")[0]
    assert "去之前" in main
    assert 'href="tel:12345"' in main
    assert 'href="/places/">看全部大厅' in main


def test_list_costs_the_same_for_any_number_of_centres(
    client, district, django_assert_max_num_queries
):
    client.get("/places/")
    with django_assert_max_num_queries(6):
        client.get("/places/")


def test_empty_list_says_what_to_do(client):
    assert "12345" in text_of(client, "/places/")


@pytest.mark.parametrize("slug", ["district", "tax", "police", "street-dongxin"])
def test_centre_page_marks_what_is_unknown_and_what_is_demonstration(client, district, slug):
    text = text_of(client, f"/places/{slug}/")
    centre = ServiceCentre.objects.get(slug=slug)
    assert centre.name in text
    main = text.split("<main")[1].split("</main")[0]
    assert "地址、开放时间、电话<span" in main
    assert main.count("（待配置）") == 2  # once for the visit, once for the window numbers
    assert "不是真实设置" in text
    assert ("名称为推定" in text) == centre.is_estimated
    for window in centre.windows.all():
        assert window.name in text


def test_centre_page_shows_what_is_known(client):
    centre = ServiceCentreFactory(
        address="某路 1 号",
        hours="周一至周五 9:00—17:00\n周六 9:00—12:00",
        phone="022-12345678",
        facilities=["ramp", "sign_language"],
        certainty="known",
    )
    WindowFactory(centre=centre, number="A01")
    text = text_of(client, f"/places/{centre.slug}/")
    assert "某路 1 号" in text
    assert "17:00<br>周六" in text
    assert 'href="tel:022-12345678"' in text
    assert "无障碍坡道、手语服务" in text
    assert "A01" in text
    assert "免得白跑" not in text
    assert "演示" not in text.split("<main")[1].split("</main")[0]


def test_agencies_of_the_catalogue_are_linked(client, district):
    text = text_of(client, "/places/tax/")
    assert '<a href="/dept/taxation/">区税务局</a>' in text
    assert "/dept/civil-affairs/" not in text_of(client, "/places/civil-affairs/")


def test_every_link_to_an_agency_leads_somewhere(client, district):
    for slug in ("district", "police"):
        links = text_of(client, f"/places/{slug}/").split('href="/dept/')[1:]
        for link in links:
            path = "/dept/" + link.partition('"')[0]
            assert client.get(path).status_code == 200


def test_unknown_centre_is_not_found(client):
    assert client.get("/places/nowhere/").status_code == 404


@pytest.mark.parametrize("url", ["/places/", "/places/district/"])
def test_pages_are_read_only(client, district, url):
    assert client.post(url).status_code == 405


def test_street_without_a_centre_is_told_so(client, district):
    street = StreetFactory()
    text = text_of(client, f"/places/?street={street.code}")
    assert f"{street.name}在名录中没有单设" in text
    assert Street.objects.count() == 14
