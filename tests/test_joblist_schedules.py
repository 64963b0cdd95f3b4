"""Schedules of lists: cron expressions as Flyte reads them, zones, and what starts together."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.joblists import read
from tests.support import ROOT, cli
from transpile.dialects.joblist.schedules import CronClock
from transpile.dialects.kit.clock_days import ClockPlan
from transpile.model import clock

HEAD = "job,command,after,schedule,timezone\n"
CRONS = {
    "0 3 * * *": ("0 3 * * *", False),
    "*/15 0-6,22 1,15 * *": ("*/15 0-6,22 1,15 * *", False),
    "0 3 ? * ?": ("0 3 * * *", True),
    "0 3 * JAN-mar,6 Mon": ("0 3 * 1-3,6 1", True),
    "0 3 * * 7": ("0 3 * * 0", True),
    "0 3 * * 5-7": ("0 3 * * 5,6,0", True),
    "0 3 * * 1/2": ("0 3 * * 1-6/2", True),
    "5/20 3 * * *": ("5-59/20 3 * * *", True),
    "0-30/1 3 * * *": ("0-30 3 * * *", True),
    "*/1 3 * * *": ("* 3 * * *", True),
    "0 3 1 * 1": ("0 3 1 * 1", True),
    "0 3 */2 * 1": ("0 3 */2 * 1", True),
    "@daily": ("0 0 * * *", True),
    "@Hourly": ("0 * * * *", True),
    "  0   3 * *  * ": ("0 3 * * *", False),
}


@pytest.mark.parametrize("text", CRONS)
def test_expressions(text: str) -> None:
    found = read(f'job,command,schedule\na,true,"{text}"\n', zone="Europe/London")
    (network,) = found.networks
    expected, is_noted = CRONS[text]
    assert network.schedule is not None
    assert network.schedule.cron == expected
    assert network.schedule.timezone == "Europe/London"
    assert [code for code, _, _ in found.places] == ["A749"] * is_noted


REFUSED = [
    *("daily", "0 3 * *", "0 0 3 * * *", "@reboot", "@every 1h", "60 3 * * *", "0 24 * * *"),
    *("0 3 0 * *", "0 3 32 * *", "0 3 * 13 *", "0 3 * * 8", "0 3 L * *", "0 3 * * 5#2"),
    *("0 3 15W * *", "0 5-3 * * *", "0 3 * * fri-mon", "*/0 * * * *", "0,, 3 * * *"),
    *("CRON_TZ=UTC 0 3 * * *", "0 3 * * mo", "-1 3 * * *", "0 3 *-5 * *", "H 3 * * *"),
    *("1" * 5_000 + " 3 * * *", "٣ 3 * * *", "0 3 * * *x"),
]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20])
def test_refused_expressions(text: str) -> None:
    found = read(f'job,command,schedule\na,true,"{text}"\n')
    assert found.places == [("A748", 2, 9)]
    assert found.networks[0].schedule is None
    assert found.networks[0].plan == ClockPlan()


def test_zones() -> None:
    row = "a,true,,0 3 * * *,{}\n"
    assert read(HEAD + row.format("")).places == [("A507", 2, 9)]
    twice = read(HEAD + row.format("") + "b,true,,0 4 * * *,\n")
    assert twice.places == [("A507", 2, 9)]
    assert read(HEAD + row.format("Middle/Earth")).places == [("A506", 2, 19)]
    assert read(HEAD + row.format("london")).networks[0].schedule is not None
    found = read(HEAD + row.format(""), zone="Asia/Tokyo")
    assert str(found.networks[0].schedule) == "0 3 * * * Asia/Tokyo"


def titles(text: str) -> dict[str | None, str]:
    return {n.title: str(n.schedule) for n in read(HEAD + text).networks}


def test_one_schedule_is_that_of_the_list() -> None:
    rows = "a,true,,0 3 * * *,UTC\nb,true,a,,\nc,true,b,0  3 * * *,utc\n"
    assert titles(rows) == {"night": "0 3 * * * UTC"}
    assert read(HEAD + rows).places == []
    assert titles("a,true,,,\nb,true,,,\n") == {"night": "None"}


def test_parts_with_schedules_of_their_own() -> None:
    rows = "a,true,,0 3 * * *,UTC\nb,true,a,,\nc,true,,0 4 * * *,UTC\nd,true,,,\n"
    assert titles(rows) == {
        "night_a": "0 3 * * * UTC",
        "night_c": "0 4 * * * UTC",
        "night_d": "None",
    }


@pytest.mark.parametrize(
    ("rows", "schedule", "places"),
    [
        ("a,true,,0 3 * * *,UTC\nb,true,a,0 4 * * *,UTC\n", "0 3 * * * UTC", [("A747", 3, 10)]),
        ("a,true,,,\nb,true,a,0 4 * * *,UTC\n", "None", [("A747", 3, 10)]),
        (
            "a,true,,0 3 * * *,UTC\nb,true,,0 4 * * *,UTC\nc,true,a;b,,\n",
            "0 3 * * * UTC",
            [("A747", 3, 9)],
        ),
    ],
)
def test_jobs_that_hang_together_start_as_one(
    rows: str, schedule: str, places: list[tuple[str, int, int]]
) -> None:
    found = read(HEAD + rows)
    assert [str(network.schedule) for network in found.networks] == [schedule]
    assert found.places == places


def test_boxes_hang_together() -> None:
    text = (
        "job,command,after,schedule,timezone,box\n"
        "a,true,,0 3 * * *,UTC,x\nb,true,,,,x\nc,true,x,,,\nd,true,,,,\n"
    )
    assert {n.title: list(n.jobs) for n in read(text).networks} == {
        "night_x": ["x", "a", "b", "c"],
        "night_d": ["d"],
    }


def test_the_schedule_of_the_whole_and_of_a_part() -> None:
    text = "schedule: 0 3 * * *\ntz: UTC\njobs:\n  a: true\n  b: {command: true, cron: 5 5 * * *}\n"
    found = read(text, "n.yaml")
    assert {n.title: str(n.schedule) for n in found.networks} == {
        "n_a": "0 3 * * * UTC",
        "n_b": "5 5 * * * UTC",
    }


def test_findings_are_in_the_scope_of_their_job(tmp_path: Path) -> None:
    text = HEAD + "a,,,0 3 * * *,UTC\nb,,,0 4 * * *,UTC\n"
    (tmp_path / "n.csv").write_text(text, encoding="utf-8")
    rows = json.loads(cli("check", tmp_path, "--format", "json").stdout)["diagnostics"]
    assert [row["job"] for row in rows if row["code"] == "A741"] == ["a", "b"]
    out = tmp_path / "out"
    cli("convert", tmp_path, "-o", out)
    for name in "ab":
        assert f"TODO[A741] {name}" in (out / f"n_{name}.py").read_text(encoding="utf-8")


# ---------------------------------------------------------------- the clock of robfig/cron

STARTS = json.loads((ROOT / "tests" / "robfig" / "starts.json").read_text(encoding="utf-8"))
USUAL = [
    row
    for row in STARTS
    if row[3] is not None
    and row[0]
    in {
        "America/New_York",
        "Europe/London",
        "Asia/Tokyo",
        "UTC",
        "America/St_Johns",
        "Asia/Jerusalem",
        "Pacific/Chatham",
        "Antarctica/Troll",
        "Australia/Lord_Howe",
    }
]


def clock_of(cron: str, zone: str) -> CronClock:
    found = read(f'job,command,schedule,tz\na,true,"{cron}",{zone}\n')
    plan = found.networks[0].plan
    assert isinstance(plan, ClockPlan)
    (only,) = plan.clocks[None]
    assert isinstance(only, CronClock)
    return only


def test_the_clock_is_that_of_robfig() -> None:
    """Everywhere but where the clock changes at midnight, or by half an hour or two."""
    different = 0
    for zone, cron, first, minutes in USUAL:
        begin = datetime.fromisoformat(first).replace(tzinfo=timezone.utc)
        fires = clock_of(cron, zone).fires("UTC", begin, begin + timedelta(days=6))
        found = [int((moment - begin).total_seconds()) // 60 for moment in fires]
        if found != minutes:
            different += 1
            assert zone in {"Antarctica/Troll", "Australia/Lord_Howe"}, (zone, cron, first)
    assert different < len(USUAL) / 20


def test_refused_by_robfig_is_refused_here() -> None:
    for zone, cron, _, minutes in STARTS:
        if minutes is None and not cron.endswith("7"):
            assert read(f'job,command,schedule,tz\na,true,"{cron}",{zone}\n').said("A748")


def test_changes_of_the_clock() -> None:
    begin = datetime(2026, 3, 28, tzinfo=timezone.utc)
    spring = clock_of("30 1 * * *", "Europe/London")
    assert len(list(spring.fires("UTC", begin, begin + timedelta(days=3)))) == 2
    begin = datetime(2026, 10, 24, tzinfo=timezone.utc)
    assert len(list(spring.fires("UTC", begin, begin + timedelta(days=3)))) == 4
    assert clock.clock_changes("Europe/London", begin.date(), begin.date() + timedelta(days=3))


def test_days_of_both_kinds() -> None:
    begin = datetime(2026, 11, 1, tzinfo=timezone.utc)
    days = [m.day for m in clock_of("0 0 13 * 5", "UTC").fires("UTC", begin, begin + timedelta(30))]
    assert days == [6, 13, 20, 27]
    days = [
        m.day for m in clock_of("0 0 */9 * 5", "UTC").fires("UTC", begin, begin + timedelta(30))
    ]
    assert days == [1, 6, 10, 13, 19, 20, 27, 28]


@pytest.mark.parametrize("name", ["joblist_tables", "joblist_trees", "joblist_drawings"])
def test_goldens_over_days(name: str) -> None:
    result = cli("verify", "--days", 20, "--scenarios", 3, ROOT / "tests/golden" / name / "input")
    assert "0 differ" in result.output
