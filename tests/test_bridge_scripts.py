"""The scripts by which jobs ask and tell the legacy side, as the READMEs of dialects show them."""

import json
from pathlib import Path

import pytest

from tests.documents import blocks
from tests.handovers import folder_of, on
from tests.support import ROOT
from transpile.runtime.legacy import LegacyJob, understood

AUTOSYS = ROOT / "transpile/dialects/autosys/README.md"
CONTROLM = ROOT / "transpile/dialects/controlm/README.md"
IWS = ROOT / "transpile/dialects/tws/README.md"


# ---------------------------------------------------------------- AutoSys


@pytest.mark.parametrize(
    ("job", "answer"),
    [
        ("FARM.MILK", "SU 0 2026-11-03T22:19:59"),
        ("FARM.CHURN", "FA 3 2026-11-03T22:41:09"),
        ("FARM.WEIGH", "TE 137 2026-11-04T05:10:00"),
        ("FARM.GATE", "RU 0 2026-11-03T06:04:00"),
        ("FARM.NEW", "IN 0"),
    ],
)
def test_the_row_of_a_job_is_an_answer(job: str, answer: str, tmp_path: Path) -> None:
    scripts = {b.file: b.body for b in blocks(AUTOSYS.read_text()) if b.file}
    report = ROOT / "tests" / "listings" / "autorep.txt"
    scripts["autorep"] = f'#!/bin/sh\n[ "$1" = -J ] || exit 1\ngrep -v "^ *$" {report}\n'
    assert set(scripts) == {"last-status", "autorep"}
    code, said = on(folder_of(tmp_path, scripts), f"last-status {job}")
    assert (code, said.strip()) == (0, answer)
    assert understood(LegacyJob(job), said.split())
    (tmp_path / "autorep").write_text("#!/bin/sh\nexit 1\n")
    assert on(tmp_path, f"last-status {job}")[0] == 1


# ---------------------------------------------------------------- IBM Workload Scheduler


SHOWN = {
    "ss CPU#ORD": """CPU     Schedule SchedTime  State Pr Start Elapse # OK Lim
CPU#ORD         0100 {past} SUCC  10 21:30 03:05   4  4
CPU#ORD         0100 {future} HOLD  10(21:30)        4  0
""",
    "sj CPU#ORD.LOAD": """CPU     Schedule SchedTime  Job     State Pr Start Elapse RetCode Deps

CPU#ORD         0100 {past} ******* {state} 10 21:30 03:05
                         LOAD {state}  10 21:30 00:05      3  #J2101
CPU#ORD         0100 {future} ******* HOLD 10
                         LOAD        HOLD  10
""",
}


@pytest.fixture
def iws(tmp_path: Path) -> Path:
    """A folder with the scripts of the README, and a conman that shows a stand-in's state."""
    scripts = {b.file: b.body for b in blocks(IWS.read_text()) if b.file}
    days = "past=$(date -d yesterday +%m/%d) future=$(date -d tomorrow +%m/%d)"
    cases = "\n".join(
        f'"{command}"*) sed "s|{{past}}|$past|; s|{{future}}|$future|; s|{{state}}|$state|" '
        f"<<'EOF'\n{text}EOF\n;;"
        for command, text in SHOWN.items()
    )
    scripts["conman"] = (
        f"#!/bin/sh\n{days}\nstate=$(cat {tmp_path}/state)\ncase $1 in\n{cases}\n"
        f'confirm*) echo "$1" >> {tmp_path}/log ;;\nesac\n'
    )
    assert set(scripts) == {"iws-status", "iws-tell", "conman"}
    (tmp_path / "state").write_text("PEND")
    return folder_of(tmp_path, scripts)


@pytest.mark.parametrize(
    ("state", "answer"), [("SUCC", "SUCCESS"), ("ABEND", "FAILURE 3"), ("EXEC", "RUNNING")]
)
def test_the_state_of_a_job_is_an_answer(iws: Path, state: str, answer: str) -> None:
    (iws / "state").write_text(state)
    assert on(iws, "iws-status CPU#ORD.LOAD") == (0, f"{state} 3")
    known = understood(LegacyJob("J", ""), [state, "3"]).status
    assert known.startswith(answer.split(maxsplit=1)[0])


def test_the_state_of_a_stream_is_that_of_the_last_one_that_was_due(iws: Path) -> None:
    assert on(iws, "iws-status CPU#ORD") == (0, "SUCC")
    assert on(iws, "iws-status CPU#NONE")[0] == 1


