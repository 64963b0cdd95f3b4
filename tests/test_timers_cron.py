"""When cron starts a line: against a naive matcher, and where the clock changes."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.crontabs import BERLIN, HERE, jobs
from transpile.dialects.timers.cron_clock import CronClock
from transpile.dialects.timers.cron_fields import UNITS, read_fields
from transpile.dialects.timers.settings import CRONIE, SYSTEMD, VIXIE
from transpile.model.schedule import AtChange
from transpile.proof.scheduler import parse
from transpile.targets.flyte.crons import firings

UTC = timezone.utc


# -------------------------------------------------------------------- a naive matcher


def _list(draw: st.DrawFn, low: int, high: int) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        first = draw(st.integers(low, high))
        last = draw(st.integers(first, high))
        step = draw(st.integers(1, 9))
        parts.append(
            draw(
                st.sampled_from(["*", f"*/{step}", f"{first}", f"{first}-{last}"])
                | st.just(f"{first}-{last}/{step}")
            )
        )
    return ",".join(parts)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Five fields without surprises."""
    fields = [_list(draw, unit.low, unit.high) for unit in UNITS]
    stars = draw(st.lists(st.sampled_from(range(5)), max_size=3))
    return " ".join("*" if number in stars else field for number, field in enumerate(fields))


def _allows(field: str, number: int, low: int, high: int) -> bool:
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = (f"{low}-{high}" if span == "*" else span).partition("-")
        numbers = range(int(first), int(last or first) + 1, int(step or 1))
        if number in numbers:
            return True
    return False


def naive(line: str, moment: datetime) -> bool:
    """The rule of crontab(5), field by field."""
    minute, hour, month_day, month, week = line.split()
    on_month = _allows(month_day, moment.day, 1, 31)
    number = moment.isoweekday() % 7
    on_week = _allows(week, number, 0, 7) or (number == 0 and _allows(week, 7, 0, 7))
    either = not (month_day.startswith("*") or week.startswith("*"))
    return (
        _allows(minute, moment.minute, 0, 59)
        and _allows(hour, moment.hour, 0, 23)
        and _allows(month, moment.month, 1, 12)
        and ((on_month or on_week) if either else (on_month and on_week))
    )


def _minutes(first: datetime, count: int) -> Iterator[datetime]:
    return (first + timedelta(minutes=number) for number in range(count))


@given(lines(), st.integers(0, 1000))
@settings(max_examples=share_of(60), deadline=None)
def test_a_clock_fires_like_the_naive_matcher(line: str, day: int) -> None:
    begin = datetime(2026, 1, 1, 7, 13, 20, tzinfo=UTC) + timedelta(days=day)
    end = begin + timedelta(days=3)
    wanted = [m for m in _minutes(begin.replace(second=0), 3 * 1440 + 1) if naive(line, m)]
    found = list(CronClock.read(line).fires("UTC", begin, end))
    assert found == [moment for moment in wanted if begin <= moment < end]


@given(lines())
@settings(max_examples=share_of(150), deadline=None)
def test_emitted_expressions_fire_on_the_minutes_of_two_years(line: str) -> None:
    """In a zone without changes of the clock: days are looked up where the launch plan says so."""
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(730)]
    midnight = datetime(2027, 1, 1)
    of_day = [m.time() for m in _minutes(midnight, 1440)]
    minute, hour, *rest = line.split()
    times = {t for t in of_day if naive(f"{minute} {hour} * * *", datetime.combine(days[0], t))}
    wanted = {
        day
        for day in days
        if naive(f"0 0 {' '.join(rest)}", datetime.combine(day, midnight.time()))
    }
    clock = CronClock.read(line)
    known = clock.days()
    if known is None:
        assert not wanted or not times
        return
    found = firings(clock.schedule(HERE, "UTC", known))
    fired: dict[tuple[int, int], set[date]] = {}
    for firing in found:
        fields = parse(firing.cron)
        on = {d for d in days if fields.on(d) and (not firing.asks or d in firing.schedule.days)}
        for one_hour in fields.hours:
            for one_minute in fields.minutes:
                fired.setdefault((one_hour, one_minute), set()).update(on)
    assert {(t.hour, t.minute) for t in times} == set(fired)
    assert all(on == wanted for on in fired.values())


# -------------------------------------------------------------------- changes of the clock


def fires(fields: str, first: str, hours: int, engine: str = VIXIE, **said: Any) -> list[str]:
    """The local times at which a line starts from a local time on, in Berlin."""
    zone = ZoneInfo(BERLIN)
    begin = datetime.fromisoformat(first).replace(tzinfo=zone).astimezone(UTC)
    clock = CronClock(read_fields(fields, engine), **said)
    found = clock.fires(BERLIN, begin, begin + timedelta(hours=hours))
    return [f"{moment.astimezone(zone):%H:%M %Z}" for moment in found]


@pytest.mark.parametrize(
    ("fields", "starts"),
    [
        # cron(8): those that would have run in the time that is skipped run soon after the change.
        ("30 2 * * *", ["03:00 CEST"]),
        ("0,30 2 * * *", ["03:00 CEST", "03:00 CEST"]),
        ("30 1,2,3 * * *", ["01:30 CET", "03:00 CEST", "03:30 CEST"]),
        ("0 3 * * *", ["03:00 CEST"]),
        ("59 0-3 * * *", ["00:59 CET", "01:59 CET", "03:00 CEST", "03:59 CEST"]),
        # Jobs with a star in the minute or the hour follow the clock.
        ("30 * * * *", ["00:30 CET", "01:30 CET", "03:30 CEST"]),
        ("*/20 2 * * *", []),
        ("*/30 1-3 * * *", ["01:00 CET", "01:30 CET", "03:00 CEST", "03:30 CEST"]),
        # On the day after, and on the days of the week: the wall clock decides.
        ("30 2 * * 1", []),
        ("30 2 29 3 *", ["03:00 CEST"]),
    ],
)
def test_starts_where_clocks_go_forward(fields: str, starts: list[str]) -> None:
    assert fires(fields, "2026-03-29 00:00", 3) == starts


