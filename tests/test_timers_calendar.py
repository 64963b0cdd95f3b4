"""Calendar events of systemd: what is read, when they elapse, and their schedules."""

import os
import re
import shutil
import subprocess
from datetime import date, datetime, timedelta, timezone
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from transpile.dialects.timers.calendar_events import CalendarEvent
from transpile.dialects.timers.calendar_parts import EVERY_SECOND, Part
from transpile.dialects.timers.calendar_schedules import (
    gap,
    has_days,
    last_day,
    schedule_of,
)
from transpile.model.schedule import AtChange, Schedule
from transpile.sources.text import Span

UTC = timezone.utc
BERLIN = "Europe/Berlin"


def read(text: str) -> CalendarEvent:
    return CalendarEvent.read(text)


def elapses(text: str, begin: str, count: int, zone: str = "UTC") -> list[str]:
    """The next moments in UTC."""
    start = datetime.fromisoformat(begin).replace(tzinfo=UTC)
    moments = read(text).fires(zone, start, datetime(2199, 12, 31, tzinfo=UTC))
    return [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in islice(moments, count)]


# -------------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Sat,Thu,Mon..Wed,Sat..Sun", "Mon..Thu,Sat,Sun *-*-* 00:00:00"),
        ("Mon,Sun 12-*-* 2,1:23", "Mon,Sun 2012-*-* 01,02:23:00"),
        ("Wed *-1", "Wed *-*-01 00:00:00"),
        ("Wed..Wed,Wed *-1", "Wed *-*-01 00:00:00"),
        ("wednesday, 17:48", "Wed *-*-* 17:48:00"),
        ("Wed-Sat,Tue 12-10-15 1:2:3", "Tue..Sat 2012-10-15 01:02:03"),
        ("*-*-7 0:0:0", "*-*-07 00:00:00"),
        ("10-15", "*-10-15 00:00:00"),
        ("monday *-12-* 17:00", "Mon *-12-* 17:00:00"),
        ("Mon,Fri *-*-3,1,2 *:30:45", "Mon,Fri *-*-01,02,03 *:30:45"),
        ("12,14,13,12:20,10,30", "*-*-* 12,13,14:10,20,30:00"),
        ("05:40:23.4200004/3.1700005", "*-*-* 05:40:23.420000/3.170001"),
        ("2003-02..04-05", "2003-02..04-05 00:00:00"),
        ("2003-03-05 05:40 UTC", "2003-03-05 05:40:00 UTC"),
        ("00:05:10.25", "*-*-* 00:05:10.250000"),
        ("*-02~03", "*-02~03 00:00:00"),
        ("Mon *-05~07/1", "Mon *-05~07/1 00:00:00"),
        ("5..5-5", "*-05-05 00:00:00"),
        ("*-*-1..10/20", "*-*-01 00:00:00"),
        ("1:0..59/7", "*-*-* 01:00..56/7:00"),
        ("*:*:10..11.5/0.5", "*-*-* *:*:10..11.500000/0.500000"),
        ("2:3:*", "*-*-* 02:03:*"),
        ("99-1-1", "1999-01-01 00:00:00"),
        ("30..2040-1-1", "2030..2040-01-01 00:00:00"),
        ("Mon..Sun", "*-*-* 00:00:00"),
        ("@1900000000", "2030-03-17 17:46:40 UTC"),
        ("Mon @ 1900000000 Europe/Berlin", "Mon 2030-03-17 17:46:40 UTC"),
        ("minutely", "*-*-* *:*:00"),
        ("HOURLY Asia/Tokyo", "*-*-* *:00:00 Asia/Tokyo"),
        ("daily utc", "*-*-* 00:00:00 UTC"),
        ("weekly", "Mon *-*-* 00:00:00"),
        ("monthly", "*-*-01 00:00:00"),
        ("quarterly", "*-01,04,07,10-01 00:00:00"),
        ("semi-annually", "*-01,07-01 00:00:00"),
        ("yearly", "*-01-01 00:00:00"),
    ],
)
def test_normal_forms_are_those_of_systemd(text: str, normal: str) -> None:
    assert str(read(text)) == normal
    assert str(read(normal)) == normal


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "UTC", "*", "12", "24:00", "1:60", "1:1:60", "0:0:0:0", "Fri..Mon", "Mon-05"),
        *("Mond", "Mon..Tue..Wed", "Mon,,Tue", "1-1-1-1", "~1", "1~1~1", "*-*~29", "*-13-1"),
        *("*-*-0", "*-*-32", "*/2-1-1", "1:1,:1", "1:1:10..10", "00:00:.5", "00:00:00.", "5..3-1"),
        *("*:0/60", "0/24:0", "*:0/0", "1969-1-1", "2200-1-1", "100-1-1", "@-5", "@7258118400"),
        *("12:00 CEST", "12:00 europe/berlin", "12:00 localtime", "12:00  UTC", " 1:00", "1:00 "),
        *(
            "\u017fun",
            "1:\u0661",
            "1:0\0",
            "daily\n",
            "*-*~20,27",
            "1" * 5000 + ":0",
            "0:0" + ",1" * 300,
        ),
        *(
            "*-*-" + "9" * 100_000,
            "@" + "9" * 100_000,
            "Mon..Fri," * 50_000 + "x",
            "12:00 " + "A/" * 50_000,
        ),
    ],
    ids=lambda text: ascii(text[:30]),
)
def test_what_systemd_refuses_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)


