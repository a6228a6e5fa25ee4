"""The sign-in page, the session it begins, and the ways a session ends (T-A7)."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts import sessions
from accounts.models import AccountEvent, LoginAttempt
from accounts.roles import Role
from accounts.services import people
from common import clock
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN, SECURITY, LOGOUT = "/login/", "/me/security/", "/logout/"


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.STAFF_SECOND_FACTOR = False
    settings.LOGIN_REDIRECT_URL = SECURITY


def sign_in(client, user, **more):
    data = {"username": user.username, "password": PASSWORD, **more}
    return client.post(LOGIN, data)


def test_page_is_open_and_has_one_h1(client):
    page = client.get(LOGIN)
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1
    assert "no-store" in page["Cache-Control"]


def test_demonstration_says_that_codes_are_off_and_lists_its_accounts(client, settings):
    settings.DEMO_MODE = True
    page = client.get(LOGIN).content.decode()
    assert "演示环境已关闭动态口令" in page
    assert "hedong-demo-2025" in page
    settings.DEMO_MODE, settings.STAFF_SECOND_FACTOR = False, True
    page = client.get(LOGIN).content.decode()
    assert "演示" not in page
    assert "hedong-demo-2025" not in page


def test_right_password_opens_a_new_session(client):
    user = UserFactory(roles=[Role.WINDOW])
    client.cookies["session"] = "chosen-by-a-stranger"
    response = sign_in(client, user)
    assert response.status_code == 302
    assert response.url == SECURITY
    assert client.cookies["session"].value != "chosen-by-a-stranger"
    assert client.get(SECURITY).status_code == 200
    assert LoginAttempt.objects.get().outcome == LoginAttempt.Outcome.SUCCESS


def test_signing_in_again_changes_the_session_id(client):
    user = UserFactory()
    sign_in(client, user)
    first = client.session.session_key
    sign_in(client, user)
    assert client.session.session_key != first
    assert not Session.objects.filter(session_key=first).exists()


def test_wrong_password_keeps_the_name_and_not_the_password(client):
    user = UserFactory()
    page = client.post(LOGIN, {"username": user.username, "password": "wrong-one"})
    text = page.content.decode()
    assert "登录名或密码不正确" in text
    assert f'value="{user.username}"' in text
    assert "wrong-one" not in text
    assert "<title>错误：" in text.replace("\n", "")


def test_unknown_and_wrong_read_the_same(client):
    known = UserFactory().username
    pages = [
        client.post(LOGIN, {"username": name, "password": "wrong-one"}).content.decode()
        for name in (known, "somebody")
    ]
    token = 'name="csrfmiddlewaretoken" value="'
    plain = [page.replace(known, "X").replace("somebody", "X").split(token)[0] for page in pages]
    assert plain[0] == plain[1]


def test_empty_fields_are_named(client):
    page = client.post(LOGIN, {"username": "", "password": ""}).content.decode()
    assert "请填写登录名。" in page
    assert "请填写密码。" in page
    assert not LoginAttempt.objects.exists()


def test_after_too_many_tries_the_page_says_how_long_to_wait(client):
    user = UserFactory()
    for _ in range(5):
        client.post(LOGIN, {"username": user.username, "password": "wrong-one"})
    page = sign_in(client, user)
    assert page.status_code == 429
    assert "15 分钟" in page.content.decode()
    assert "这一步没有完成" in page.content.decode()
    assert "需要改一下" not in page.content.decode()
    assert client.get(SECURITY).status_code == 302


def test_next_leads_back_and_never_off_the_site(client):
    user = UserFactory()
    assert sign_in(client, user, next="/me/password/").url == "/me/password/"
    assert sign_in(client, user, next="//evil.example/").url == SECURITY
    assert client.get(f"{LOGIN}?next=/me/password/").url == "/me/password/"
    assert client.get(f"{LOGIN}?next=https://evil.example/").url == SECURITY


def test_closed_page_leads_to_sign_in_and_back(client):
    response = client.get("/me/password/")
    assert response.url == "/login/?next=/me/password/"


def test_sign_out_is_a_post_and_ends_the_session_on_the_server(client):
    user = UserFactory()
    sign_in(client, user)
    key = client.session.session_key
    assert client.get(LOGOUT).status_code == 405
    assert client.get(SECURITY).status_code == 200
    assert client.post(LOGOUT).status_code == 302
    assert not Session.objects.filter(session_key=key).exists()
    client.cookies["session"] = key
    assert client.get(SECURITY).status_code == 302
    assert AccountEvent.objects.get().kind == AccountEvent.Kind.SIGNED_OUT


def test_sign_out_needs_the_token(client):
    client.handler.enforce_csrf_checks = True
    assert client.post(LOGOUT).status_code == 403


def test_disabled_staff_are_out_at_the_next_request_and_stay_out_when_enabled(client):
    user, by = UserFactory(), UserFactory(roles=[Role.SYSTEM_ADMIN])
    sign_in(client, user)
    people.set_active(user=user, active=False, by=by)
    assert client.get(SECURITY).status_code == 302
    people.set_active(user=user, active=True, by=by)
    assert client.get(SECURITY).status_code == 302


def test_reset_password_ends_every_session(client):
    user, by = UserFactory(), UserFactory(roles=[Role.SYSTEM_ADMIN])
    sign_in(client, user)
    people.reset_password(user=user, by=by)
    assert client.get(SECURITY).status_code == 302


def test_idle_staff_are_signed_out_and_told_why(client):
    start = clock.now()
    sign_in(client, UserFactory())
    with clock.at(start + datetime.timedelta(minutes=31)):
        response = client.get(f"{SECURITY}?a=1")
        assert response.url == "/login/?reason=idle&next=%2Fme%2Fsecurity%2F%3Fa%3D1"
        page = client.get(response.url).content.decode()
    assert "没有操作" in page
    assert 'value="/me/security/?a=1"' in page


def test_active_staff_stay_signed_in_until_the_absolute_limit(client):
    start = clock.now()
    sign_in(client, UserFactory())
    for minutes in range(20, 8 * 60, 20):
        with clock.at(start + datetime.timedelta(minutes=minutes)):
            assert client.get(SECURITY).status_code == 200
    with clock.at(start + datetime.timedelta(minutes=8 * 60 + 1)):
        assert "reason=age" in client.get(SECURITY).url


def test_a_post_after_the_limit_returns_to_its_form(client):
    start = clock.now()
    sign_in(client, UserFactory())
    with clock.at(start + datetime.timedelta(minutes=31)):
        response = client.post("/me/password/", {}, HTTP_REFERER="http://testserver/me/password/")
    assert response.url == "/login/?reason=idle&next=%2Fme%2Fpassword%2F"


def test_public_pages_stay_open_when_a_session_ends(client):
    start = clock.now()
    sign_in(client, UserFactory())
    with clock.at(start + datetime.timedelta(minutes=31)):
        assert client.get("/places/").status_code == 200
        assert client.get(SECURITY).status_code == 302


def test_public_pages_do_not_touch_the_session(client, django_assert_num_queries):
    client.get(LOGIN)
    assert "session" not in client.cookies


def test_session_marks_are_written_at_most_once_a_minute():
    session, limits = {}, sessions.Limits(idle=1800, age=28800)
    sessions.begin(session, 1000)
    sessions.note_seen(session, 1059)
    assert session[sessions.SEEN_AT] == 1000
    sessions.note_seen(session, 1060)
    assert session[sessions.SEEN_AT] == 1060
    assert sessions.end_reason(session, 1060 + 1799, limits) == ""
    assert sessions.end_reason(session, 1060 + 1800, limits) == "idle"
    assert sessions.end_reason(session, 1000 + 28800, limits) == "age"


def test_unknown_reason_shows_nothing(client):
    page = client.get(f"{LOGIN}?reason=<script>").content.decode()
    assert "<script>alert" not in page
    assert "自动退出" not in page


def test_admin_has_no_sign_in_of_its_own(client):
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/login/?next=%2Fadmin%2F"
    password_page = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert password_page.url == "/login/?next=%2Fadmin%2F"
    assert reverse("admin:logout") == reverse("accounts:admin_sign_out")
    assert reverse("admin:password_change") == reverse("accounts:admin_password")


def test_staff_without_an_admin_role_are_told_so(client):
    sign_in(client, UserFactory())
    page = client.get("/admin/", follow=True)
    assert page.status_code == 403
    assert "没有管理后台的权限" in page.content.decode()
