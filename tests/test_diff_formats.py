"""`transpile diff` in every format: schedules as dates, details that only the format knows."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support import GOLDEN, cli
from transpile.dialects import DIALECTS

TWS = """$JOBS
C#J DOCOMMAND "true" STREAMLOGON x
C#K DOCOMMAND "true" STREAMLOGON x
$CPU
CPUNAME C OS UNIX NODE host.example END
$SCHEDULES
SCHEDULE C#WEEK TIMEZONE UTC
ON RUNCYCLE A "FREQ=WEEKLY;BYDAY=MO,TU" ( AT 1300 )
ONOVERLAP ENQUEUE
:
J UNTIL 1500
K FOLLOWS J
END
"""

AZKABAN = """config:
  failure.action: cancel_all
trigger:
  maxWaitMins: 60
  schedule:
    type: cron
    value: 0 15 6 ? * MON-FRI
nodes:
  - name: first
    type: command
    config:
      command: ./first.sh
      retries: 1
      retry.backoff: 60000
  - name: second
    type: command
    dependsOn: [first]
    config:
      command: ./second.sh
"""

DAG = """JOB A a.sub
JOB B b.sub
PARENT A CHILD B
RETRY A 1
CATEGORY A big
MAXJOBS big 2
PRIORITY A 3
SCRIPT PRE A pre.sh
"""

SUBMIT = "executable = run.sh\narguments = --all\n"

CONTROL_M = """<?xml version="1.0" encoding="utf-8"?>
<DEFTABLE>
  <SMART_FOLDER FOLDER_NAME="NIGHT" FOLDER_ORDER_METHOD="SYSTEM" WEEKDAYS="1,2" TIMEFROM="2000">
    <JOB JOBNAME="A" TASKTYPE="Command" CMDLINE="a.sh" RUN_AS="u" CONFIRM="0" MAXWAIT="0">
      <OUTCOND NAME="A-OK" ODATE="ODAT" SIGN="+"/>
      <ON STMT="*" CODE="COMPSTAT LE 4"><DOACTION ACTION="OK"/></ON>
    </JOB>
    <JOB JOBNAME="B" TASKTYPE="Command" CMDLINE="b.sh" RUN_AS="u" TIMEFROM="2100">
      <INCOND NAME="A-OK" ODATE="ODAT" AND_OR="A"/>
    </JOB>
  </SMART_FOLDER>
</DEFTABLE>
"""

TIMER = (
    "[Timer]\nOnCalendar=Mon *-*-* 06:00\nUnit=load.service\n[Install]\nWantedBy=timers.target\n"
)
SERVICE = "[Service]\nType=oneshot\nExecStart=/opt/load --all\nUser=etl\nTimeoutStartSec=60\n"

ANACRON = "# anacron\n1\t5\tdaily\tnice run.sh\n7\t25\tweekly\tnice week.sh\n"

CRON = 'MAILTO=""\n# nightly\n0 4 * * 1-5 /opt/backup.sh /home\n30 5 * * * /opt/report.sh\n'

LIST = """schedule: 0 6 * * *
timezone: UTC
jobs:
  load: {command: load.sh, retries: 1}
  report: {command: report.sh, after: load}
