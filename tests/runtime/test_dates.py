"""Dates, parts of the start of a run, rules about days, and schedules."""

from datetime import datetime, timedelta, timezone

import pytest
from flytekit import CronSchedule

from transpile.runtime.dates import (
    is_day_of_month,
    is_day_of_week,
    is_every,
    is_in_month,
    is_start_time,
    local_date,
    start_time,
)
from transpile.runtime.schedules import cron

LATE = datetime(2026, 1, 31, 23, 5, 7, 89_000, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("UTC", "2026-01-31"), ("Asia/Tokyo", "2026-02-01"), ("America/New_York", "2026-01-31")],
)
def test_the_date_of_a_moment(zone: str, expected: str) -> None:
    assert local_date(LATE, zone) == expected
    assert local_date(LATE.replace(tzinfo=None), zone) == expected


def test_the_date_is_of_utc_without_a_zone() -> None:
    assert local_date(datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=5)))) == "2025-12-31"


@pytest.mark.parametrize(
    ("zone", "times", "expected"),
    [
        ("UTC", ("23:05",), True),
        ("UTC", ("04:35", "23:06"), False),
        ("Asia/Kolkata", ("01:00", "04:35"), True),
        ("Asia/Kolkata", ("23:05",), False),
        ("UTC", (), False),
    ],
)
def test_start_times(zone: str, times: tuple[str, ...], expected: bool) -> None:
    assert is_start_time(LATE, *times, zone=zone) is expected
    assert is_start_time(LATE.replace(tzinfo=None), *times, zone=zone) is expected


def test_a_start_time_happens_in_both_repeated_hours_and_in_no_skipped_one() -> None:
    ny = "America/New_York"
    autumn = [datetime(2026, 11, 1, hour, 30, tzinfo=timezone.utc) for hour in (4, 5, 6, 7)]
    assert [is_start_time(m, "01:30", zone=ny) for m in autumn] == [False, True, True, False]
    spring = [datetime(2026, 3, 8, hour, 30, tzinfo=timezone.utc) for hour in range(24)]
    assert not any(is_start_time(moment, "02:30", zone=ny) for moment in spring)


@pytest.mark.parametrize(
    ("part", "utc", "kolkata"),
    [
        ("timestamp", "2026-01-31T23:05:07.089Z", "2026-02-01T04:35:07.089+05:30"),
        ("year", "2026", "2026"),
        ("month", "01", "02"),
        ("day", "31", "01"),
        ("hour", "23", "04"),
        ("minute", "05", "35"),
        ("second", "07", "07"),
        ("milliseconds", "089", "089"),
        ("timezone", "UTC", "Asia/Kolkata"),
    ],
)
def test_parts_of_a_start(part: str, utc: str, kolkata: str) -> None:
    assert start_time(LATE, part) == utc
    assert start_time(LATE, part, "Asia/Kolkata") == kolkata


@pytest.mark.parametrize(
    ("number", "name"), enumerate(["mo", "tu", "we", "th", "fr", "sa", "su"], start=2)
)
def test_days_of_the_week(number: int, name: str) -> None:
    day = f"2026-02-{number:02}"
    assert is_day_of_week(day, [name, "x"])
    assert not is_day_of_week(day, {"mo", "tu", "we", "th", "fr", "sa", "su"} - {name})


@pytest.mark.parametrize(
    ("day", "numbers", "expected"),
    [
        ("2026-01-31", [31], True),
        ("2026-01-31", [-1], True),
        ("2026-01-30", [-2], True),
        ("2026-01-30", [-1], False),
        ("2028-02-29", [-1], True),
        ("2026-02-28", [-1, 5], True),
        ("2026-12-31", [-1], True),
        ("2026-12-01", [-31], True),
        ("2026-12-05", [1, 4], False),
    ],
)
def test_days_of_the_month(day: str, numbers: list[int], expected: bool) -> None:
    assert is_day_of_month(day, numbers) is expected


def test_months() -> None:
    assert is_in_month("2026-02-01", (1, 2))
    assert not is_in_month("2026-03-01", (1, 2))


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-01-01", True), ("2026-01-15", True), ("2026-01-08", False), ("2025-12-18", False)],
)
def test_every_second_week(day: str, expected: bool) -> None:
    assert is_every(day, 14, ["2026-01-01"]) is expected
    assert is_every(day, 14, ["2030-01-01", "2026-01-01"]) is expected
    assert not is_every(day, 14, [])


def test_a_schedule_without_a_zone() -> None:
    plain, with_time = cron("0 4 * * *"), cron("0 4 * * *", kickoff="kick")
    assert isinstance(plain, CronSchedule)
    assert isinstance(with_time, CronSchedule)
    assert plain.cron_schedule.schedule == "0 4 * * *"
    assert not plain.kickoff_time_input_arg
    assert with_time.kickoff_time_input_arg == "kick"


def test_a_schedule_with_a_zone() -> None:
    found = cron("0 4 * * *", "Asia/Tokyo", "kick").to_flyte_idl()
    assert found.cron_schedule.schedule == "CRON_TZ=Asia/Tokyo 0 4 * * *"
    assert found.kickoff_time_input_arg == "kick"
