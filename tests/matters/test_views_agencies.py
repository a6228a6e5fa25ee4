"""按部门找: counts add up, and an agency that only supervises says who decides."""

import pytest

from matters.models import MatterVersion
from organisations.models import Agency
from tests.html_rules import Page, breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


@pytest.mark.parametrize(
    "address", ["/dept/", "/dept/public-security/", "/dept/health/", "/dept/street-chunhua/"]
)
def test_every_agency_page_keeps_the_rules_of_a_page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert breaches(response.content.decode()) == []


def test_the_groups_add_up_to_the_catalogue(client):
    context = client.get("/dept/").context
    links = [link for group in context["groups"] for link in group["links"]]
    assert sum(link["count"] for link in links) == context["total"] == 176
    assert context["agency_count"] == len(links)
    assert [group["label"] for group in context["groups"]] == ["区级部门", "市垂管分局"]
    for link in links:
        slug = link["url"].split("/")[2]
        assert MatterVersion.objects.published().filter(agency__slug=slug).count() == link["count"]


def test_an_agency_prints_what_is_known_and_what_is_not(client):
    text = Page(client.get("/dept/public-security/").content.decode()).text
    assert "全称 天津市公安局河东分局" in text
    assert "咨询电话 （待配置）" in text and "监督投诉电话 （待配置）" in text


def test_a_known_phone_is_printed(client):
    Agency.objects.filter(slug="education").update(consultation_phone="022-12345678")
    text = Page(client.get("/dept/education/").content.decode()).text
    assert "咨询电话 022-12345678" in text


def test_an_agency_lists_its_matters(client):
    listing = client.get("/dept/market-regulation/").context["listing"]
    assert listing.total == 16
    assert all(card.agency == "区市场监管局" for card in listing.cards)


def test_an_agency_that_only_supervises_shows_where_to_go(client):
    response = client.get("/dept/health/")
    text = Page(response.content.decode()).text
    supervised = MatterVersion.objects.published().filter(supervisor__slug="health")
    assert response.context["listing"].total == supervised.count() > 0
    assert "不直接办理许可" in text and "办理部门 区政务服务办" in text


def test_an_agency_with_neither_says_what_to_do(client):
    text = Page(client.get("/dept/street-chunhua/").content.decode()).text
    assert "这个部门没有行政许可事项" in text and "12345" in text


def test_filters_work_on_an_agency(client):
    listing = client.get("/dept/public-security/?type=instant").context["listing"]
    assert listing.total == 5 and listing.clear_url == "/dept/public-security/"


def test_an_unknown_agency_is_not_found(client):
    assert client.get("/dept/nowhere/").status_code == 404


def test_agency_pages_take_few_queries(client, django_assert_max_num_queries):
    client.get("/dept/")
    with django_assert_max_num_queries(6):
        client.get("/dept/")
    with django_assert_max_num_queries(12):
        client.get("/dept/public-security/")
