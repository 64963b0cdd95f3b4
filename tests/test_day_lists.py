"""`transpile dry-run --days`: several days in one timeline."""

import json
from pathlib import Path

import pytest

from tests.support import cli
from tests.test_timelines import ESTATE, MONDAY

POLL = """\
insert_job: POLL   job_type: CMD
command: poll
date_conditions: 1
days_of_week: all
start_mins: 10
"""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    (tmp_path / "night.jil").write_text(ESTATE)
    cli("convert", tmp_path / "night.jil", "-o", tmp_path / "flows")
    return tmp_path / "flows"


def lines(*arguments: object) -> tuple[int, list[str]]:
    """Exit code, and the lines with single blanks."""
    result = cli("dry-run", *arguments)
    return result.exit_code, [" ".join(line.split()) for line in result.stdout.splitlines()]


def test_each_day_has_a_heading_and_a_line_an_execution(estate: Path) -> None:
    code, shown = lines(estate, "--from", MONDAY, "--days", 2)
    assert code == 0
    assert shown == [
        "2 days from Mon 2026-06-01 00:00 to Wed 00:00, Europe/London",
        "",
        "Mon 2026-06-01",
        "22:15 FIN.NIGHT succeeded 23:30 by FIN.NIGHT.schedule",
        "23:00 TRD.CLOSE succeeded 23:00 by TRD.CLOSE.schedule",
        "23:00 RPT.SUMMARY succeeded 23:00 by the end of FIN.POST",
        "",
        "Tue 2026-06-02",
        "22:15 FIN.NIGHT succeeded 23:30 by FIN.NIGHT.schedule",
        "23:00 TRD.CLOSE succeeded 23:00 by TRD.CLOSE.schedule",
        "23:00 RPT.SUMMARY succeeded 23:00 by the end of FIN.POST",
    ]


def test_a_failure_of_one_day_and_what_follows_from_it(estate: Path) -> None:
    code, shown = lines(estate, "--from", MONDAY, "--days", 3, "--fail", "TRD.RECON@2026-06-02=4")
    assert code == 1
    tuesday = shown[shown.index("Tue 2026-06-02") : shown.index("Wed 2026-06-03")]
    assert tuesday[1:-1] == [
        "22:15 FIN.NIGHT succeeded Wed 23:00 by FIN.NIGHT.schedule",
        "23:00 TRD.CLOSE failed 23:00 by TRD.CLOSE.schedule",
        "TRD.CLOSE failed 23:00 failed in it: TRD.RECON",
        "TRD.RECON failed 23:00 exit code 4: reconcile",
    ]
    lost = "22:15 FIN.NIGHT not started the execution of Tue 22:15 goes on"
    assert lost in shown[shown.index("Wed 2026-06-03") :]


def test_a_kill_of_one_day(estate: Path) -> None:
    shown = lines(estate, "--from", MONDAY, "--days", 2, "--kill", "FIN.POST@2026-06-02")[1]
    assert "FIN.POST terminated 23:00 killed by time limit: post" in shown
    # On Tuesday its status of Monday is gone, for its box has begun again.
    assert len([line for line in shown if "RPT.SUMMARY" in line]) == 1


def test_a_dated_failure_ends_as_one_of_that_day_alone(estate: Path) -> None:
    """On one day it is the same as a failure of all runs."""
    one = ("--from", MONDAY, "--format", "json", "--fail")
    dated = cli("dry-run", estate, *one, "TRD.RECON@2026-06-01").stdout
    assert json.loads(dated) == json.loads(cli("dry-run", estate, *one, "TRD.RECON").stdout)
    other = cli("dry-run", estate, *one, "TRD.RECON@2026-06-02")
    plain = cli("dry-run", estate, "--from", MONDAY, "--format", "json")
    assert json.loads(other.stdout) == json.loads(plain.stdout)
    assert "no run of TRD.RECON starts on 2026-06-02" in other.stderr


def test_what_waits_is_shown_with_its_reason(estate: Path) -> None:
    code, shown = lines(estate, "--from", "2026-06-06", "--days", 2)
    assert code == 1
    assert "FIN.LOAD waits TRD.RECON succeeded in the last 12:00" in shown
    assert shown[-1] == (
        "still waiting since 22:15:00: FIN.LOAD: TRD.RECON succeeded in the last 12:00"
    )


def test_many_executions_alike_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "poll.jil"
    path.write_text(POLL)
    options = ("--from", MONDAY, "--days", 2)
    assert "00:10 POLL succeeded 24 times until 23:10" in lines(path, *options)[1]
    shown = lines(path, *options, "--fail", "POLL@2026-06-02")[1]
    assert "00:10 POLL succeeded 24 times until 23:10" in shown
    assert len([line for line in shown if "exit code 1" in line]) == 24
    shown = lines(path, *options, "--seconds", "POLL=7000")[1]
    assert "01:10 POLL not started 12 times until 23:10" in shown


def test_a_job_may_be_called_like_a_day(tmp_path: Path) -> None:
    path = tmp_path / "a.jil"
    path.write_text(POLL.replace("POLL", "GET@2026-06-01"))
    shown = lines(path, "--from", MONDAY, "--days", 2, "--fail", "GET@2026-06-01")[1]
    assert len([line for line in shown if "exit code 1" in line]) == 48


def test_data_have_all_days(estate: Path) -> None:
    result = cli("dry-run", estate, "--from", MONDAY, "--days", 2, "--format", "json")
    data = json.loads(result.stdout)
    assert (data["from"], data["to"]) == ("2026-06-01T00:00:00+01:00", "2026-06-03T00:00:00+01:00")
    assert [row["start"][:10] for row in data["executions"]].count("2026-06-02") == 3


def test_a_day_of_the_zone_has_its_own_length(estate: Path) -> None:
    """On 2026-10-25 the clock goes back, so that two days are 49 hours."""
    result = cli("dry-run", estate, "--from", "2026-10-24", "--days", 2, "--format", "json")
    data = json.loads(result.stdout)
    assert (data["from"], data["to"]) == ("2026-10-24T00:00:00+01:00", "2026-10-26T00:00:00+00:00")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--days", "2", "--workflow", "FIN.NIGHT"), "has all workflows"),
        (("--days", "2", "--execute"), "has all workflows"),
        (("--days", "0"), "0 is not in the range"),
        (("--days", "2", "--fail", "NOBODY@2026-06-01"), "unknown job NOBODY"),
        (("--days", "2", "--fail", "FIN.LOAD@2026-06-41"), "'2026-06-41' is not a date"),
        (("--days", "2", "--fail", "FIN.LOAD@2026-06-01=x"), "'x' is not an exit code"),
        (("--days", "2", "--kill", "FIN.NIGHT@2026-06-01"), "FIN.NIGHT is a box"),
        (("--workflow", "FIN.NIGHT", "--fail", "FIN.LOAD@2026-06-01"), "needs --from or --days"),
    ],
)
def test_wrong_usage(estate: Path, options: tuple[str, ...], message: str) -> None:
    result = cli("dry-run", estate, *options)
    assert result.exit_code == 2
    assert message in result.output
