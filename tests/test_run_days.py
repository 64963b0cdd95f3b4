"""The workflow that looks the run day up: under flytekit, serialised, in dry-run and verify."""

import json
from pathlib import Path

import pytest

from tests.support import cli, emit, python

TEXT = """\
calendar: WORK
01/05/2027
01/06/2027

calendar: REST
01/06/2027

insert_job: NIGHT   job_type: b
date_conditions: 1
run_calendar: WORK
exclude_calendar: REST
start_times: "23:30"
timezone: America/New_York

insert_job: LOAD
box_name: NIGHT
command: echo load $$ODATE

insert_job: SUM
box_name: NIGHT
command: echo sum
condition: s(LOAD)
"""
RUN_DAY, REST_DAY = "2027-01-06T04:30:00+00:00", "2027-01-07T04:30:00+00:00"
"""23:30 in New York is on the day before: the 5th, which is in WORK, and the 6th, in both."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("run_days")
    (place / "in.jil").write_text(TEXT)
    assert cli("convert", place / "in.jil", "-o", place / "out").exit_code == 0
    return place


def test_the_dates_stand_in_the_module() -> None:
    text = emit(TEXT)["night"]
    assert 'WORK = ("2027-01-05", "2027-01-06")' in text
    assert 'day = local_date(kickoff, "America/New_York")' in text
    assert "return day in WORK and day not in REST" in text


@pytest.mark.parametrize(("moment", "runs"), [(RUN_DAY, True), (REST_DAY, False)])
def test_under_flytekit(folder: Path, moment: str, runs: bool) -> None:
    code = (
        "from datetime import datetime\nimport night\n"
        f"night.night_on_run_days(kickoff=datetime.fromisoformat({moment!r}), odate='today')"
    )
    result = python("-c", code, cwd=folder / "out", env={"PYTHONPATH": "."})
    assert result.returncode == 0, result.stderr
    assert ("load today" in result.stdout) is runs
    assert ("sum" in result.stdout) is runs


def test_by_hand_it_runs_on_any_day(folder: Path) -> None:
    code = "import night\nnight.night(odate='today')"
    result = python("-c", code, cwd=folder / "out", env={"PYTHONPATH": "."})
    assert "load today" in result.stdout


def test_the_launch_plan_as_flyte_gets_it(folder: Path) -> None:
    code = (
        "import night\nplan = night.night_schedule\n"
        "idl = plan.schedule.to_flyte_idl()\n"
        "print(idl.cron_schedule.schedule, idl.kickoff_time_input_arg, plan.workflow.name)\n"
        "print(sorted(n for n, v in plan.parameters.parameters.items() if v.required))"
    )
    result = python("-c", code, cwd=folder / "out", env={"PYTHONPATH": "."})
    first, second = result.stdout.splitlines()
    assert first == "CRON_TZ=America/New_York 30 23 * * * kickoff out.night.night_on_run_days"
    assert second == "['kickoff']"


def test_it_is_packaged(folder: Path) -> None:
    arguments = ("--pkgs", "night", "package", "--image", "i:1", "--source", ".", "-o", "p.tgz")
    result = python("-m", "flytekit.clis.sdk_in_container.pyflyte", *arguments, cwd=folder / "out")
    assert result.returncode == 0, result.stderr
    assert "night.night_on_run_days" in result.stdout


@pytest.mark.parametrize("emitted", [True, False])
@pytest.mark.parametrize(("moment", "state"), [(RUN_DAY, "succeeded"), (REST_DAY, "not_run")])
def test_in_dry_run(folder: Path, emitted: bool, moment: str, state: str) -> None:
    target = folder / ("out" if emitted else "in.jil")
    arguments = ("--workflow", "night_on_run_days", "--input", f"kickoff={moment}")
    more = ("--input", "odate=today", "--format", "json")
    result = cli("dry-run", target, *arguments, *more)
    data = json.loads(result.stdout)
    assert result.exit_code == 0
    states = {name: job["state"] for name, job in data["jobs"].items()}
    assert states == dict.fromkeys(("NIGHT", "LOAD", "SUM"), state)


def test_dry_run_and_verify_assume_a_run_day(folder: Path) -> None:
    result = cli("dry-run", folder / "out", "--input", "odate=today", "--format", "json")
    data = json.loads(result.stdout)
    assert data["workflow"] == "NIGHT"
    assert {job["state"] for job in data["jobs"].values()} == {"succeeded"}
    assert cli("verify", folder / "in.jil").exit_code == 0


@pytest.mark.parametrize("name", ["KICKOFF", "RUN_DAY"])
def test_names_of_its_own_hide_nothing(name: str, tmp_path: Path) -> None:
    """Neither the workflow nor an input is taken for the kick-off time or for the answer."""
    text = TEXT.replace("NIGHT", name).replace("$$ODATE", "$$KICKOFF-$$RUN_DAY")
    values = "insert_global: KICKOFF\nvalue: one\ninsert_global: RUN_DAY\nvalue: two\n"
    (tmp_path / "in.jil").write_text(f"{text}\n{values}")
    out = tmp_path / "out"
    assert cli("convert", tmp_path / "in.jil", "-o", out).exit_code == 0
    program = (
        f"import sys; sys.path.insert(0, {str(out)!r}); import {name.lower()} as m, inspect\n"
        "from datetime import datetime\n"
        f"whole = m.{name.lower()}_on_run_days\n"
        "given = [k for k, t in whole.python_interface.inputs.items() if t is datetime]\n"
        f"whole(**{{given[0]: datetime.fromisoformat({RUN_DAY!r})}})\n"
    )
    done = python("-c", program)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["load one-two", "sum"]


# ------------------------------------------------------------------------- start times

AT_TIMES = """\
insert_job: SHORT
command: echo short
date_conditions: 1
days_of_week: mo,tu
start_times: "01:45, 11:00, 23:00"
timezone: America/New_York
"""
ODD = """\
calendar: FIRST
06/01/2026

