"""`verify --wave --days`: moved jobs beside the legacy side, and what that hears of them."""

import json
import re
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.support import cli
from transpile.cli.subjects import from_estate
from transpile.cli.waves import choose_wave
from transpile.model.outcome import State
from transpile.model.run_log import JobRun, Period
from transpile.pipeline import read_estate
from transpile.proof.drawn_ends import WEATHER
from transpile.proof.hearing import words_told
from transpile.proof.legacy_days import changes_of
from transpile.proof.nights import Drawing, Night, Nights
from transpile.team import read_settings

CLOCK = "date_conditions: 1\ndays_of_week: all\nstart_times: "
ESTATE = f"""
insert_job: FEED   job_type: b
date_conditions: 1
days_of_week: mo,we,th,fr
start_times: "21:00"

insert_job: RATES
box_name: FEED
command: rates

insert_job: CHECK
{CLOCK} "20:10"
command: check

insert_job: NIGHT   job_type: b
{CLOCK} "22:00"

insert_job: LOAD
box_name: NIGHT
command: load
condition: s(RATES, 04.00)

insert_job: POST
box_name: NIGHT
command: post
condition: d(LOAD) & d(FEED) & e(CHECK) < 2

insert_job: MORNING
{CLOCK} "06:00"
condition: d(POST) & s(FEED)
command: morning

insert_job: AFTER
condition: d(POST) & d(CHECK)
command: after

insert_job: BILLS
{CLOCK} "22:30"
condition: d(LOAD) & n(NIGHT)
command: bills

insert_job: PAY
condition: s(POST) | f(LOAD)
command: pay
"""
SETTINGS = """
[timezones]
default = "UTC"
[platform]
endpoint = "flyteadmin:81"
[durations]
RATES = "1h"
LOAD = "3m"
[[wave]]
name = "first"
jobs = ["NIGHT", "MORNING", "AFTER"]
[bridge]
status = "ask {job}"
tell = "tell {job} {status} {code}"
start = "start {launch_plan}"
times = true
exit_codes = true
"""
TOLD, UNEXPLAINED = "told otherwise", "unexplained"
PLANTED = {
    "another test": ("night_cuts", "succeeded(last(RATES,", "not_running(last(RATES,", UNEXPLAINED),
    "a dropped term": ("night_cuts", " and exit_code(last(CHECK)) < 2", "", UNEXPLAINED),
    "a dropped window": ("night_cuts", ", within=timedelta(hours=4)", "", UNEXPLAINED),
    "another job": ("night_cuts", '("RATES", "ask RATES")', '("CHECK", "ask CHECK")', UNEXPLAINED),
    "an end that is not told": (
        "night",
        "return tell_legacy(LOAD_LEGACY, load, interval=60)",
        "return load",
        TOLD,
    ),
    "a start that is not told": (
        "night",
        "return tell_legacy_start(LOAD_LEGACY, interval=60)",
        'return ""',
        TOLD,
    ),
    "another word": ("night_cuts", '"tell LOAD {status} {code}"', '"tell LOAD SUCCESS 0"', TOLD),
    "no code": ("night_cuts", '"tell LOAD {status} {code}"', '"tell LOAD {status} "', TOLD),
    "the name of another job": ("night_cuts", '"tell LOAD ', '"tell POST ', TOLD),
    "a missing reset": ("night", "[LOAD_LEGACY, POST_LEGACY]", "[POST_LEGACY]", TOLD),
    "a start told after it": (
        "night",
        "load_legacy_start_node >> load_node",
        "load_wait_node >> load_node",
        TOLD,
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sources, and with the modules of the wave in `flows`."""
    base = tmp_path_factory.mktemp("waves")
    write(base / "sources")
    result = cli("convert", base / "sources", "-o", base / "flows", "--wave", "first")
    assert result.exit_code == 0, result.output
    return base


def write(sources: Path, settings: str = SETTINGS) -> Path:
    sources.mkdir()
    (sources / "estate.jil").write_text(ESTATE)
    (sources / "transpile.toml").write_text(settings)
    return sources


def nights(sources: Path, *options: object) -> tuple[int, dict[str, Any]]:
    days = ("--days", 5, "--from", "2026-05-11", "--scenarios", 12, "--seed", 1, "--format", "json")
    result = cli("verify", sources, "--wave", "first", *days, *options)
    found = {row["name"]: row for row in json.loads(result.stdout)["workflows"]}
    return result.exit_code, found


def test_moved_jobs_run_as_in_the_night_before_the_move(folder: Path) -> None:
    status, found = nights(folder / "sources")
    assert found.keys() == {"NIGHT", "MORNING", "AFTER"}
    assert {name: row["differences"] for name, row in found.items()} == {n: {} for n in found}
    assert status == 0
    assert all(row["agreeing_runs"] > 10 for row in found.values())
    assert nights(folder / "sources", "--against", folder / "flows") == (status, found)


@pytest.mark.parametrize("title", PLANTED)
def test_a_planted_mistake_is_found(folder: Path, tmp_path: Path, title: str) -> None:
    name, before, after, kind = PLANTED[title]
    shutil.copytree(folder / "flows", tmp_path / "flows")
    module = tmp_path / "flows" / f"{name}.py"
    # The line may be broken anywhere.
    pattern = r"\s+".join(map(re.escape, before.split(" ")))
    text, number = re.subn(pattern, lambda _: after, module.read_text())
    assert number
    module.write_text(text)
    status, found = nights(folder / "sources", "--against", tmp_path / "flows")
    assert status == 1
    assert found["NIGHT"]["differences"].get(kind, 0) > 0
    if kind == TOLD:
        # The jobs themselves run as before.
        assert found["NIGHT"]["differences"].keys() == {TOLD}


def test_what_the_legacy_side_does_not_hear_explains_no_run(tmp_path: Path) -> None:
    tell = 'tell = "tell {job} {status} {code}"\n'
    sources = write(tmp_path / "sources", SETTINGS.replace(tell, ""))
    out = tmp_path / "flows"
    assert "A974" in cli("convert", sources, "-o", out, "--wave", "first").output
    cuts = out / "night_cuts.py"
    cuts.write_text(cuts.read_text().replace(", within=timedelta(hours=4)", ""))
    _, found = nights(sources, "--against", out)
    assert found["NIGHT"]["differences"][UNEXPLAINED] > 0


def test_a_long_interval_makes_jobs_late(tmp_path: Path) -> None:
    settings = SETTINGS.replace("times = true", "times = true\ninterval = 3600")
    status, found = nights(write(tmp_path / "sources", settings))
    assert status == 1
    differences = found["NIGHT"]["differences"]
    assert differences["late question"] > 0
    assert UNEXPLAINED not in differences


# ---------------------------------------------------------------- silence

PERIOD = Period(
    "UTC", datetime(2026, 5, 11, tzinfo=timezone.utc), datetime(2026, 5, 16, tzinfo=timezone.utc)
)


@pytest.fixture(scope="module")
def played(folder: Path) -> Nights:
    settings = read_settings(folder / "sources" / "transpile.toml")
    choose_wave(settings, "first")
    estate = read_estate([str(folder / "sources")], settings=settings)
    with_modules = from_estate(estate.planned, folder, execute=False, exist=True)
    parts = [target.part() for target in with_modules]
    return Nights(estate.networks, parts, PERIOD, {}, Drawing(0, {"RATES": 4200.0}), {})


def runs_of(night: Night) -> list[JobRun]:
    """The runs that the platform starts by itself, in order of their starts."""
    return [run for run in night.platform.runs if run.job != "AFTER"]


@pytest.mark.parametrize(
    ("begin", "late"),
    [
        ("2026-05-13T19:30+00:00", set()),
        ("2026-05-13T22:01+00:00", {"LOAD", "POST", "MORNING"}),
        ("2026-05-14T05:30+00:00", {"MORNING"}),
    ],
)
def test_an_hour_without_answers_only_delays(played: Nights, begin: str, late: set[str]) -> None:
    moment = datetime.fromisoformat(begin)
    played.silences = ()
    good = played.play(2, WEATHER[0])
    played.silences = [(moment, moment + timedelta(hours=1))]
    silent = played.play(2, WEATHER[0])
    assert not good.differences
    pairs = list(zip(runs_of(silent), runs_of(good), strict=True))
    assert [(a.job, a.state, a.code) for a, _ in pairs] == [
        (b.job, b.state, b.code) for _, b in pairs
    ]
    delays = {a.job: a.start - b.start for a, b in pairs if a.start != b.start}
    assert {job for job, delay in delays.items() if delay > timedelta(minutes=5)} == late
    assert all(timedelta() < delay <= timedelta(hours=1, minutes=1) for delay in delays.values())


# ---------------------------------------------------------------- statuses


def at(minute: int) -> datetime:
    return PERIOD.begin + timedelta(minutes=minute)


def run(start: int, end: int | None, code: int = 0) -> JobRun:
    state = None if end is None else State.FAILED if code else State.SUCCEEDED
    return JobRun("A", 1, at(start), None if end is None else at(end), state, code)


@pytest.mark.parametrize(
    ("runs", "resets", "expected"),
    [
        ([run(1, 3)], [], "1 RUNNING, 3 SUCCESS"),
        ([run(1, 3, 2), run(5, None)], [], "1 RUNNING, 3 FAILURE 2, 5 RUNNING"),
        ([run(1, 3)], [0, 9], "0 INACTIVE, 1 RUNNING, 3 SUCCESS, 9 INACTIVE"),
        # The start of a box resets what does not run.
        ([run(1, 3)], [2], "1 RUNNING, 3 SUCCESS"),
        ([run(1, None)], [2], "1 RUNNING"),
        # A run begins after the reset by its box, one that ends then has ended before.
        ([run(1, 3)], [1, 3], "1 INACTIVE, 1 RUNNING, 3 SUCCESS, 3 INACTIVE"),
        ([run(1, 1)], [1], "1 INACTIVE, 1 RUNNING, 1 SUCCESS"),
    ],
)
def test_what_a_run_log_says_about_statuses(
    runs: list[JobRun], resets: list[int], expected: str
) -> None:
    found = changes_of(runs, map(at, resets))
    words = words_told(found, codes=True)
    moments = [(each.at - PERIOD.begin) // timedelta(minutes=1) for each in found]
    assert ", ".join(f"{m} {w}" for m, w in zip(moments, words, strict=True)) == expected