def test_a_shorthand_is_no_prefix_and_zones_keep_their_spelling() -> None:
    assert read("1:0 America/Argentina/Buenos_Aires").zone == "America/Argentina/Buenos_Aires"
    assert read("*:*:*").seconds == EVERY_SECOND
    assert read("1:0..3").minutes == (Part(0, 3, 1),)
    for text in ("dailyx", "daily,", "daily 1:00"):
        with pytest.raises(ValueError, match="cannot be read"):
            read(text)


@settings(max_examples=share_of(300), deadline=None)
@given(st.text(alphabet="0123456789*/.,-~: MonTueUTC@", max_size=25))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    reason, event = "", None
    try:
        event = read(text)
    except ValueError as error:
        reason = str(error)
    assert reason if event is None else str(read(str(event))) == str(event)


# -------------------------------------------------------------------- when they elapse


@pytest.mark.parametrize(
    ("text", "begin", "expected"),
    [
        ("Mon..Fri 06:30", "2026-11-27 06:30:00", ["2026-11-27 06:30:00", "2026-11-30 06:30:00"]),
        ("Sat *-*-1..7", "2026-11-27", ["2026-12-05 00:00:00", "2027-01-02 00:00:00"]),
        ("*-*~1 12:00", "2027-01-31 12:00:01", ["2027-02-28 12:00:00", "2027-03-31 12:00:00"]),
        ("*-02~03", "2027-01-01", ["2027-02-26 00:00:00", "2028-02-27 00:00:00"]),
        ("*-*~7/3", "2027-02-01", ["2027-02-22 00:00:00", "2027-02-25 00:00:00"]),
        ("*-*~1..8/3", "2027-02-27", ["2027-02-28 00:00:00", "2027-03-25 00:00:00"]),
        ("*-2-29", "2026-01-01", ["2028-02-29 00:00:00", "2032-02-29 00:00:00"]),
        ("2027/2-1-1", "2026-01-01", ["2027-01-01 00:00:00", "2029-01-01 00:00:00"]),
        ("*-*-1/30", "2027-01-02", ["2027-01-31 00:00:00", "2027-02-01 00:00:00"]),
        ("0:0:59.5/0.4", "2027-01-01", ["2027-01-01 00:00:59"] * 2 + ["2027-01-02 00:00:59"]),
        ("@1900000000", "2026-01-01", ["2030-03-17 17:46:40"]),
        ("Mon @1900000000", "2026-01-01", []),
        ("*-02-30", "2026-01-01", []),
        ("2020-01-01", "2026-01-01", []),
    ],
)
def test_moments_by_hand(text: str, begin: str, expected: list[str]) -> None:
    assert elapses(text, begin, max(len(expected), 1)) == expected


@pytest.mark.parametrize(
    ("text", "begin", "expected"),
    [
        # A time that the clock skips.
        ("02:30", "2026-03-28", ["2026-03-28 01:30:00", "2026-03-30 00:30:00"]),
        ("*:0/30", "2026-03-29 00:30:00", ["2026-03-29 00:30:00", "2026-03-29 01:00:00"]),
        # One that it shows twice.
        ("02:30", "2026-10-25", ["2026-10-25 00:30:00", "2026-10-26 01:30:00"]),
        ("*:0/30", "2026-10-25 00:30:00", ["2026-10-25 00:30:00", "2026-10-25 02:00:00"]),
        # Its own zone.
        ("02:30 UTC", "2026-03-29", ["2026-03-29 02:30:00", "2026-03-30 02:30:00"]),
    ],
)
def test_moments_where_the_clock_changes(text: str, begin: str, expected: list[str]) -> None:
    assert elapses(text, begin, 2, BERLIN) == expected


def test_the_rest_of_an_hour_whose_beginning_is_skipped_is_lost() -> None:
    # At the Chatham Islands 02:45 is followed by 03:45.
    assert elapses("3:50", "2027-09-25", 2, "Pacific/Chatham") == [
        "2027-09-26 14:05:00",
        "2027-09-27 14:05:00",
    ]


def test_the_end_is_outside_and_nothing_is_before_the_beginning() -> None:
    begin, end = datetime(2027, 1, 1, 6, tzinfo=UTC), datetime(2027, 1, 2, 6, tzinfo=UTC)
    found = list(read("*:0").fires("UTC", begin, end))
    assert (found[0], found[-1], len(found)) == (begin, end - timedelta(hours=1), 24)


