"""Control-M: rules of the conversion, from source text to jobs and findings."""

from pathlib import Path
from typing import Any

import pytest

from tests.controlm_cases import CODES, DAILY, end, folder, job, lines_of, on, period_of, takes
from tests.support import cli, codes, plan, read
from transpile.dialects.controlm.codes import examples
from transpile.dialects.controlm.plan import Planned
from transpile.model import Command, Facts, Job, Status, atoms
from transpile.model.rules import TARGETS
from transpile.model.schedule import Schedule

MONDAY = period_of(days=1)


def adds(name: str, date: str = "ODAT", sign: str = "+") -> str:
    return f'<OUTCOND NAME="{name}" ODATE="{date}" SIGN="{sign}"/>'


def waits(name: str, date: str = "ODAT", word: str = "A") -> str:
    return f'<INCOND NAME="{name}" ODATE="{date}" AND_OR="{word}"/>'


def at(time: str, more: str = "") -> str:
    return f'TIMEFROM="{time}" {more}'.strip()


def facts(text: str) -> tuple[Facts, set[str]]:
    network, diagnostics = read(text)
    return network, codes(diagnostics)


def jobs(text: str) -> dict[str, Job]:
    return dict(read(text)[0].said.jobs)


def schedule(found: Job) -> Schedule:
    assert found.schedule is not None
    return found.schedule


def asked(found: Job) -> Status:
    (atom,) = atoms(found.condition)
    assert isinstance(atom, Status)
    return atom


# -------------------------------------------------------------------- members with own days


def test_a_member_with_days_of_its_own_starts_when_its_folder_may() -> None:
    text = examples.smart(
        examples.job(days='WEEKDAYS="1"'),
        examples.job(name="B", days='WEEKDAYS="1"', more=at("0300")),
        examples.job(name="C", days=""),
        more=at("0200"),
    )
    found = jobs(text)
    assert schedule(found["F.A"]).times == schedule(found["F"]).times == ((2, 0),)
    assert schedule(found["F.B"]).times == ((3, 0),)
    # The order date ends at New Day: 02:00 is on the next calendar day.
    assert str(schedule(found["F.A"])).startswith("02:00 tu")


def test_a_member_with_days_of_its_own_waits_as_long_as_its_folder() -> None:
    inner = examples.job(days='WEEKDAYS="1"')
    text = examples.folder(examples.job(adds("X"), name="P", more=at("0900")))
    text += examples.smart(waits("X"), inner, examples.job(name="C", days=""), more='MAXWAIT="2"')
    text = text.replace("</DEFTABLE>\n<DEFTABLE>\n", "").replace(
        'SMART_FOLDER FOLDER_NAME="F"', 'SMART_FOLDER FOLDER_NAME="G"'
    )
    assert asked(jobs(text)["G.A"]).by == 3 * 24 * 60


def test_the_days_of_a_folder_without_members_are_remarked() -> None:
    found = lines_of([folder("S"), job("A", folder="S", days=on(30))], period=MONDAY)
    assert found == ["02 00:00 S: missing instance: is not ordered: none of its members is due"]


def test_the_end_of_a_folder_may_depend_on_a_member_with_own_days() -> None:
    members = [job("A", folder="S", days=DAILY), job("B", folder="S")]
    found = lines_of([folder("S"), *members], {"A": takes(5, 1)}, MONDAY)
    said = "S: known difference: its end depends on A, which has days of its own"
    assert [line for line in found if "own" in line] == [f"02 00:01 {said}", f"02 00:05 {said}"]


# -------------------------------------------------------------------- cyclic jobs


@pytest.mark.parametrize("ordered", ["SYSTEM", "MANUAL"])
def test_a_cyclic_job_without_a_clock_runs_once(ordered: str) -> None:
    days = 'CYCLIC="1" INTERVAL="00060M"'
    text = examples.smart(examples.job(days="", more=days))
    assert "A064" in facts(text.replace("SYSTEM", ordered))[1]


CYCLIC = examples.folder(
    examples.job(adds("X"), more=at("0200", 'CYCLIC="1" INTERVAL="00120M"')),
    examples.job(waits("X"), name="B"),
)


def test_the_runs_of_a_cyclic_job_on_its_order_date_add_an_event() -> None:
    network, found = facts(CYCLIC)
    assert "A077" in found
    begun = asked(network.said.jobs["F.B"]).begun
    assert begun is not None
    # From New Day on, and the last run before it, at 06:00, but not the one of the day before.
    assert -60 < begun[0] <= 19 * 60
    assert 23 * 60 <= begun[1] < 24 * 60 + 19 * 60


# -------------------------------------------------------------------- who shares a workflow