"""

FILES: Mapping[str, Mapping[str, str]] = {
    "autosys": {
        "night.jil": "insert_job: A\njob_type: c\ncommand: a.sh\ndate_conditions: 1\n"
        'days_of_week: mo,tu\nstart_times: "22:00"\nmachine: m\n'
        "auto_delete: 3\n"
    },
    "tws": {"week.tws": TWS},
    "azkaban": {"flow20.project": "azkaban-flow-version: 2.0\n", "nightly.flow": AZKABAN},
    "dagman": {"night.dag": DAG, "a.sub": SUBMIT, "b.sub": SUBMIT},
    "controlm": {"night.xml": CONTROL_M},
    "systemd": {"load.timer": TIMER, "load.service": SERVICE},
    "anacron": {"anacrontab": ANACRON},
    "crontab": {"night.crontab": CRON},
    "joblist": {"night.yaml": LIST},
}
"""The files of an estate in each format, and each kind of timers."""


class Planted(NamedTuple):
    """A change of a text, where it is found, and what changes."""

    format: str
    old: str
    new: str
    name: str
    what: str


PLANTED = (
    Planted("autosys", "mo,tu", "mo,we", "A", "start times"),
    Planted("autosys", "auto_delete: 3", "auto_delete: 4", "A", "auto_delete"),
    Planted("tws", "MO,TU", "MO,WE", "C#WEEK", "start times"),
    Planted("tws", "AT 1300", "AT 1330", "C#WEEK", "start times"),
    Planted("tws", "ENQUEUE", "PARALLEL", "C#WEEK", "overlap"),
    Planted("tws", "UNTIL 1500", "UNTIL 1600", "C#WEEK.J", "times"),
    Planted("tws", "K FOLLOWS J", "K", "C#WEEK.K", "starts"),
    Planted("azkaban", "MON-FRI", "MON-SAT", "nightly", "start times"),
    Planted("azkaban", "cancel_all", "finish_possible", "nightly", "action"),
    Planted("azkaban", "60000", "90000", "first", "seconds before a retry"),
    Planted("azkaban", "retries: 1", "retries: 2", "first", "retries"),
    Planted("dagman", "MAXJOBS big 2", "MAXJOBS big 3", "A", "limit"),
    Planted("dagman", "PRIORITY A 3", "PRIORITY A 4", "A", "priority"),
    Planted("dagman", "PRE A pre.sh", "PRE A other.sh", "A", "command before"),
    Planted("dagman", "--all", "--part", "A", "command"),
    Planted("controlm", '"1,2"', '"1,3"', "NIGHT", "start times"),
    Planted("controlm", '"2000"', '"2030"', "NIGHT", "start times"),
    Planted("controlm", '"2100"', '"2200"', "NIGHT.B", "earliest start"),
    Planted("controlm", 'CONFIRM="0"', 'CONFIRM="1"', "NIGHT.A", "confirms"),
    Planted("controlm", 'MAXWAIT="0"', 'MAXWAIT="2"', "NIGHT.A", "max wait"),
    Planted("controlm", 'MAXWAIT="0"', 'MAXWAIT="99"', "NIGHT.A", "max wait"),
    Planted("controlm", "LE 4", "LE 8", "NIGHT.A", "success codes"),
    Planted("systemd", "Mon *", "Tue *", "load", "start times"),
    Planted("systemd", "--all", "--part", "load", "command"),
    Planted("systemd", "Sec=60", "Sec=120", "load", "time limit in minutes"),
    Planted("anacron", "1\t5", "1\t15", "daily", "start times"),
    Planted("anacron", "nice run.sh", "run.sh", "daily", "command"),
    Planted("crontab", "0 4", "5 4", "backup", "start times"),
    Planted("crontab", "1-5", "1-6", "backup", "start times"),
    Planted("crontab", "/home", "/srv", "backup", "command"),
    Planted("joblist", "0 6 * * *", "0 6 * * 1-5", "night", "start times"),
    Planted("joblist", "UTC", "Asia/Tokyo", "night", "start times"),
    Planted("joblist", "retries: 1", "retries: 2", "load", "retries"),
)


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder with these files."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def diff(old: Path, new: Path, status: int) -> dict[str, Any]:
    """What `transpile diff` finds."""
    result = cli("diff", old, new, "--format", "json", "--from", "2026-01-01", "--days", "60")
    assert result.exit_code == status, result.output
    return dict(json.loads(result.output))


def found(data: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Each name with what changes about it."""
    changed = (*data["jobs"]["changed"], *data["workflows"]["changed"])
    return {(e["name"], c["what"]) for e in changed for c in e["changes"] if not c["same"]}


@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: f"{p.format}-{p.old}".replace(" ", "_"))
def test_a_planted_change_is_found_and_named(planted: Planted, tmp_path: Path) -> None:
    files = FILES[planted.format]
    assert sum(planted.old in text for text in files.values()) >= 1
    changed = {name: text.replace(planted.old, planted.new, 1) for name, text in files.items()}
    old, new = written(tmp_path / "old", files), written(tmp_path / "new", changed)
    data = diff(old, new, 1)
    assert (planted.name, planted.what) in found(data)
    assert found(diff(new, old, 1)) == found(data)
    if planted.what == "start times":
        every = (*data["jobs"]["changed"], *data["workflows"]["changed"])
        dates = [c for e in every for c in e["changes"] if c["what"] == "start times"]
        assert any(c["gained"] or c["lost"] for c in dates)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_equal_to_itself(name: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "same", FILES[name])
    data = diff(folder, folder, 0)
    assert data["same"] is True
    assert found(data) == set()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("crontab", "0 4 * * 1-5", "0 4 * * MON-FRI"),
        ("tws", "BYDAY=MO,TU", "BYDAY=TU,MO"),
        ("joblist", "0 6 * * *", "00 06 * * *"),
        ("systemd", "Mon *-*-* 06:00", "Mon *-*-* 06:00:00"),
        ("azkaban", "MON-FRI", "2-6"),
    ],
)
def test_another_spelling_of_a_schedule_is_no_difference(
    name: str, old: str, new: str, tmp_path: Path
) -> None:
    files = {file: text.replace(old, new) for file, text in FILES[name].items()}
    assert files != FILES[name]
    diff(written(tmp_path / "old", FILES[name]), written(tmp_path / "new", files), 0)