insert_job: LONG
command: echo long
date_conditions: 1
run_calendar: FIRST
start_times: "01:45, 11:00"
timezone: UTC

insert_job: AFTER
command: echo after
date_conditions: 1
days_of_week: all
start_times: "11:02"
timezone: UTC
condition: s(LONG)
"""


@pytest.fixture(scope="module")
def at_times(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("start_times")
    (place / "in.jil").write_text(AT_TIMES + ODD)
    assert cli("convert", place / "in.jil", "-o", place / "out").exit_code == 0
    return place


def test_the_start_times_stand_in_the_module() -> None:
    modules = emit(AT_TIMES + ODD)
    short, long = modules["short"], modules["long"]
    times = 'is_start_time(kickoff, "01:45", "11:00", "23:00", zone="America/New_York")'
    assert f'"""SHORT · 01:45, 11:00, 23:00 mo,tu"""\n    return {times}\n' in short
    assert '"0,45 1,11,23 * * 1,2"' in short
    assert short.count("LaunchPlan.get_or_create") == 1
    assert "local_date" not in short
    both = 'is_start_time(kickoff, "01:45", "11:00", zone="UTC") and day in FIRST'
    assert f'day = local_date(kickoff, "UTC")\n    return {both}\n' in long


@pytest.mark.parametrize(
    ("moment", "runs"),
    [
        # Monday 23:00 in New York is Tuesday.
        ("2026-06-02T03:00:00+00:00", True),
        ("2026-06-01T15:00:00+00:00", True),
        ("2026-06-01T15:45:00+00:00", False),
        ("2026-06-01T11:00:00+00:00", False),
    ],
)
def test_start_times_under_flytekit(at_times: Path, moment: str, runs: bool) -> None:
    code = (
        "from datetime import datetime\nimport short\n"
        f"short.short_at_start_times(kickoff=datetime.fromisoformat({moment!r}))"
    )
    result = python("-c", code, cwd=at_times / "out", env={"PYTHONPATH": "."})
    assert result.returncode == 0, result.stderr
    assert ("short" in result.stdout) is runs


def test_start_times_in_a_timeline(at_times: Path) -> None:
    """It fires six times a day; two days and four times of them are starts."""
    (at_times / "in.jil").write_text(ODD)
    command = ("dry-run", at_times / "in.jil", "--from", "2026-06-01")
    lines = cli(*command).stdout.splitlines()
    assert [line[:5] for line in lines if line.endswith("succeeded, nothing to start")] == [
        "01:00",
        "11:45",
    ]
    assert sum(line.split()[:2] == ["LONG", "succeeded"] for line in lines) == 2
    data = json.loads(cli(*command, "--format", "json").stdout)
    why = [row["jobs"]["LONG"]["why"] for row in data["executions"] if "LONG" in row["jobs"]]
    assert why == ["not a start time", None, None, "not a start time"]
    (wait,) = (wait for row in data["executions"] for wait in row["waits"])
    assert wait["for"] == "AFTER: LONG succeeded"
    assert wait["start"][11:] == "11:02:00+00:00"
    assert wait["end"][11:] == "11:02:01+00:00"


def test_only_starts_are_lost(at_times: Path) -> None:
    """A run of eleven hours loses the start at 11:00, and firings that would start nothing."""
    (at_times / "in.jil").write_text(ODD)
    options = ("--from", "2026-06-01", "--seconds", f"LONG={11 * 3600}", "--format", "json")
    data = json.loads(cli("dry-run", at_times / "in.jil", *options).stdout)
    assert [lost["at"][11:16] for lost in data["lost"]] == ["11:00"]