EXPRESSIONS = (
    *("Mon..Fri 08..18/2:30", "*-*~1..7/2 04:00", "*:0/10", "Sun *-1,7-1..7 3:15", "5,12,19:59:30"),
    *("*-*-29..31 23:45 Asia/Kolkata", "2027..2028-02~3", "02:30 Europe/Berlin"),
)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is missing")
@pytest.mark.parametrize("zone", [BERLIN, "America/New_York"])
@pytest.mark.parametrize("text", EXPRESSIONS)
def test_the_next_moments_are_those_of_systemd(text: str, zone: str) -> None:
    for begin in ("2026-12-27 13:10:01", "2027-03-13 20:00:01", "2027-10-30 20:00:01"):
        command = ["systemd-analyze", "calendar", "--iterations=6", f"--base-time={begin} UTC"]
        environment = {**os.environ, "TZ": zone, "LC_ALL": "C"}
        told = subprocess.run(
            [*command, text], capture_output=True, text=True, env=environment, check=True
        )
        found = re.findall(r"\(in UTC\): \w+ (\S+ \S+) UTC", told.stdout)
        assert elapses(text, begin, 6, zone) == found


# -------------------------------------------------------------------- schedules


def schedule(text: str) -> Schedule:
    return schedule_of(read(text), Span("a.timer", 1), "UTC")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mon..Fri 06:30", "06:30 mo,tu,we,th,fr UTC"),
        ("Sat *-*-1..7 08:00", "08:00 sa day 1-7 UTC"),
        ("*-*~1,3 18:00:30", "18:00 day -3,-1 UTC"),
        ("*-*~7/2", "00:00 day -7,-5,-3,-1 UTC"),
        ("*-3,6-*", "00:00 of month 3,6 UTC"),
        ("*-*-1..31", "00:00 daily UTC"),
        ("*:0/20", "minutes 0, 20, 40 daily UTC"),
        ("*:*", f"minutes {', '.join(map(str, range(60)))} daily UTC"),
        ("2027-*-1 9:00", "09:00 day 1 from 2027-01-01 before 2028-01-01 UTC"),
        (
            "2025,2027..2028-1-1",
            "00:00 day 1 of month 1 from 2027-01-01 before 2029-01-01 UTC",
        ),
        ("2020..2199-1-1", "00:00 day 1 of month 1 UTC"),
        (
            "2190/9-1-1",
            "00:00 day 1 of month 1 from 2190-01-01 before 2191-01-01 or day 1 of "
            "month 1 from 2199-01-01 UTC",
        ),
    ],
)
def test_schedules(text: str, shown: str) -> None:
    found = schedule(text)
    assert str(found) == shown
    assert (found.skips, found.at_change) == (True, AtChange.ONCE)


def test_the_last_day_of_a_schedule() -> None:
    assert last_day(read("2027-1,6-5")) == date(2027, 6, 5)
    assert last_day(read("2027..2199-1-5")) is None
    assert last_day(read("*-1-5")) is None
    assert [has_days(read(text)) for text in ("2025-1-1", "*-2-30", "2026-1-1")] == [0, 0, 1]


@pytest.mark.parametrize(
    ("texts", "minutes"),
    [
        (["08:00"], None),
        (["08:00", "08:20"], 20),
        (["Mon 08:00", "Tue 08:20"], None),
        (["Mon 23:50", "Tue 00:10"], 20),
        (["*:0/7"], 4),
        (["*:*"], 1),
        (["00:00,30 UTC"], 30),
    ],
)
def test_the_least_time_between_two_starts(texts: list[str], minutes: int | None) -> None:
    assert gap([read(text) for text in texts]) == minutes


@st.composite
def events(draw: st.DrawFn) -> str:
    def field(low: int, high: int) -> str:
        first = draw(st.integers(low, high))
        last = draw(st.integers(first, high))
        step = draw(st.integers(1, max(1, (high - low) // 3)))
        forms = ["*", f"{first}", f"{first}..{last}", f"{first}..{last}/{step}"]
        forms += [f"{low}/{step}", f"{first},{last}"]
        return draw(st.sampled_from(forms))

    weekday = draw(st.sampled_from(["", "Mon ", "Sat,Sun ", "Tue..Thu "]))
    dash, high = draw(st.sampled_from([("-", 31), ("~", 9)]))
    day = (
        f"{draw(st.sampled_from(['*', '2027', '2026..2028']))}-{field(1, 12)}{dash}{field(1, high)}"
    )
    return f"{weekday}{day} {field(0, 23)}:{field(0, 59)}"


@settings(max_examples=share_of(150), deadline=None)
@given(events(), st.integers(0, 700))
def test_a_schedule_has_the_days_and_times_of_its_event(text: str, number: int) -> None:
    try:
        event = read(text)
    except ValueError:
        return
    found = schedule_of(event, Span("a.timer", 1), "UTC")
    times = set(found.times) | {(h, minute) for h in range(24) for minute in found.minutes}
    assert times == set(event.times)
    for day in (date(2026, 1, 1) + timedelta(days=number + more) for more in range(40)):
        assert (day in found.days) == bool(list(event.days_between(day, day)))


def test_a_repetition_that_does_not_divide_its_unit_loses_starts() -> None:
    texts = ("*:0/7", "0/5:00", "*-*-1/3", "*:0/15", "0..20/5:00", "*-*-01")
    assert [text for text in texts if CalendarEvent.read(text).loses_starts] == list(texts[:3])