SWAPPED = {
    "tws": ('C#J DOCOMMAND "true" STREAMLOGON x\n', 'C#K DOCOMMAND "true" STREAMLOGON x\n'),
    "azkaban": (
        AZKABAN[AZKABAN.index("  - name: first") : AZKABAN.index("  - name: second")],
        AZKABAN[AZKABAN.index("  - name: second") :],
    ),
    "dagman": ("JOB A a.sub\n", "JOB B b.sub\n"),
    "controlm": (
        CONTROL_M[CONTROL_M.index('    <JOB JOBNAME="A"') : CONTROL_M.index('    <JOB JOBNAME="B')],
        CONTROL_M[CONTROL_M.index('    <JOB JOBNAME="B"') : CONTROL_M.index("  </SMART")],
    ),
    "anacron": ("1\t5\tdaily\tnice run.sh\n", "7\t25\tweekly\tnice week.sh\n"),
    "crontab": ("0 4 * * 1-5 /opt/backup.sh /home\n", "30 5 * * * /opt/report.sh\n"),
    "joblist": (
        "  load: {command: load.sh, retries: 1}\n",
        "  report: {command: report.sh, after: load}\n",
    ),
}
"""Two parts of each source whose order has no meaning."""


@pytest.mark.parametrize("name", SWAPPED)
def test_the_order_of_jobs_is_no_difference(name: str, tmp_path: Path) -> None:
    first, second = SWAPPED[name]
    files = FILES[name]
    file = next(file for file, text in files.items() if first in text)
    swapped = files[file].replace(first, "<1>").replace(second, first).replace("<1>", second)
    assert swapped != files[file]
    old = written(tmp_path / "old", files)
    new = written(tmp_path / "new", {**files, file: swapped})
    data = diff(old, new, 0)
    assert found(data) == set()
    assert not data["modules"]["changed"]


def test_a_definition_without_an_equivalent_is_compared(tmp_path: Path) -> None:
    new = {"week.tws": TWS.replace("host.example", "other.example")}
    data = diff(written(tmp_path / "old", FILES["tws"]), written(tmp_path / "new", new), 1)
    assert [each["code"] for each in data["findings"]] == ["A124"]


def test_every_format_is_tried() -> None:
    kinds = {"systemd": "timers", "anacron": "timers", "crontab": "timers"}
    assert {kinds.get(name, name) for name in FILES} == set(DIALECTS)
    assert {planted.format for planted in PLANTED} == set(FILES)


@pytest.mark.parametrize("name", ["boxes", "controlm", "systemd", "tws", "azkaban_flows", "dagman"])
def test_goldens_are_equal_to_themselves(name: str) -> None:
    folder = GOLDEN / name / "input"
    result = cli("diff", folder, folder)
    assert result.exit_code == 0
    assert result.output.endswith("no difference in meaning\n")


def test_a_comment_that_moves_lines_renames_no_job_of_a_crontab(tmp_path: Path) -> None:
    """Lines with the same program and arguments are named after their places."""
    lines = "0 4 * * * /opt/backup.sh a\n0 5 * * * /opt/backup.sh a\n"
    old = written(tmp_path / "old", {"night.crontab": lines})
    new = written(tmp_path / "new", {"night.crontab": f"# a comment\n\n{lines}"})
    data = diff(old, new, 0)
    assert not data["jobs"]["renamed"]


@pytest.mark.parametrize("name", ["dagman", "joblist"])
def test_a_workflow_that_is_named_after_its_file_may_have_another_file(
    name: str, tmp_path: Path
) -> None:
    files = {file.replace("night", "evening"): text for file, text in FILES[name].items()}
    old, new = written(tmp_path / "old", FILES[name]), written(tmp_path / "new", files)
    data = diff(old, new, 0)
    renamed = {"old": "night", "new": "evening", "by_file": True}
    assert data["workflows"]["renamed"] == [renamed]
    assert data["modules"]["renamed"] == [{"old": "night.py", "new": "evening.py"}]
