"""When schedules start: the source's rules, the emitted launch plans, Flyte's scheduler."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from croniter import croniter
from hypothesis import HealthCheck, given, settings

from tests.amounts import share_of
from tests.robfig.record import RECORDED, WINDOW
from tests.schedule_texts import DAYS, FIRST, scheduled
from tests.support import cli, codes, estate_of, python, read
from transpile.model.clock import clock_changes
from transpile.pipeline import Estate
from transpile.proof.scheduler import BadCron, launches, parse
from transpile.report.timetable import Span, Timetable, compare

JOB = "insert_job: A\ncommand: true\ndate_conditions: 1\n"
CHANGES = {"A521", "A522", "A528", "A531", "A532"}
"""Findings about changes of the clock."""

ROWS = json.loads(RECORDED.read_text(encoding="utf-8"))


def read_estate(text: str) -> Estate:
    network, diagnostics = read(text)
    estate = estate_of([network], diagnostics)
    _ = estate.planned
    return estate


def timetables_of(estate: Estate, span: Span) -> list[Timetable]:
    return list(compare(estate.networks, estate.planned, estate.diagnostics, span).timetables)


def compared(text: str, first: date = FIRST, days: int = DAYS) -> list[Timetable]:
    return timetables_of(read_estate(text), Span(first, days))


@settings(
    deadline=None,
    max_examples=share_of(100),
    derandomize=True,
    suppress_health_check=[*HealthCheck],
)
@given(scheduled())
def test_both_sides_start_at_the_same_times(text: str) -> None:
    """Over two years; where a change of the clock makes a difference it is reported, only there."""
    estate = read_estate(text)
    warned = codes(estate.diagnostics) & CHANGES
    found = timetables_of(estate, Span(FIRST, DAYS))
    if not found:
        assert codes(estate.diagnostics) & {"A526"}
        return
    (timetable,) = found
    odd = [start for start in timetable.starts if start.differs]
    zone = ZoneInfo(timetable.zone)
    near = timedelta(days=2)
    changes = clock_changes(timetable.zone, FIRST - near, FIRST + timedelta(days=DAYS) + near)
    at_changes = {day for c in changes for day in (c.before.date(), c.after.date())}
    # Other changes than those of an hour confuse Flyte's scheduler until the midnight after next.
    other = [c for c in changes if abs(c.after - c.before) != timedelta(hours=1)]
    at_changes |= {c.after.date() + timedelta(1) for c in other}
    stray = [s for s in odd if s.moment.astimezone(zone).date() not in at_changes][:3]
    assert stray == []
    # Flyte leaves out what the source makes up for, and starts twice what it starts once.
    lost, twice = any(s.source for s in odd), any(s.emitted for s in odd)
    assert not lost or not warned.isdisjoint({"A521", "A528", "A531"})
    assert not twice or not warned.isdisjoint({"A522", "A528", "A532"})


@settings(
    deadline=None, max_examples=share_of(40), derandomize=True, suppress_health_check=[*HealthCheck]
)
@given(scheduled())
def test_a_warning_names_a_day_on_which_they_differ(text: str) -> None:
    estate = read_estate(text)
    for found in estate.diagnostics:
        if found.code in CHANGES - {"A528"}:
            day = date.fromisoformat(found.message.split(" on ")[1][:10])
            (timetable,) = timetables_of(estate, Span(day, 2))
            assert timetable.differences, found


@pytest.mark.parametrize(("zone", "cron", "first", "expected"), ROWS)
def test_launches_are_those_of_robfig_cron(
    zone: str, cron: str, first: str, expected: list[int] | None
) -> None:
    begin = datetime.fromisoformat(first).replace(tzinfo=timezone.utc)
    if expected is None:
        with pytest.raises(BadCron):
            parse(cron)
        return
    found = launches(cron, zone, begin.date() - timedelta(days=1), WINDOW + 3)
    minutes = [int((moment - begin).total_seconds()) // 60 for moment in found]
    assert [m for m in minutes if 0 <= m < WINDOW * 24 * 60] == expected


def test_enough_was_recorded() -> None:
    assert len(ROWS) > 300
    assert sum(len(starts or ()) for *_, starts in ROWS) > 5_000


@settings(
    deadline=None, max_examples=share_of(40), derandomize=True, suppress_health_check=[*HealthCheck]
)
@given(scheduled())
def test_crons_are_what_both_parsers_take(text: str) -> None:
    for module in read_estate(text).modules:
        for plan in module.launch_plans:
            parse(plan.cron)
            assert croniter.is_valid(plan.cron)


def _mutated(estate: Estate, change: dict[str, object]) -> list[Timetable]:
    ((module, facts),) = estate.planned
    (plan,) = module.launch_plans
    changed = replace(module, launch_plans=(replace(plan, **change),))
    span = Span(FIRST, 300)
    return list(compare(estate.networks, [(changed, facts)], estate.diagnostics, span).timetables)


@pytest.mark.parametrize(
    "change",
    [{"cron": "1 8 * * 1-5"}, {"cron": "0 8 * * 1-4"}, {"timezone": "UTC"}, {"timezone": None}],
)
def test_a_wrong_launch_plan_is_seen(change: dict[str, object]) -> None:
    text = JOB + 'days_of_week: mo,tu,we,th,fr\nstart_times: "08:00"\ntimezone: Europe/London\n'
    estate = read_estate(text)
    (right,) = timetables_of(estate, Span(FIRST, 300))
    (wrong,) = _mutated(estate, change)
    assert right.differences == 0
    assert wrong.differences > 0


def test_a_wrong_date_is_seen() -> None:
    text = JOB + 'run_calendar: C\nstart_times: "08:00"\n\ncalendar: C\n01/05/2026\n01/06/2026\n'
    estate = read_estate(text)
    ((module, facts),) = estate.planned
    (dates,) = module.dates
    less = replace(module, dates=(replace(dates, dates=dates.dates[1:]),))
    found = compare(estate.networks, [(less, facts)], estate.diagnostics, Span(FIRST, 30))
    (wrong,) = found.timetables
    assert [(s.source, s.emitted) for s in wrong.starts] == [(True, False), (True, True)]


@pytest.mark.parametrize(
    ("time", "day", "source", "emitted"),
    [
        ("02:30", "2026-03-08", ["03:00-04:00"], []),
        ("01:30", "2026-11-01", ["01:30-05:00"], ["01:30-04:00", "01:30-05:00"]),
        ("03:00", "2026-03-08", ["03:00-04:00"], ["03:00-04:00"]),
        ("02:00", "2026-11-01", ["02:00-05:00"], ["02:00-05:00"]),
    ],
)
def test_changes_of_the_clock(time: str, day: str, source: list[str], emitted: list[str]) -> None:
    text = JOB + f'days_of_week: all\nstart_times: "{time}"\ntimezone: America/New_York\n'
    (timetable,) = compared(text, date.fromisoformat(day), 1)
    zone = ZoneInfo("America/New_York")
    shown = [(f"{s.moment.astimezone(zone):%H:%M%z}", s) for s in timetable.starts]
    assert [f"{at[:8]}:{at[8:]}" for at, s in shown if s.source] == source
    assert [f"{at[:8]}:{at[8:]}" for at, s in shown if s.emitted] == emitted


def test_a_zone_that_stands_still_is_not_reported() -> None:
    text = JOB + 'days_of_week: all\nstart_times: "02:30"\ntimezone: {}\n'
    assert not codes(read_estate(text.format("Asia/Tokyo")).diagnostics) & CHANGES
    on_weekdays = text.format("America/New_York").replace("all", "mo,tu,we,th,fr")
    assert not codes(read_estate(on_weekdays).diagnostics) & CHANGES


CALENDARS = "calendar: C\n01/05/2026\n01/06/2026\n\ncalendar: H\n01/06/2026\n\n"
EIGHT = 'start_times: "08:00"\ntimezone: Asia/Tokyo\n'


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        ("run_calendar: C\n", [5, 6]),
        ("run_calendar: C\nexclude_calendar: H\n", [5]),
        ("days_of_week: mo,tu\nexclude_calendar: H\n", [5, 12, 13]),
        ("days_of_week: mo,tu\nexclude_calendar: C, H\n", [12, 13]),
    ],
)
def test_calendars_decide_about_days(schedule: str, days: list[int]) -> None:
    (timetable,) = compared(CALENDARS + JOB + schedule + EIGHT, FIRST, 14)
    assert timetable.differences == 0
    assert [start.moment.day for start in timetable.starts] == [day - 1 for day in days]


def test_the_days_are_those_of_the_zone() -> None:
    """08:00 in Tokyo is 23:00 UTC of the day before."""
    (timetable,) = compared(CALENDARS + JOB + "run_calendar: C\n" + EIGHT, FIRST, 14)
    assert [s.moment.isoformat() for s in timetable.starts] == [
        "2026-01-04T23:00:00+00:00",
        "2026-01-05T23:00:00+00:00",
    ]


def test_names_of_calendars_are_exact() -> None:
    assert "A876" in codes(read_estate(CALENDARS + JOB + "run_calendar: c\n" + EIGHT).diagnostics)


def test_the_command_shows_both_sides(tmp_path: Path) -> None:
    text = JOB + 'days_of_week: all\nstart_times: "01:30"\ntimezone: Europe/London\n'
    (tmp_path / "a.jil").write_text(text)
    same = cli("schedule", tmp_path / "a.jil", "--from", "2026-05-01", "--days", "2")
    assert same.exit_code == 0
    assert same.output.count("Fri 2026-05-01 01:30 BST") == 2
    other = cli("schedule", tmp_path / "a.jil", "--from", "2026-10-25", "--days", "1")
    assert other.exit_code == 1
    assert "-                         Sun 2026-10-25 01:30 BST  <- differs" in other.output
    assert "1 timetable, 2 starts: 1 of them on one side only; 0 left out" in other.output


def test_the_command_as_json(tmp_path: Path) -> None:
    text = CALENDARS + JOB + "run_calendar: C\n" + EIGHT
    (tmp_path / "a.jil").write_text(text + JOB.replace(": A", ": B") + "run_calendar: D\n" + EIGHT)
    arguments = ("--from", "2026-01-01", "--days", "9", "--format", "json")
    result = cli("schedule", tmp_path / "a.jil", *arguments)
    data = json.loads(result.output)
    assert result.exit_code == 1
    (found,) = data["schedules"]
    assert found["differences"] == 0
    assert found["launch_plans"] == ["A.schedule"]
    assert found["calendars_that_end"] == {"C": "2026-01-06"}
    assert [start["at"] for start in found["starts"]] == [
        "2026-01-05T08:00:00+09:00",
        "2026-01-06T08:00:00+09:00",
    ]
    assert [row["code"] for row in data["left_out"]] == ["A876"]
    only = cli("schedule", tmp_path / "a.jil", *arguments, "--workflow", "A")
    assert only.exit_code == 0


@pytest.mark.parametrize(
    "arguments", [("--from", "nothing"), ("--days", "0"), ("--workflow", "NOT_THERE")]
)
def test_wrong_usage_of_the_command(arguments: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(JOB)
    assert cli("schedule", tmp_path / "a.jil", *arguments).exit_code == 2


def test_the_command_needs_no_flytekit(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(JOB + "days_of_week: all\n" + EIGHT)
    code = (
        "import sys; sys.modules['flytekit'] = None\n"
        "from transpile.cli import main\n"
        f"main(['schedule', {str(tmp_path / 'a.jil')!r}])"
    )
    assert python("-c", code).returncode == 0
