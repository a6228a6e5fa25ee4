"""Accounts: creating, passwords, mobile numbers, commands, and what is remembered."""

import datetime
import io

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts import demo, jobs
from accounts.models import AccountEvent, LoginAttempt, LoginCounter, User
from accounts.roles import Role
from accounts.services import people
from common import clock
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEW = "a-quite-different-phrase"


@pytest.fixture(autouse=True)
def one_factor(settings):
    settings.STAFF_SECOND_FACTOR = False
    settings.LOGIN_REDIRECT_URL = "/me/security/"


@pytest.fixture
def officer(client):
    user = UserFactory(roles=[Role.WINDOW])
    client.post("/login/", {"username": user.username, "password": PASSWORD})
    return user


def attempt_at(moment, user=None) -> LoginAttempt:
    return LoginAttempt.objects.create(
        at=moment,
        user=user,
        mark="0" * 16,
        ip="203.0.113.9",
        network="203.0.113.0/24",
        outcome=LoginAttempt.Outcome.SUCCESS,
    )


def test_new_staff_get_a_one_time_password_and_must_change_it(client):
    by = UserFactory(roles=[Role.SYSTEM_ADMIN])
    user, password = people.create_staff(username=" ZhangSan ", display_name="张三", by=by)
    assert user.username == "zhangsan"
    response = client.post("/login/", {"username": "zhangsan", "password": password})
    assert client.get(response.url).url == "/me/password/"
    assert client.get("/places/").url == "/me/password/"
    assert "一次性密码" in client.get("/me/password/").content.decode()
    client.post("/me/password/", {"old": password, "new": NEW, "again": NEW})
    assert client.get("/me/security/").status_code == 200
    assert [e.kind for e in user.events.order_by("id")] == ["created", "password_changed"]


@pytest.mark.parametrize("name", ["ab", "-abc", "张三三", "a" * 33, "a b c", "a/b/c", ""])
def test_login_names_have_one_spelling(name):
    with pytest.raises(ValidationError):
        people.create_staff(username=name, display_name="张三", by=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        UserFactory(username=name or "Upper")


def test_own_password_is_changed_with_the_old_one(client, officer):
    other = client.__class__()
    other.post("/login/", {"username": officer.username, "password": PASSWORD})
    response = client.post("/me/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert response.url == "/me/security/"
    assert client.get("/me/security/").status_code == 200
    assert other.get("/me/security/").status_code == 302
    assert User.objects.get(pk=officer.pk).check_password(NEW)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"old": "wrong-one", "new": NEW, "again": NEW}, "现在的密码不正确"),
        ({"old": PASSWORD, "new": NEW, "again": NEW + "x"}, "两次输入的新密码不一样"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "与现在的密码相同"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "10"),
        ({"old": PASSWORD, "new": "password123", "again": "password123"}, "常见"),
        ({"old": "", "new": NEW, "again": NEW}, "请填写现在的密码。"),
    ],
)
def test_unusable_change_says_why_and_changes_nothing(client, officer, data, sentence):
    page = client.post("/me/password/", data)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert User.objects.get(pk=officer.pk).check_password(PASSWORD)


def test_guessing_the_old_password_is_counted(client, officer):
    for _ in range(5):
        client.post("/me/password/", {"old": "wrong-one", "new": NEW, "again": NEW})
    page = client.post("/me/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert page.status_code == 429
    assert User.objects.get(pk=officer.pk).check_password(PASSWORD)


def test_own_security_page_shows_role_and_latest_sign_ins(client, officer):
    page = client.get("/me/security/").content.decode()
    assert "窗口" in page
    assert "登录成功" in page
    assert page.count("<h1") == 1


def test_mobile_is_sealed_and_found_by_its_exact_number():
    user = UserFactory()
    user.set_mobile("13800001234")
    user.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM accounts_user WHERE id = %s", [user.pk])
        assert "13800001234" not in cursor.fetchone()[0]
    assert User.objects.get(pk=user.pk).mobile == "13800001234"
    assert list(User.objects.with_mobile("13800001234")) == [user]
    assert not User.objects.with_mobile("13800001235").exists()
    assert not User.objects.with_mobile("").exists()


def test_a_mobile_belongs_to_one_account_of_a_kind():
    one, other, citizen = UserFactory(), UserFactory(), UserFactory(citizen=True)
    for user in (one, citizen):
        user.set_mobile("13800001234")
        user.save()
    other.set_mobile("13800001234")
    with pytest.raises(IntegrityError, match="user_mobile_once_per_kind"), transaction.atomic():
        other.save()


@pytest.mark.parametrize("model", [LoginAttempt, AccountEvent])
def test_logs_cannot_be_changed_nor_forgotten_within_six_months(model):
    user = UserFactory()
    attempt_at(clock.now() - datetime.timedelta(days=185), user)
    AccountEvent.objects.create(
        at=clock.now() - datetime.timedelta(days=185), user=user, kind="created"
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(user=UserFactory())
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()
    assert model.objects.count() == 1


def test_nightly_purge_removes_only_what_is_old():
    now = clock.now()
    old = attempt_at(now - datetime.timedelta(days=3 * 365 + 1))
    kept = attempt_at(now - datetime.timedelta(days=3 * 365 - 1))
    LoginCounter.objects.create(key="idle", hits=[timezone.localtime(now) - 2 * jobs.WINDOW])
    LoginCounter.objects.create(key="empty", hits=[])
    LoginCounter.objects.create(key="busy", hits=[now])
    jobs.purge_expired()
    jobs.purge_expired()
    assert list(LoginAttempt.objects.all()) == [kept]
    assert old not in LoginAttempt.objects.all()
    assert list(LoginCounter.objects.values_list("key", flat=True)) == ["busy"]


def test_first_administrator_is_made_on_the_command_line():
    out = io.StringIO()
    call_command("create_staff", "admin1", name="系统管理员", role=["system_admin"], stdout=out)
    user = User.objects.get(username="admin1")
    assert user.roles == {Role.SYSTEM_ADMIN}
    assert user.check_password(out.getvalue().split("一次性密码：")[1].split("（")[0])
    with pytest.raises(CommandError, match="已有人使用"):
        call_command("create_staff", "admin1", name="又一个", stdout=out)
    with pytest.raises(CommandError, match="互相排斥"):
        call_command("create_staff", "admin2", name="x", role=["auditor", "window"], stdout=out)
    assert not User.objects.filter(username="admin2").exists()


def test_command_line_opens_the_door_again():
    out, user = io.StringIO(), UserFactory()
    call_command("reset_staff", user.username, factor=True, stdout=out)
    user.refresh_from_db()
    assert user.must_change_password
    assert user.check_password(out.getvalue().split("一次性密码：")[1].split("（")[0])
    with pytest.raises(CommandError, match="没有登录名"):
        call_command("reset_staff", "nobody", stdout=out)


def test_demo_accounts_are_made_once_and_never_in_production(settings):
    for _ in range(2):
        call_command("seed_accounts", stdout=io.StringIO())
    assert User.objects.count() == len(demo.ACCOUNTS) == 8
    for account in demo.ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.roles == {account.role}
        assert user.check_password(demo.PASSWORD)
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="正式环境"):
        call_command("seed_accounts", stdout=io.StringIO())


def test_a_short_password_is_refused_in_chinese():
    with pytest.raises(ValidationError) as refused:
        validate_password("abc1!")
    assert "密码太短，至少要 10 个字符；可以用一句话。" in refused.value.messages
    assert all("password" not in message for message in refused.value.messages)
