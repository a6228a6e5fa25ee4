"""The second factor cannot be skipped (T-A8), and a code serves once."""

import secrets
import threading
import time

import pytest
from django.db import connection
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django_otp.oath import TOTP

from accounts.lockout import TooManyTries
from accounts.middleware import OPEN_WITHOUT_FACTOR
from accounts.models import AccountEvent, LoginAttempt, SecondFactor
from accounts.roles import Role
from accounts.services import factor
from common.crypto import SealBroken
from common.errors import Refused
from tests.factories.accounts import PASSWORD, SecondFactorFactory, UserFactory

VERIFY, ENROL, SECURITY = "/login/verify/", "/login/enrol/", "/me/security/"
SAMPLES = {"slug": "x", "int": 1, "str": "x", "path": "x", "uuid": "0" * 32}


@pytest.fixture(autouse=True)
def two_factors(settings):
    settings.STAFF_SECOND_FACTOR = True
    settings.LOGIN_REDIRECT_URL = SECURITY


def code_of(key: str, step: int = 0) -> str:
    moment = TOTP(bytes.fromhex(key))
    moment.time = time.time() + 30 * step
    return f"{moment.token():06d}"


def wrong_code(key: str) -> str:
    near = {code_of(key, step) for step in range(-3, 4)}
    return next(c for c in (f"{n:06d}" for n in range(10)) if c not in near)


def sign_in(client, user, back=""):
    return client.post("/login/", {"username": user.username, "password": PASSWORD, "next": back})


def every_path() -> list[tuple[str, str]]:
    """Every address of the resolver, with sample arguments, and its view name."""
    found = []

    def walk(patterns, prefix, namespace):
        for pattern in patterns:
            route = prefix + str(pattern.pattern).lstrip("^").replace(r"\Z", "").replace("$", "")
            if isinstance(pattern, URLResolver):
                names = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                walk(pattern.url_patterns, route, names)
            elif isinstance(pattern, URLPattern) and "(" not in route:
                for kind, value in SAMPLES.items():
                    while f"<{kind}:" in route:
                        head, _, tail = route.partition(f"<{kind}:")
                        route = head + str(value) + tail.partition(">")[2]
                found.append((f"/{route}", f"{namespace}{pattern.name}"))

    walk(get_resolver().url_patterns, "", "")
    return [(path, name) for path, name in found if "<" not in path]


@pytest.mark.django_db
def test_no_address_of_the_site_opens_with_the_password_alone(client):
    user = UserFactory(roles=[Role.SYSTEM_ADMIN])
    SecondFactorFactory(user=user)
    sign_in(client, user)
    paths = [(path, name) for path, name in every_path() if name not in OPEN_WITHOUT_FACTOR]
    assert len(paths) > 60
    let_through = []
    for path, name in paths:
        for method in (client.get, client.post):
            response = method(path)
            held = response.status_code == 302 and response.url.startswith(VERIFY)
            if not held and response.status_code != 404 and name != "accounts:admin_sign_out":
                let_through.append((path, response.status_code))
    assert let_through == []


@pytest.mark.django_db
def test_first_sign_in_leads_to_enrolment_and_then_to_the_page_wanted(client):
    user = UserFactory(roles=[Role.WINDOW])
    response = sign_in(client, user, back="/me/password/")
    assert response.url == f"{VERIFY}?next=%2Fme%2Fpassword%2F"
    assert client.get(response.url).url == f"{ENROL}?next=%2Fme%2Fpassword%2F"
    page = client.get(f"{ENROL}?next=/me/password/").content.decode()
    key = factor.open_key(user, client.session["factor_key"])
    assert "<svg" in page
    assert "style=" not in page
    assert not SecondFactor.objects.exists()
    before = client.session.session_key
    response = client.post(ENROL, {"code": code_of(key), "next": "/me/password/"})
    assert response.url == "/me/password/"
    assert client.session.session_key != before
    assert "factor_key" not in client.session
    assert client.get("/me/password/").status_code == 200
    assert AccountEvent.objects.get().kind == AccountEvent.Kind.FACTOR_ENROLLED


@pytest.mark.django_db
def test_wrong_first_code_binds_nothing_and_keeps_the_key(client):
    user = UserFactory()
    sign_in(client, user)
    client.get(ENROL)
    key = factor.open_key(user, client.session["factor_key"])
    page = client.post(ENROL, {"code": wrong_code(key)})
    assert "动态口令不对" in page.content.decode()
    assert factor.open_key(user, client.session["factor_key"]) == key
    assert not SecondFactor.objects.exists()


