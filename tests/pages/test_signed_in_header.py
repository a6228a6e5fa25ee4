"""The header tells who is signed in and offers the way out."""

import pytest
from django.test import RequestFactory

from accounts.roles import Role
from pages.context_processors import site
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def header_of(client) -> str:
    html = client.get("/about/").content.decode()
    return html[html.index("<header") : html.index("</header>")]


def test_a_stranger_is_offered_the_sign_in(client):
    header = header_of(client)
    assert 'href="/login/"' in header
    assert "退出 " not in header


def test_staff_see_their_name_their_account_and_the_way_out(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    person = UserFactory(display_name="李窗口")
    client.force_login(person)
    header = header_of(client)
    assert "退出 李窗口" in header
    assert 'href="/me/security/"' in header
    assert 'href="/login/"' not in header


def test_an_error_page_before_anybody_is_known_still_has_its_links():
    labels = [link["label"] for link in site(RequestFactory().get("/"))["utility_links"]]
    assert "登录" in labels


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.WINDOW, False), (Role.APPROVER, False), (Role.SYSTEM_ADMIN, True)]
)
def test_the_admin_is_offered_only_to_those_who_see_something_there(
    client, settings, role, offered
):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(UserFactory(roles=[role]))
    assert ('href="/admin/"' in header_of(client)) is offered


def test_the_admin_says_in_words_that_a_post_has_no_rights_there(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(UserFactory(roles=[Role.WINDOW]))
    assert "您的岗位没有管理后台的权限" in client.get("/admin/").content.decode()
