"""Business time is Shanghai time, movable, and never leaks."""

import threading
import time as wall
from datetime import UTC, date, datetime, time, timedelta

import pytest

from common import clock
from common.workdays import Calendar, package_years

CALENDAR = Calendar(package_years())


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=clock.SHANGHAI)


def test_the_clock_runs_with_the_world_in_shanghai():
    assert abs(clock.now().timestamp() - wall.time()) < 60
    assert clock.now().utcoffset() == timedelta(hours=8)


def test_today_turns_at_midnight_in_shanghai():
    with clock.at(datetime(2026, 11, 23, 15, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 23)
    with clock.at(datetime(2026, 11, 23, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 24)


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland", "UTC"])
def test_the_zone_of_the_process_does_not_matter(monkeypatch, zone):
    moment = shanghai(2026, 11, 23, 0, 30)
    monkeypatch.setenv("TZ", zone)
    wall.tzset()
    try:
        assert clock.now().utcoffset() == timedelta(hours=8)
        with clock.at(moment.astimezone(UTC)):
            assert clock.today() == date(2026, 11, 23)
            assert clock.business_date(clock.now(), CALENDAR) == date(2026, 11, 23)
    finally:
        monkeypatch.undo()
        wall.tzset()


def test_a_moved_clock_nests_and_comes_back_even_after_an_error():
    with clock.at(date(2024, 2, 29)) as moment:
        assert clock.now() == moment == shanghai(2024, 2, 29, 9)
        with (
            pytest.raises(ZeroDivisionError),
            clock.at(shanghai(2025, 1, 1, 8).replace(tzinfo=None)),
        ):
            assert clock.now() == shanghai(2025, 1, 1, 8)
            _ = 1 / 0
        assert clock.now() == moment
    assert clock.today() > date(2026, 1, 1)


def test_another_thread_keeps_its_own_time():
    seen = []
    with clock.at(date(2024, 2, 29)):
        thread = threading.Thread(target=lambda: seen.append(clock.today()))
        thread.start()
        thread.join()
    assert seen[0] > date(2026, 1, 1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (shanghai(2026, 11, 23, 8, 30), date(2026, 11, 23)),
        (shanghai(2026, 11, 23, 17, 0), date(2026, 11, 23)),
        (shanghai(2026, 11, 23, 17, 0, 1), date(2026, 11, 24)),
        (shanghai(2026, 11, 23, 23, 59), date(2026, 11, 24)),
        (shanghai(2026, 11, 20, 18, 0), date(2026, 11, 23)),
        (shanghai(2026, 11, 21, 10, 0), date(2026, 11, 23)),
        (shanghai(2026, 2, 14, 10, 0), date(2026, 2, 14)),
        (shanghai(2026, 2, 14, 17, 30), date(2026, 2, 24)),
        (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_received_after_the_cut_off_counts_as_the_next_working_day(moment, day):
    assert clock.business_date(moment, CALENDAR) == day


def test_the_cut_off_can_be_set():
    moment = shanghai(2026, 11, 23, 16, 30)
    assert clock.business_date(moment, CALENDAR, cut_off=time(16)) == date(2026, 11, 24)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        clock.business_date(shanghai(2026, 11, 23, 9).replace(tzinfo=None), CALENDAR)