BEFORE = examples.folder(
    examples.job(adds("X"), more=at("0600")),
    examples.job(waits("X") + adds("Y"), name="B"),
    examples.job(waits("Y"), name="C", days='WEEKDAYS="1,2,3,4,5" TIMEZONE="UTC"', more=at("0600")),
)


def test_a_job_without_a_time_starts_with_what_it_waits_for() -> None:
    found = jobs(BEFORE)
    assert schedule(found["F.B"]).times == ((6, 0),)
    assert schedule(found["F.B"]).placed
    begun = asked(found["F.C"]).begun
    # Both are of one order date, although that of the workflow of B begins a day before.
    assert begun is not None
    assert begun[0] < 0 < begun[1]
    assert begun[1] - begun[0] < 24 * 60


def test_jobs_on_both_sides_of_new_day_share_no_workflow() -> None:
    text = examples.folder(
        examples.job(adds("X"), more=at("0600")),
        examples.job(adds("Y"), name="B", more=at("0900")),
        examples.job(waits("X") + waits("Y"), name="C"),
    )
    found = jobs(text)
    assert schedule(found["F.C"]).times == ((7, 0),)
    assert not schedule(found["F.C"]).placed


def test_an_event_of_the_day_before_comes_from_another_workflow() -> None:
    text = examples.folder(
        examples.job(adds("X"), more=at("0900")),
        examples.job(waits("X", "-001"), name="B", more=at("1000")),
        examples.job(waits("X", "-001"), name="C", more=at("0900")),
    )
    network, found = facts(text)
    begun = asked(network.said.jobs["F.B"]).begun
    assert begun is not None
    assert begun[0] < -25 * 60 < begun[1] < 0
    # That of the day before is another run of the workflow that C shares with A.
    assert "A051" in found


# -------------------------------------------------------------------- events


def test_an_event_may_be_deleted_before_a_later_day_asks_for_it() -> None:
    text = examples.folder(
        examples.job(adds("X"), more=at("0900")),
        examples.job(waits("X", "-001") + waits("X", word="O") + adds("X", sign="-"), name="B"),
    )
    assert "A053" in facts(text)[1]
    assert "A053" not in facts(text.replace(waits("X", "-001"), ""))[1]


@pytest.mark.parametrize("target", TARGETS)
def test_a_condition_that_never_holds_is_printed(target: str, tmp_path: Path) -> None:
    text = examples.folder(
        examples.job(adds("X"), more=at("2345")),
        examples.job(
            waits("X").replace("AND", 'OP="(" AND')
            + waits("NONE").replace("AND", 'OP=")" AND')
            + waits("NONE", word="O"),
            name="B",
            more=at("0900"),
        ),
    )
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    cli("convert", tmp_path / "a.xml", "-o", tmp_path / "out", "--target", target)
    assert "False" in (tmp_path / "out" / "b_cuts.py").read_text(encoding="utf-8")


def test_a_job_of_another_time_zone_may_force_one() -> None:
    force = '<ON STMT="*" CODE="NOTOK"><DOFORCEJOB TABLE_NAME="G" NAME="B"/></ON>'
    text = (
        '<DEFTABLE><FOLDER FOLDER_NAME="F" FOLDER_ORDER_METHOD="SYSTEM">'
        + examples.job(force)
        + '</FOLDER><FOLDER FOLDER_NAME="G" FOLDER_ORDER_METHOD="MANUAL">'
        + examples.job(name="B", days='DAYS="ALL" TIMEZONE="America/New_York"')
        + "</FOLDER></DEFTABLE>"
    )
    assert plan(text)[0]


# -------------------------------------------------------------------- ends


def test_a_dummy_that_ends_not_ok_fails() -> None:
    rule = '<ON STMT="*" CODE="OK"><DOACTION ACTION="NOTOK"/></ON>'
    dummy = examples.job(rule).replace('"Command"', '"Dummy"')
    action = jobs(examples.folder(dummy))["F.A"].action
    assert isinstance(action, Command)
    assert not action.success.accepts(0)
    assert jobs(examples.folder(dummy.replace(rule, "")))["F.A"].action is None


@pytest.mark.parametrize(
    ("ends", "said"), [({"is_ok": True}, True), ({"is_ok": False}, False)], ids=["OK", "NOTOK"]
)
def test_a_kill_that_ends_ok_is_remarked(ends: dict[str, Any], said: bool) -> None:
    jobs_of: list[Planned] = [job("A", ends=(end(CODES, **ends),))]
    found = lines_of(jobs_of, {"A": takes(1, None)}, MONDAY)
    assert any("although it was killed" in line for line in found) is said
