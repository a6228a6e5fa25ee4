"""The accounts in the admin: who sees what, and that every act goes through a service."""

import pytest

from accounts.models import AccountEvent, RoleAssignment, User
from accounts.roles import Role
from tests.factories.accounts import PASSWORD, SecondFactorFactory, UserFactory

pytestmark = pytest.mark.django_db
USERS, ROLES = "/admin/accounts/user/", "/admin/accounts/roleassignment/"
LOGS = ["/admin/accounts/loginattempt/", "/admin/accounts/accountevent/"]


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


def act(client, name, *users):
    data = {"action": name, "_selected_action": [user.pk for user in users]}
    return client.post(USERS, data, follow=True)


@pytest.mark.parametrize(
    ("role", "users", "roles", "logs"),
    [
        (Role.SYSTEM_ADMIN, 200, 200, 403),
        (Role.SECURITY_ADMIN, 200, 200, 200),
        (Role.AUDITOR, 200, 200, 200),
        (Role.CATALOGUE_EDITOR, 403, 403, 403),
        (Role.WINDOW, 403, 403, 403),
    ],
)
def test_who_sees_which_list(client, as_role, role, users, roles, logs):
    as_role(role)
    assert client.get(USERS).status_code == users
    assert client.get(ROLES).status_code == roles
    assert [client.get(url).status_code for url in LOGS] == [logs, logs]


def test_new_account_gets_a_one_time_password_shown_once(client, as_role):
    by = as_role(Role.SYSTEM_ADMIN)
    data = {
        "username": "lisi",
        "display_name": "李四",
        "mobile": "138 0000 1234",
        "role_assignments-TOTAL_FORMS": 0,
        "role_assignments-INITIAL_FORMS": 0,
    }
    page = client.post(f"{USERS}add/", data, follow=True).content.decode()
    user = User.objects.get(username="lisi")
    password = page.split("一次性密码：")[1].split("。")[0]
    assert user.check_password(password)
    assert user.must_change_password
    assert user.mobile == "13800001234"
    assert AccountEvent.objects.get(user=user).by == by
    form = client.get(f"{USERS}{user.pk}/change/").content.decode()
    assert "138****1234" in form
    assert "13800001234" not in form


def test_saving_without_a_number_keeps_the_present_one(client, as_role):
    as_role(Role.SYSTEM_ADMIN)
    user = UserFactory()
    user.set_mobile("13800001234")
    user.save()
    data = {
        "username": user.username,
        "display_name": "新名字",
        "mobile": "",
        "role_assignments-TOTAL_FORMS": 0,
        "role_assignments-INITIAL_FORMS": 0,
    }
    assert client.post(f"{USERS}{user.pk}/change/", data).status_code == 302
    user = User.objects.get(pk=user.pk)
    assert (user.display_name, user.mobile) == ("新名字", "13800001234")


def test_roles_are_given_and_taken_through_the_service(client, as_role):
    by, user = as_role(Role.SYSTEM_ADMIN), UserFactory()
    client.post(f"{ROLES}add/", {"user": user.pk, "role": Role.WINDOW})
    grant = RoleAssignment.objects.get(user=user)
    assert grant.granted_by == by
    client.post(f"{ROLES}{grant.pk}/delete/", {"post": "yes"})
    assert not RoleAssignment.objects.filter(user=user).exists()
    assert AccountEvent.objects.filter(user=user).count() == 2


@pytest.mark.parametrize(
    ("held", "role", "sentence"),
    [
        ([], Role.AUDITOR, "请联系安全管理员"),
        ([Role.AUDITOR], Role.WINDOW, "互相排斥"),
        ([Role.WINDOW], Role.WINDOW, "已有"),
    ],
)
def test_refused_grant_is_explained_beside_the_role(client, as_role, held, role, sentence):
    as_role(Role.SYSTEM_ADMIN)
    user = UserFactory(roles=held)
    page = client.post(f"{ROLES}add/", {"user": user.pk, "role": role})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert user.role_assignments.count() == len(held)


def test_a_grant_is_never_edited_and_own_roles_stay(client, as_role):
    by = as_role(Role.SYSTEM_ADMIN)
    grant = by.role_assignments.get()
    client.post(f"{ROLES}{grant.pk}/change/", {"user": by.pk, "role": Role.AUDITOR})
    assert client.post(f"{ROLES}{grant.pk}/delete/", {"post": "yes"}).status_code == 403
    grant.refresh_from_db()
    assert grant.role == Role.SYSTEM_ADMIN


def test_actions_disable_enable_reset_and_unlock(client, as_role):
    as_role(Role.SYSTEM_ADMIN)
    user = UserFactory()
    act(client, "disable", user)
    assert not User.objects.get(pk=user.pk).is_active
    act(client, "enable", user)
    assert User.objects.get(pk=user.pk).is_active
    page = act(client, "reset_password", user).content.decode()
    password = page.split("一次性密码（只显示一次）：")[1].split("<")[0].strip()
    assert User.objects.get(pk=user.pk).check_password(password)
    assert "可以再次登录" in act(client, "unlock", user).content.decode()


def test_refused_action_is_explained(client, as_role):
    by = as_role(Role.SYSTEM_ADMIN)
    device = SecondFactorFactory(user=UserFactory())
    assert "安全管理员" in act(client, "reset_factor", device.user).content.decode()
    assert "自己" in act(client, "disable", by).content.decode() or by.is_active
    device.refresh_from_db()
    assert User.objects.get(pk=by.pk).is_active


def test_auditor_cannot_write(client, as_role):
    as_role(Role.AUDITOR)
    user = UserFactory()
    assert client.get(f"{USERS}add/").status_code == 403
    assert client.post(f"{ROLES}add/", {"user": user.pk, "role": Role.WINDOW}).status_code == 403
    client.post(f"{USERS}{user.pk}/change/", {"display_name": "x", "username": "xyz"})
    act(client, "disable", user)
    user.refresh_from_db()
    assert user.is_active
    assert user.display_name != "x"


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_people_and_logs_are_never_deleted(client, as_role, role):
    by = as_role(role)
    assert client.post(f"{USERS}{by.pk}/delete/", {"post": "yes"}).status_code == 403


def change_name(client, user, name):
    data = {"username": user.username, "display_name": name, "mobile": ""}
    data |= {f"role_assignments-{part}_FORMS": 0 for part in ("TOTAL", "INITIAL")}
    return client.post(f"{USERS}{user.pk}/change/", data)


def test_a_changed_name_leaves_a_trace(client, as_role):
    by, user = as_role(Role.SYSTEM_ADMIN), UserFactory(roles=[Role.WINDOW])
    assert change_name(client, user, "改名").status_code == 302
    event = AccountEvent.objects.get(kind=AccountEvent.Kind.DETAILS_CHANGED)
    assert (event.user, event.by, event.user.display_name) == (user, by, "改名")


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_an_administrator_is_changed_by_security_alone(client, as_role, role):
    other = UserFactory(roles=[role])
    as_role(Role.SYSTEM_ADMIN)
    assert change_name(client, other, "改名").status_code == 403
    as_role(Role.SECURITY_ADMIN)
    assert change_name(client, other, "改名").status_code == 302
