"""[[external]]: what stands for jobs that are nowhere in the estate."""

import json
from pathlib import Path

import pytest

from tests.support import cli, python

JIL = """\
insert_job: B
job_type: b

insert_job: LOAD
box_name: B
command: echo load
condition: s(EXT_FEED) & s(OTHER^PRD, 12.00)

insert_job: TIDY
box_name: B
command: echo tidy
condition: s(EXT_FEED)

insert_job: ALARM
command: echo alarm
condition: f(EXT_FEED)

insert_job: LATE
command: echo late
condition: d(GONE)
"""

RULES = """\
[[external]]
job = "EXT_*"
file = "{file}"

[[external]]
job = "OTHER^PRD"
workflow = "OTHER"
project = "flows"

[[external]]
job = "GONE"
assume = "it was switched off"
"""


def estate(tmp_path: Path, rules: str, jil: str = JIL) -> Path:
    folder = tmp_path / "estate"
    folder.mkdir()
    (folder / "a.jil").write_text(jil, encoding="utf-8")
    (folder / "transpile.toml").write_text(
        rules.replace("{file}", str(tmp_path / "ready")), encoding="utf-8"
    )
    return folder


def test_each_workflow_waits_for_what_it_needs(tmp_path: Path) -> None:
    folder, out = estate(tmp_path, RULES), tmp_path / "out"
    assert cli("convert", folder, "-o", out, "--strict").exit_code == 0
    assert {path.name for path in out.glob("*.py")} == {
        *("__init__.py", "b.py", "alarm.py", "late.py", "job_runtime.py")
    }
    text = (out / "b.py").read_text(encoding="utf-8")
    assert text.count("wait_for_file(") == 1
    assert 'wait_for_run("OTHER", within=timedelta(hours=12), project="flows")' in text
    assert text.count("@task(environment=ENVIRONMENT)") == 1
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    kinds = {job["name"]: job["kind"] for job in report["jobs"]}
    assert kinds["EXT_FEED"] == "external"
    assert {d["status"] for d in report["dependencies"]} == {"translated"}
    assert {row["code"] for row in report["diagnostics"]} >= {"A961"}


def test_a_local_run_needs_no_platform(tmp_path: Path) -> None:
    folder, out = estate(tmp_path, RULES), tmp_path / "out"
    cli("convert", folder, "-o", out)
    (tmp_path / "ready").touch()
    done = python(out / "b.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("OTHER: taken to have succeeded")
    assert "\nload\ntidy\n" in done.stdout


def test_they_are_simulated_and_shown(tmp_path: Path) -> None:
    folder = estate(tmp_path, RULES)
    result = cli("verify", folder)
    assert result.exit_code == 0
    assert "3 of 3 workflows agree" in result.output
    result = cli("dry-run", folder, "--workflow", "B", "--fail", "OTHER^PRD")
    assert result.exit_code == 1
    assert "OTHER^PRD  failed" in result.output
    assert "LOAD       not_run" in result.output
    assert "TIDY       succeeded" in result.output


def test_what_no_rule_binds_stays_a_node_that_fails(tmp_path: Path) -> None:
    folder = estate(tmp_path, RULES.replace("EXT_*", "EXT_OTHER"))
    rows = json.loads(cli("check", folder, "--format", "json").output)["diagnostics"]
    assert {"A303", "A953"} <= {row["code"] for row in rows}


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ('file = "x"', "needs job"),
        ('job = "X"', "one of file, workflow, approval and assume"),
        ('job = "X"\nfile = "x"\nassume = "y"', "one of file, workflow, approval and assume"),
        ('job = "X"\nassume = ""', "must be a text"),
        ('job = "X"\nfile = "x"\nwithin = 3', "within needs workflow"),
        ('job = "X"\nworkflow = "x"\nwithin = "3"', "a number of hours"),
        ('job = "X"\nworkflow = "x"\nwithin = 0', "a number of hours"),
        ('job = "X"\nlaunchplan = "x"', "unknown key launchplan"),
    ],
)
def test_wrong_rules_are_findings(tmp_path: Path, rule: str, says: str) -> None:
    folder = estate(tmp_path, f"[[external]]\n{rule}\n")
    rows = json.loads(cli("check", folder, "--format", "json").output)["diagnostics"]
    assert says in " ".join(row["message"] for row in rows if row["code"] == "A952")


def test_they_have_no_start_time_of_their_own(tmp_path: Path) -> None:
    timed = 'insert_job: LATE\ndate_conditions: 1\ndays_of_week: all\nstart_times: "04:00"\n'
    folder = estate(tmp_path, RULES, JIL.replace("insert_job: LATE\n", timed))
    rows = json.loads(cli("check", folder, "--format", "json").output)["diagnostics"]
    assert [row["message"] for row in rows if row["code"].startswith("A54")] == []
    out = tmp_path / "out"
    cli("convert", folder, "-o", out)
    assert 'cron("0 4 * * *")' in (out / "late.py").read_text(encoding="utf-8")


TWS = """\
SCHEDULE MAIN#PAY ON WEEKDAYS AT 0600
FOLLOWS FAR::HOST#FEED.LOAD
:
MAIN#CALC
 FOLLOWS MAIN#GONE.FIRST
 FOLLOWS MAIN#GONE.SECOND
MAIN#PRINT FOLLOWS CALC
 PROMPT "Go on?"
END
$JOBS
MAIN#CALC DOCOMMAND "echo calc" STREAMLOGON u RECOVERY STOP
MAIN#PRINT DOCOMMAND "echo print" STREAMLOGON u RECOVERY STOP
"""


def test_what_streams_wait_for_is_bound_too(tmp_path: Path) -> None:
    rules = """\
[[external]]
job = "prompt of *"
file = "{file}"

[[external]]
job = "FAR::*"
workflow = "FEED"

[[external]]
job = "MAIN#GONE.FIRST"
assume = "it is gone"
"""
    folder = estate(tmp_path, rules, "")
    (folder / "a.jil").rename(folder / "a.tws")
    (folder / "a.tws").write_text(TWS, encoding="utf-8")
    rows = json.loads(cli("check", folder, "--format", "json").output)["diagnostics"]
    errors = [(row["code"], row["line"]) for row in rows if row["level"] == "error"]
    assert errors == [("A303", 6)]
    (folder / "a.tws").write_text(TWS.replace(" FOLLOWS MAIN#GONE.SECOND\n", ""), encoding="utf-8")
    result = cli("verify", folder)
    assert result.exit_code == 0, result.output
    assert "agree" in result.output
