"""Tokens of other systems: shown once, kept as a digest, narrow, mortal, logged."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.models import AccountEvent, ApiToken
from accounts.roles import Role
from accounts.scopes import Scope
from accounts.services import people, tokens
from common import clock
from common.errors import Refused
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
OWN = "/api/v1/token/"


@pytest.fixture
def system():
    return UserFactory(username="city-library", roles=[Role.CATALOGUE_EDITOR])


@pytest.fixture
def administrator():
    return UserFactory(roles=[Role.SYSTEM_ADMIN])


def issued(user, by=None, days=30, scopes=(Scope.CATALOGUE_DRAFT,)) -> tuple[ApiToken, str]:
    return tokens.issue_token(user=user, name="市级事项库", scopes=scopes, days=days, by=by)


def ask(client, text: str):
    return client.get(OWN, HTTP_AUTHORIZATION=f"Bearer {text}")


def test_a_token_opens_and_its_text_is_nowhere_kept(client, system):
    token, text = issued(system)
    answer = ask(client, text)
    assert answer.json()["acts_for"] == "city-library"
    assert answer.json()["scopes"] == ["catalogue:draft"]
    stored = " ".join(
        str(value) for value in ApiToken.objects.filter(pk=token.pk).values()[0].values()
    )
    assert text not in stored
    assert text.split("_", 2)[2] not in stored
    assert text.split("_", 2)[2] not in answer.content.decode()


def test_two_tokens_never_look_alike(system):
    assert len({issued(system)[1] for _ in range(5)}) == 5


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: t + "A", lambda t: t.swapcase()])
def test_a_changed_token_opens_nothing(client, system, spoil):
    _, text = issued(system)
    assert ask(client, spoil(text)).status_code == 401


def test_a_token_ends_with_its_day_its_return_or_its_person(client, system, administrator):
    token, text = issued(system)
    ApiToken.objects.filter(pk=token.pk).update(
        created_at=clock.now() - datetime.timedelta(days=2),
        expires_at=clock.now() - datetime.timedelta(seconds=1),
    )
    assert ask(client, text).status_code == 401
    token, text = issued(system)
    tokens.revoke_token(token=token, by=administrator)
    assert ask(client, text).status_code == 401
    _, text = issued(system)
    people.set_active(user=system, active=False, by=administrator)
    assert ask(client, text).status_code == 401


def test_the_day_of_use_is_noted_once_a_day(client, system, django_assert_num_queries):
    token, text = issued(system)
    ask(client, text)
    token.refresh_from_db()
    assert token.last_used_on == clock.today()
    with django_assert_num_queries(1):
        ask(client, text)


def test_issue_and_return_are_logged(system, administrator):
    token, _ = issued(system, by=administrator)
    tokens.revoke_token(token=token, by=administrator)
    tokens.revoke_token(token=token, by=administrator)
    kinds = AccountEvent.objects.filter(user=system, kind__startswith="token").order_by("id")
    assert [(event.kind, event.by) for event in kinds] == [
        ("token_issued", administrator),
        ("token_revoked", administrator),
    ]


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)]
)
def test_only_two_administrators_issue_and_take_back(system, role):
    token, _ = issued(system)
    by = UserFactory(roles=[role])
    with pytest.raises(Refused, match="请联系"):
        issued(system, by=by)
    with pytest.raises(Refused, match="请联系"):
        tokens.revoke_token(token=token, by=by)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"days": 0}, "token_days"),
        ({"days": 367}, "token_days"),
        ({"scopes": []}, "token_scopes"),
        ({"scopes": ["everything"]}, "token_scopes"),
    ],
)
def test_a_token_that_reaches_too_far_is_refused(system, change, code):
    with pytest.raises(Refused) as refused:
        issued(system, **change)
    assert refused.value.code == code


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_no_token_acts_for_an_administrator(role):
    with pytest.raises(Refused) as refused:
        issued(UserFactory(roles=[role]))
    assert refused.value.code == "token_not_for_administrators"
    with pytest.raises(Refused):
        issued(UserFactory(citizen=True))


def test_the_database_refuses_an_unknown_scope(system):
    token, _ = issued(system)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).update(scopes=["everything"])


def test_the_command_issues_and_takes_back(client, system):
    said = io.StringIO()
    call_command(
        "api_token", "issue", system.username, name="市级库", scope=["catalogue:draft"], stdout=said
    )
    text = said.getvalue().strip().rpartition("：")[2]
    assert ask(client, text).status_code == 200
    call_command("api_token", "revoke", text.split("_")[1], stdout=said)
    assert ask(client, text).status_code == 401
    with pytest.raises(CommandError):
        call_command("api_token", "issue", "nobody", name="x")


def test_the_admin_shows_a_token_once_and_never_again(client, settings, system, administrator):
    settings.STAFF_SECOND_FACTOR = False
    client.post("/login/", {"username": administrator.username, "password": PASSWORD})
    form = {"name": "市级事项库", "user": system.pk, "scopes": ["catalogue:draft"], "days": "30"}
    page = client.post("/admin/accounts/apitoken/add/", form, follow=True).content.decode()
    token = ApiToken.objects.get()
    assert token.created_by == administrator
    assert f"hd_{token.prefix}_" in page
    again = client.get(f"/admin/accounts/apitoken/{token.pk}/change/").content.decode()
    assert f"hd_{token.prefix}_" not in again
    assert token.digest not in again
    client.post(
        "/admin/accounts/apitoken/",
        {"action": "revoke", "_selected_action": [token.pk]},
    )
    token.refresh_from_db()
    assert token.revoked_at is not None
