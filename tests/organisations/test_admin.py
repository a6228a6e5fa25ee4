"""Organisations in the admin."""

import pytest

from accounts.roles import Role
from organisations.models import Agency, Membership, ServiceCentre
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.organisations import (
    AgencyFactory,
    MembershipFactory,
    ServiceCentreFactory,
    StreetFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db
BASE = "/admin/organisations/"
LISTS = ["street", "agency", "servicecentre", "window", "membership"]


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def as_role(client):
    def sign_in(role):
        user = UserFactory(roles=[role])
        client.post("/login/", {"username": user.username, "password": PASSWORD})
        return user

    return sign_in


@pytest.fixture
def rows():
    WindowFactory()
    MembershipFactory()
    StreetFactory()


@pytest.mark.parametrize("name", LISTS)
def test_system_admin_manages_every_table(client, as_role, rows, name):
    as_role(Role.SYSTEM_ADMIN)
    assert client.get(f"{BASE}{name}/?q=1").status_code == 200
    assert client.get(f"{BASE}{name}/add/").status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_auditor_reads_and_window_staff_see_nothing(client, as_role, rows, name):
    as_role(Role.AUDITOR)
    assert client.get(f"{BASE}{name}/").status_code == 200
    assert client.get(f"{BASE}{name}/add/").status_code == 403
    as_role(Role.WINDOW)
    assert client.get(f"{BASE}{name}/").status_code == 403


def test_new_agency_gets_its_sort_key_and_a_clean_code(client, as_role):
    as_role(Role.SYSTEM_ADMIN)
    data = {
        "slug": "new-body",
        "name": "某某局全称",
        "short_name": "教育局",
        "kind": "other",
        "aliases": "甲,乙",
        "uscc": "11120102mb0p40013n",
        "certainty": "known",
    }
    assert client.post(f"{BASE}agency/add/", data).status_code == 302
    agency = Agency.objects.get(slug="new-body")
    assert agency.sort_key.startswith("jiao")
    assert agency.aliases == ["甲", "乙"]
    assert agency.uscc == "11120102MB0P40013N"


def test_facilities_are_ticked(client, as_role):
    as_role(Role.SYSTEM_ADMIN)
    centre = ServiceCentreFactory()
    data = {
        "slug": centre.slug,
        "name": centre.name,
        "kind": centre.kind,
        "agency": centre.agency_id,
        "facilities": ["ramp", "toilet"],
        "position": 1,
        "certainty": "known",
    }
    assert client.post(f"{BASE}servicecentre/{centre.pk}/change/", data).status_code == 302
    assert ServiceCentre.objects.get().facilities == ["ramp", "toilet"]


def test_wrong_post_is_explained_beside_the_role(client, as_role):
    as_role(Role.SYSTEM_ADMIN)
    user, agency = UserFactory(), AgencyFactory()
    data = {
        "user": user.pk,
        "agency": agency.pk,
        "role": Role.WINDOW.value,
        "starts_on": "2025-01-01",
    }
    page = client.post(f"{BASE}membership/add/", data)
    assert "还没有“窗口”岗位" in page.content.decode()
    assert not Membership.objects.exists()


def test_agencies_with_matters_or_posts_are_not_deleted(client, as_role):
    as_role(Role.SYSTEM_ADMIN)
    agency = MembershipFactory().agency
    page = client.post(f"{BASE}agency/{agency.pk}/delete/", {"post": "yes"})
    assert page.status_code == 200
    assert Agency.objects.filter(pk=agency.pk).exists()
