"""Lock-out: exact for any number of parallel tries, timed, and counted before hashing (T-A5)."""

import datetime
import threading

import pytest
from django.db import connection

from accounts import lockout
from accounts.models import LoginAttempt, LoginCounter, User
from accounts.roles import Role
from accounts.services import people
from accounts.services.sign_in import name_mark, sign_in
from tests.factories.accounts import PASSWORD, UserFactory

WRONG = "not-the-password"


@pytest.fixture
def hashes(monkeypatch):
    """Counts every computed password hash, of known and unknown accounts alike."""
    counted = []
    check, make = User.check_password, User.set_password
    monkeypatch.setattr(
        User, "check_password", lambda self, raw: counted.append(raw) or check(self, raw)
    )
    monkeypatch.setattr(
        User, "set_password", lambda self, raw: counted.append(raw) or make(self, raw)
    )
    return counted


def attempt(username: str, password: str, ip: str) -> str:
    try:
        return "in" if sign_in(username=username, password=password, ip=ip) else "wrong"
    except lockout.TooManyTries:
        return "locked"


def in_parallel(work, count: int) -> list:
    barrier, results = threading.Barrier(count), []

    def run(number: int):
        try:
            barrier.wait(timeout=30)
            results.append(work(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def let_time_pass(minutes: float) -> None:
    for counter in LoginCounter.objects.all():
        counter.hits = [hit - datetime.timedelta(minutes=minutes) for hit in counter.hits]
        counter.save()


@pytest.mark.django_db(transaction=True)
def test_30_parallel_tries_on_one_account_compute_exactly_five_hashes(hashes):
    user = UserFactory()
    hashes.clear()
    results = in_parallel(lambda n: attempt(user.username, WRONG, f"203.0.{n}.9"), 30)
    assert sorted(results) == ["locked"] * 25 + ["wrong"] * 5
    assert len(hashes) == 5


@pytest.mark.django_db(transaction=True)
def test_30_parallel_tries_from_one_address_compute_exactly_twenty_hashes(hashes):
    results = in_parallel(lambda n: attempt(f"nobody{n}", WRONG, "203.0.113.9"), 30)
    assert sorted(results) == ["locked"] * 10 + ["wrong"] * 20
    assert len(hashes) == 20


@pytest.mark.django_db
def test_strangers_and_office_together_stay_within_ten_hashes(hashes):
    user = UserFactory()
    assert attempt(user.username, PASSWORD, "10.1.1.1") == "in"
    hashes.clear()
    for number in range(40):
        attempt(user.username, WRONG, f"203.0.{number}.9")
        attempt(user.username, WRONG, f"10.1.1.{number + 2}")
    assert len(hashes) == 10


@pytest.mark.django_db
def test_a_stranger_cannot_lock_an_officer_out_of_the_office():
    user = UserFactory()
    assert attempt(user.username, PASSWORD, "10.1.1.1") == "in"
    for number in range(40):
        attempt(user.username, WRONG, f"203.0.{number}.9")
    assert attempt(user.username, PASSWORD, "198.51.100.1") == "locked"
    assert attempt(user.username, PASSWORD, "10.1.1.77") == "in"


@pytest.mark.django_db
def test_even_the_right_password_waits_while_locked(hashes):
    user = UserFactory()
    for _ in range(lockout.PER_BUDGET):
        attempt(user.username, WRONG, "203.0.113.9")
    hashes.clear()
    assert attempt(user.username, PASSWORD, "203.0.113.9") == "locked"
    assert hashes == []


@pytest.mark.django_db
def test_the_pause_ends_by_itself_and_says_how_long_it_lasts():
    user = UserFactory()
    for _ in range(lockout.PER_BUDGET):
        attempt(user.username, WRONG, "203.0.113.9")
    let_time_pass(10)
    with pytest.raises(lockout.TooManyTries) as pause:
        sign_in(username=user.username, password=PASSWORD, ip="203.0.113.9")
    assert pause.value.minutes == 5
    assert "5 分钟" in pause.value.message
    assert pause.value.status == 429
    let_time_pass(5)
    assert attempt(user.username, PASSWORD, "203.0.113.9") == "in"


@pytest.mark.django_db
def test_the_window_slides():
    for _ in range(3):
        lockout.take(lockout.Limit("key"))
    let_time_pass(10)
    for _ in range(2):
        lockout.take(lockout.Limit("key"))
    with pytest.raises(lockout.TooManyTries):
        lockout.take(lockout.Limit("key"))
    let_time_pass(5)
    for _ in range(3):
        lockout.take(lockout.Limit("key"))
    with pytest.raises(lockout.TooManyTries):
        lockout.take(lockout.Limit("key"))


@pytest.mark.django_db
def test_a_refused_try_counts_under_no_key():
    full = lockout.Limit("full", 1)
    lockout.take(full)
    with pytest.raises(lockout.TooManyTries):
        lockout.take(lockout.Limit("other"), full)
    assert not LoginCounter.objects.filter(key="other").exists()


@pytest.mark.django_db
def test_right_passwords_are_not_counted():
    user = UserFactory()
    results = [attempt(user.username, PASSWORD, "203.0.113.9") for _ in range(30)]
    assert results == ["in"] * 30


@pytest.mark.django_db
def test_a_right_password_does_not_wipe_out_earlier_wrong_ones():
    user, other = UserFactory(), UserFactory()
    results = []
    for _ in range(25):
        results.append(attempt(user.username, WRONG, "203.0.113.9"))
        attempt(other.username, PASSWORD, "203.0.113.9")
    assert results.count("wrong") == lockout.PER_BUDGET


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["unknown", "disabled", "citizen", "wrong"])
def test_every_wrong_pair_costs_one_hash_and_gets_the_same_answer(kind, hashes):
    names = {
        "unknown": "nobody",
        "disabled": UserFactory(is_active=False).username,
        "citizen": UserFactory(citizen=True).username,
        "wrong": UserFactory().username,
    }
    hashes.clear()
    password = WRONG if kind == "wrong" else PASSWORD
    answers = [attempt(names[kind], password, "203.0.113.9") for _ in range(7)]
    assert answers == ["wrong"] * 5 + ["locked"] * 2
    assert len(hashes) == 5


@pytest.mark.django_db
def test_spelling_of_the_name_does_not_open_a_second_budget():
    user = UserFactory(username="zhangsan")
    for name in ("zhangsan", "ZhangSan", " zhangsan ", "ｚｈａｎｇｓａｎ", "ZHANGSAN"):
        attempt(name, WRONG, "203.0.113.9")
    assert attempt(user.username, WRONG, "203.0.113.9") == "locked"


@pytest.mark.django_db
def test_an_administrator_lifts_the_pause():
    user, by = UserFactory(), UserFactory(roles=[Role.SYSTEM_ADMIN])
    for _ in range(lockout.PER_BUDGET):
        attempt(user.username, WRONG, "203.0.113.9")
    people.unlock(user=user, by=by)
    assert attempt(user.username, PASSWORD, "203.0.113.9") == "in"


@pytest.mark.django_db
def test_what_was_typed_as_name_is_not_stored():
    attempt("my-secret-password", WRONG, "203.0.113.9")
    row = LoginAttempt.objects.get()
    assert row.mark == name_mark("my-secret-password")
    assert "secret" not in str(LoginAttempt.objects.values().get())
    assert row.outcome == LoginAttempt.Outcome.WRONG_PASSWORD
    assert row.network == "203.0.113.0/24"