@pytest.mark.parametrize(
    ("fields", "starts"),
    [
        # cron(8): those that have run in the time that is repeated are not run again.
        ("30 2 * * *", ["02:30 CEST"]),
        ("0,30 2,3 * * *", ["02:00 CEST", "02:30 CEST", "03:00 CET", "03:30 CET"]),
        ("30 * * * *", ["00:30 CEST", "01:30 CEST", "02:30 CEST", "02:30 CET", "03:30 CET"]),
        ("*/30 2 * * *", ["02:00 CEST", "02:30 CEST", "02:00 CET", "02:30 CET"]),
        ("30 0-23 * * *", ["00:30 CEST", "01:30 CEST", "02:30 CEST", "03:30 CET"]),
    ],
)
def test_starts_where_clocks_go_back(fields: str, starts: list[str]) -> None:
    assert fires(fields, "2026-10-25 00:00", 5) == starts


def test_a_period_may_begin_and_end_inside_a_change() -> None:
    assert fires("30 2 * * *", "2026-03-29 01:59", 1) == ["03:00 CEST"]
    zone = ZoneInfo(BERLIN)
    begin = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=zone).astimezone(UTC)
    clock = CronClock.read("30 2 * * *")
    assert list(clock.fires(BERLIN, begin, begin + timedelta(hours=1))) == []
    assert fires("30 2 * * *", "2026-03-29 01:00", 1) == []


def test_changes_of_three_hours_and_more_are_a_clock_that_was_set() -> None:
    # Samoa left out 30 December 2011.
    clock = CronClock.read("30 2 * * *")
    begin = datetime(2011, 12, 29, 22, tzinfo=UTC)
    local = ZoneInfo("Pacific/Apia")
    found = clock.fires("Pacific/Apia", begin, begin + timedelta(days=2))
    assert [f"{m.astimezone(local):%d %H:%M}" for m in found] == ["31 02:30", "01 02:30"]


def test_systemd_skips_and_starts_once() -> None:
    assert fires("30 2 * * *", "2026-03-29 00:00", 5, once=True) == []
    assert fires("30 2 * * *", "2026-10-25 00:00", 5, once=True) == ["02:30 CEST"]
    assert fires("*/30 2 * * *", "2026-10-25 00:00", 5, once=True) == ["02:00 CEST", "02:30 CEST"]


def test_a_zone_of_its_own_shows_all_times() -> None:
    # cronie takes the time of CRON_TZ as it is: neither made up nor held back.
    york = "America/New_York"
    begin = datetime(2026, 3, 8, 5, tzinfo=UTC)
    clock = CronClock(read_fields("30 2 * * *", CRONIE), york)
    assert list(clock.fires(BERLIN, begin, begin + timedelta(hours=6))) == []
    begin = datetime(2026, 11, 1, 4, tzinfo=UTC)
    clock = CronClock(read_fields("30 1 * * *", CRONIE), york)
    found = list(clock.fires(BERLIN, begin, begin + timedelta(hours=6)))
    assert [moment.hour for moment in found] == [5, 6]


def test_while_the_server_repeats_an_hour_cronie_starts_only_stars_of_other_zones() -> None:
    tokyo = {"zone": "Asia/Tokyo", "engine": CRONIE}
    # 02:00 to 03:00 CET is 10:00 to 11:00 in Tokyo.
    assert fires("15 10 * * *", "2026-10-25 00:00", 6, **tokyo) == []
    assert fires("15 * * * *", "2026-10-25 02:00", 2, **tokyo) == [
        "02:15 CEST",
        "02:15 CET",
    ]
    assert fires("15 9 * * *", "2026-10-25 00:00", 6, **tokyo) == ["02:15 CEST"]


@pytest.mark.parametrize(
    ("fields", "engine", "change"),
    [
        ("30 2 * * *", VIXIE, AtChange.MADE_UP),
        ("30 0-23 * * *", VIXIE, AtChange.MADE_UP),
        ("30 * * * *", VIXIE, AtChange.SHOWN),
        ("*/5 2 * * *", VIXIE, AtChange.SHOWN),
        ("30 2 * * *", SYSTEMD, AtChange.ONCE),
        ("30 * * * *", SYSTEMD, AtChange.ONCE),
    ],
)
def test_a_schedule_says_what_happens_at_a_change(
    fields: str, engine: str, change: AtChange
) -> None:
    (job,) = jobs(f"{fields} true\n", engine=engine)
    assert job.schedule is not None
    assert job.schedule.at_change is change


def test_all_hours_become_minutes_of_every_hour() -> None:
    (job,) = jobs("5,35 * * * * true\n")
    assert job.schedule is not None
    assert (job.schedule.times, job.schedule.minutes) == ((), (5, 35))
    (job,) = jobs("5,35 8-9 * * * true\n")
    assert job.schedule is not None
    assert job.schedule.times == ((8, 5), (8, 35), (9, 5), (9, 35))