@pytest.mark.parametrize(
    ("state", "status", "code", "said"),
    [
        ("PEND", "SUCCESS", 0, "confirm CPU#ORD.LOAD+state=pend;SUCC;noask"),
        ("PEND", "TERMINATED", 0, "confirm CPU#ORD.LOAD+state=pend;ABEND;noask"),
        ("PEND", "RUNNING", 0, ""),
        ("READY", "SUCCESS", 1, ""),
        ("ABEND", "FAILURE", 0, ""),
    ],
)
def test_a_stand_in_is_confirmed_once_it_waits(
    iws: Path, state: str, status: str, code: int, said: str
) -> None:
    (iws / "state").write_text(state)
    (iws / "log").write_text("")
    assert on(iws, f"iws-tell CPU#ORD.LOAD {status}")[0] == code
    assert (iws / "log").read_text().strip() == said


# ---------------------------------------------------------------- Control-M


@pytest.fixture
def controlm(tmp_path: Path) -> Path:
    """A folder with the scripts of the README, and stand-ins for the programs that they call."""
    statuses = [
        {"orderDate": "261126", "startTime": "a", "status": "Ended Not OK"},
        {"orderDate": "261127", "startTime": "b", "status": "Ended OK"},
        {"orderDate": "261125", "startTime": "c", "status": "Executing"},
    ]
    answer = json.dumps({"statuses": statuses})
    scripts = {b.file: b.body for b in blocks(CONTROLM.read_text()) if b.file}
    scripts["ctm"] = f"#!/bin/sh\necho \"$3 $4\" > {tmp_path}/log\necho '{answer}'\n"
    scripts["ctmcontb"] = f'#!/bin/sh\necho "$@" >> {tmp_path}/log\n[ ! -e {tmp_path}/known ]\n'
    scripts["date"] = f"#!/bin/sh\ncat {tmp_path}/today\n"
    assert {"ctm-status", "ctm-tell"} < set(scripts)
    return folder_of(tmp_path, scripts)


def test_the_last_order_of_a_job_answers(controlm: Path) -> None:
    assert on(controlm, "ctm-status NIGHT.IN.TWO") == (0, "SUCCESS")
    assert (controlm / "log").read_text() == "-s jobname=TWO&folder=NIGHT/IN\n"
    assert on(controlm, "ctm-status NIGHT") == (0, "SUCCESS")
    assert (controlm / "log").read_text() == "-s jobname=NIGHT\n"


def test_the_event_has_the_order_date_of_the_start(controlm: Path) -> None:
    for status, today in (("INACTIVE", "1126"), ("RUNNING", "1127"), ("SUCCESS", "1128")):
        (controlm / "today").write_text(today)
        assert on(controlm, f"CTM_TELL={controlm}/memory ctm-tell ORD.LOAD {status}") == (0, "")
    assert (controlm / "log").read_text() == "-ADD FLYTE-ORD.LOAD 1127\n"


@pytest.mark.parametrize(
    ("end", "events"),
    [
        ("FAILURE 4", ["-ADD BAD 1127", "-DELETENOWILD OLD STAT"]),
        ("FAILURE 12", ["-ADD BAD 1127"]),
        ("FAILURE", ["-ADD BAD 1127"]),
        ("TERMINATED", ["-DELETENOWILD OLD STAT"]),
        ("SUCCESS 0", ["-ADD FLYTE-ORD.LOAD 1127"]),
        ("SUCCESS", ["-ADD FLYTE-ORD.LOAD 1127"]),
    ],
)
def test_events_follow_from_exit_codes(controlm: Path, end: str, events: list[str]) -> None:
    (controlm / "memory").mkdir()
    (controlm / "memory" / "w.events").write_text(
        "# events\nORD.LOAD 1-20,30 + BAD ODAT\nORD.LOAD 4,kill - OLD STAT\n"
        "ORD.SUM 1-20 + NO ODAT\n"
    )
    (controlm / "today").write_text("1127")
    assert on(controlm, f"export CTM_TELL={controlm}/memory; ctm-tell ORD.LOAD {end}") == (0, "")
    assert (controlm / "log").read_text().splitlines() == events


def test_a_failure_adds_no_event(controlm: Path) -> None:
    for status in ("FAILURE", "TERMINATED"):
        assert on(controlm, f"CTM_TELL={controlm}/memory ctm-tell ORD.LOAD {status}") == (0, "")
    assert not (controlm / "log").exists()


def test_an_event_that_cannot_be_added_is_told_again(controlm: Path) -> None:
    (controlm / "today").write_text("1127")
    (controlm / "known").touch()
    assert on(controlm, f"CTM_TELL={controlm}/memory ctm-tell ORD.LOAD SUCCESS")[0] == 1