@pytest.mark.django_db
def test_a_stolen_password_cannot_replace_the_factor(client):
    device = SecondFactorFactory(user=UserFactory())
    sign_in(client, device.user)
    assert client.get(ENROL).url == VERIFY
    assert client.post(ENROL, {"code": "123456"}).url == VERIFY
    key = secrets.token_hex(20)
    with pytest.raises(Refused) as refusal:
        factor.enrol(user=device.user, key=key, code=code_of(key), ip="203.0.113.9")
    assert refusal.value.code == "factor_exists"


@pytest.mark.django_db
def test_right_code_opens_the_site_under_a_new_session_id(client):
    device = SecondFactorFactory(user=UserFactory(roles=[Role.AUDITOR]))
    sign_in(client, device.user)
    before = client.session.session_key
    typed = code_of(device.key)
    response = client.post(VERIFY, {"code": f" {typed[:3]} {typed[3:]} "})
    assert response.url == SECURITY
    assert client.session.session_key != before
    assert client.get(SECURITY).status_code == 200
    assert client.get(VERIFY).url == SECURITY


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３", "٣٣٣٣٣٣"])
def test_what_is_no_code_is_named_and_not_counted(client, typed):
    device = SecondFactorFactory(user=UserFactory())
    sign_in(client, device.user)
    page = client.post(VERIFY, {"code": typed}).content.decode()
    assert "6 位数字" in page
    assert LoginAttempt.objects.filter(outcome="code_refused").count() == 0


@pytest.mark.django_db
def test_a_code_serves_once(client):
    device = SecondFactorFactory(user=UserFactory())
    code = code_of(device.key)
    assert factor.verify(user=device.user, code=code, ip="203.0.113.9") is not None
    assert factor.verify(user=device.user, code=code, ip="203.0.113.9") is None


@pytest.mark.django_db(transaction=True)
def test_a_code_serves_once_also_in_parallel():
    device = SecondFactorFactory(user=UserFactory())
    code, barrier, accepted = code_of(device.key), threading.Barrier(4), []

    def use():
        try:
            barrier.wait(timeout=20)
            if factor.verify(user=device.user, code=code, ip="203.0.113.9"):
                accepted.append(True)
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert accepted == [True]


@pytest.mark.django_db
def test_five_wrong_codes_lock_the_factor_for_right_ones_too():
    device = SecondFactorFactory(user=UserFactory())
    for _ in range(5):
        assert not factor.verify(user=device.user, code=wrong_code(device.key), ip="203.0.113.9")
    with pytest.raises(TooManyTries):
        factor.verify(user=device.user, code=code_of(device.key), ip="203.0.113.9")


@pytest.mark.django_db
def test_locked_factor_is_said_on_the_page(client):
    device = SecondFactorFactory(user=UserFactory())
    sign_in(client, device.user)
    for _ in range(5):
        client.post(VERIFY, {"code": wrong_code(device.key)})
    page = client.post(VERIFY, {"code": code_of(device.key)})
    assert page.status_code == 429
    assert "分钟后再试" in page.content.decode()


@pytest.mark.django_db
def test_released_factor_ends_sessions_and_asks_to_enrol_again(client):
    device = SecondFactorFactory(user=UserFactory())
    sign_in(client, device.user)
    client.post(VERIFY, {"code": code_of(device.key)})
    by = UserFactory(roles=[Role.SECURITY_ADMIN])
    factor.forget_factor(user=device.user, by=by)
    assert client.get(SECURITY).url.startswith("/login/?next=")
    sign_in(client, device.user)
    assert client.get(SECURITY).url.startswith(ENROL)


@pytest.mark.django_db
def test_sign_out_stays_open_without_the_code(client):
    device = SecondFactorFactory(user=UserFactory())
    sign_in(client, device.user)
    assert client.post("/logout/").status_code == 302
    assert client.get(SECURITY).url.startswith("/login/?next=")


@pytest.mark.django_db
def test_the_secret_is_sealed_in_the_table_and_in_the_session(client):
    device = SecondFactorFactory(user=UserFactory())
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM accounts_secondfactor WHERE id = %s", [device.pk])
        stored = cursor.fetchone()[0]
    assert device.key not in stored
    assert SecondFactor.objects.get().key == device.key
    user = UserFactory()
    sign_in(client, user)
    client.get(ENROL)
    waiting = client.session["factor_key"]
    assert factor.open_key(user, waiting) not in waiting
    with pytest.raises(SealBroken):
        factor.open_key(device.user, waiting)
