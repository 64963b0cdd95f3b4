"""Conditions that hold before all that they name has ended: late starts, early ends, circles."""

import json
from pathlib import Path

import pytest

from tests.support import cli, codes, read
from tests.test_verify import verdicts
from transpile.dialects.autosys.engine import AutoSys
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts
from transpile.model.outcome import Outcome, State

OURS = {"A313", "A320", "A321", "A322", "A401", "A409", "A410", "A411", "A420", "A421"}


def job(name: str, condition: str = "", *lines: str) -> str:
    """A command job of JIL."""
    more = [f"condition: {condition}"] if condition else []
    return "\n".join([f"insert_job: {name}", "command: true", *more, *lines, "\n"])


def box(name: str, *lines: str) -> str:
    return "\n".join([f"insert_job: {name}", "job_type: b", *lines, "\n"])


def watch(name: str, *lines: str) -> str:
    return "\n".join([f"insert_job: {name}", "job_type: fw", "watch_file: /data/in", *lines, "\n"])


def found(text: str) -> dict[str, list[tuple[str, str]]]:
    """The findings about alternatives: for each code the jobs and the messages."""
    result: dict[str, list[tuple[str, str]]] = {}
    for finding in read(text)[1]:
        if finding.code in OURS:
            result.setdefault(finding.code, []).append((str(finding.job), finding.message))
    return result


A, B = job("A"), job("B")
RECOVERY = A + job("R", "f(A)")
ENDLESS, LIMITED = watch("W"), watch("W", "term_run_time: 30")


@pytest.mark.parametrize(
    ("text", "code", "others"),
    [
        (A + B + job("C", "s(A) | s(B)"), "A321", "A, B"),
        (A + B + job("C", "d(A) | f(B)"), "A321", "A, B"),
        (A + job("B", "s(A)") + job("C", "s(A) | s(B)"), "A321", "B"),
        (A + B + job("D") + job("C", "s(A) & (s(B) | s(D))"), "A321", "B, D"),
        (A + LIMITED + job("C", "s(A) | s(W)"), "A321", "A, W"),
        (A + ENDLESS + job("C", "s(A) | s(W)"), "A320", "W"),
        (A + ENDLESS + job("B", "s(W)") + job("C", "s(A) | f(B)"), "A320", "B"),
        (
            A + ENDLESS + box("X", "condition: s(W)") + job("M", "", "box_name: X")
            + job("C", "s(A) | s(X)"),
            "A320",
            "X",
        ),
        # Behind the watcher both: it is over when one of them is.
        (
            ENDLESS + job("A", "s(W)") + job("B", "s(W)") + job("C", "s(A) | s(B)"),
            "A321",
            "A, B",
        ),
    ],
)  # fmt: skip
def test_waits_for_more_than_it_needs(text: str, code: str, others: str) -> None:
    assert found(text).keys() == {code}
    ((name, message),) = found(text)[code]
    assert name == "C"
    assert f" {others}, " in message


@pytest.mark.parametrize(
    "text",
    [
        A + job("C", "s(A) | f(A)"),
        A + job("C", "t(A) | (s(A) & n(A))"),
        A + B + job("C", "s(A) & s(B)"),
        A + ENDLESS + job("C", "s(A) & s(W)"),
        # Where A succeeds its recovery has nothing to do.
        RECOVERY + job("C", "s(A) | s(R)"),
        # One of two branches runs.
        A + job("B", "e(A) = 4") + job("D", "e(A) != 4") + job("C", "s(B) | s(D)"),
        A + job("B", "s(A)") + job("C", "s(B) | (s(B) & s(A))"),
        A + B + job("C", "s(A) & (v(G) = x | s(A))"),
        # What runs already or not at all needs no wait for the other alternative.
        A + B + job("C", "s(A) & (n(B) | s(B))"),
        A + job("B", "", "status: on_ice") + job("C", "s(A) | s(B)"),
        A + job("B", "", "status: on_hold") + job("C", "s(A) | s(B)"),
    ],
)
def test_waits_for_what_it_needs(text: str) -> None:
    assert not found(text)


def test_too_many_ways_are_one() -> None:
    jobs = "".join(job(f"J{n}") for n in range(80))
    pairs = " & ".join(f"(s(J{n}) | s(J{n + 1}))" for n in range(0, 80, 2))
    ((_, message),) = found(jobs + job("C", f"({pairs}) & s(J0)"))["A321"]
    assert "J1, J2, J3, J4, J5 and 74 more" in message


STREAM = """\
SCHEDULE W#S ON RUNCYCLE R "FREQ=DAILY"
:
W#A DOCOMMAND "a" STREAMLOGON u
W#B DOCOMMAND "b" STREAMLOGON u
W#C DOCOMMAND "c" STREAMLOGON u
 JOIN ONE 1 OF
  FOLLOWS A IF SUCC
  FOLLOWS B IF SUCC
 ENDJOIN
END
"""


def test_a_join_of_one_starts_late() -> None:
    ((name, message),) = found(STREAM)["A321"]
    assert name == "W#S.C"
    assert "W#S.A, W#S.B" in message


def members(*names: str) -> str:
    return "".join(job(name, "", "box_name: X") for name in names)


AFTER = job("AFTER", "s(X)")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Only the time differs: what runs goes on, and nothing has to start.
        (box("X", "box_success: s(A)") + members("A", "B") + AFTER, "A409"),
        (box("X", "box_success: s(A)") + members("A", "B"), None),
        (box("X", "box_success: s(B)") + members("A") + job("B", "s(A)", "box_name: X"), None),
        (
            box("X", "box_success: s(A) | s(B)") + members("A") + job("B", "f(A)", "box_name: X"),
            None,
        ),
        # A member that has not started does not start any more.
        (box("X", "box_success: s(A)") + members("A") + job("B", "s(A)", "box_name: X"), "A420"),
        (
            box("X", "box_success: s(A) | s(C)") + members("A", "B")
            + job("C", "s(B)", "box_name: X"),
            "A420",
        ),
        (box("X", "box_failure: f(A)") + members("A", "B") + job("C", "s(B)", "box_name: X"),
         "A420"),
        # The rule that holds first decides.
        (box("X", "box_success: s(A)", "box_failure: f(B)") + members("A", "B") + AFTER, "A420"),
        (box("X", "box_success: s(B)", "box_failure: f(A)") + members("A")
         + job("B", "d(A)", "box_name: X"), "A420"),
        (box("X", "box_success: s(B)", "box_failure: f(A)") + members("A")
         + job("B", "s(A)", "box_name: X"), None),
        # What stands outside of the box does not wake it.
        (job("O") + box("X", "box_success: s(O)") + members("A"), "A420"),
        (job("O") + box("X", "box_success: s(O)", "condition: s(O)") + members("A"), None),
        # It never ends here.
        (box("X", "box_success: s(A)") + members("A") + watch("W", "box_name: X"), "A420"),
        # Terminators.
        (box("X") + job("A", "", "box_name: X", "box_terminator: 1") + members("B")
         + job("C", "s(B)", "box_name: X"), "A410"),
        (box("X") + job("A", "", "box_name: X", "box_terminator: 1") + members("B"), None),
        (box("X") + job("A", "", "box_name: X", "box_terminator: 1")
         + job("C", "s(A)", "box_name: X"), None),
        (box("X", "box_success: s(B)") + members("B")
         + job("A", "", "box_name: X", "box_terminator: 1"), "A420"),
        (box("X") + job("A", "", "box_name: X", "box_terminator: 1")
         + job("B", "", "box_name: X", "job_terminator: 1"), "A411"),
    ],
)  # fmt: skip
def test_boxes_that_end_early(text: str, code: str | None) -> None:
    assert found(text).keys() == ({code} if code else set())
    differs = code not in (None, "A409") and "watch_file" not in text
    assert any(verdict.disagreements for verdict in verdicts(text, most=300)) is differs


def test_the_engine_ends_a_box_when_its_rule_holds() -> None:
    text = box("X", "box_success: s(A)") + members("A", "B") + job("C", "s(B)", "box_name: X")
    engine = AutoSys(read(text)[0])
    early = engine.run({"B": Outcome((1,))}, {}, {"A": 1, "B": 5})
    assert early.jobs["X"].state is State.SUCCEEDED
    assert early.jobs["B"].state is State.FAILED
    late = engine.run({}, {}, {"A": 5, "B": 1})
    assert late.jobs["C"].state is State.SUCCEEDED
    assert engine.run({}, {}, {"A": 1, "B": 5}).jobs["C"].state is State.NOT_RUN
    hung = engine.run({"A": Outcome((1,)), "B": Outcome((1,))}, {}, {})
    assert hung.jobs["X"].state is State.UNFINISHED


def mutual(first: str, second: str) -> str:
    return job("P") + job("Q") + job("A", first) + job("B", second)


@pytest.mark.parametrize(
    "text",
    [
        mutual("s(P) & n(B)", "s(Q) & n(A)"),
        mutual("n(B) | s(B)", "n(A) | s(A)"),
        mutual("s(P) & (n(B) | d(B))", "s(Q) & (n(A) | d(A))"),
        mutual("t(P) | (s(P) & n(B))", "t(A) | (s(A) & n(Q))"),
        # In a box a job runs once: what comes behind it cannot start it.
        box("X") + members("P") + job("A", "s(P) | f(B)", "box_name: X")
        + job("B", "s(A)", "box_name: X"),
        box("X", "box_success: s(A) | s(B)") + members("A") + job("B", "s(X)"),
    ],
)  # fmt: skip
def test_what_is_no_circle(text: str) -> None:
    assert not found(text).keys() & {"A401", "A421"}
    assert not read(text)[0].left_out
    assert all(verdict.good for verdict in verdicts(text, most=100))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (mutual("s(B)", "s(A)"), "A401"),
        (mutual("s(P) & s(B)", "s(Q) & (s(A) | t(A))"), "A401"),
        (mutual("s(P) & s(B) & n(Q)", "s(A)"), "A401"),
        (box("X") + job("A", "s(X)", "box_name: X"), "A401"),
        (box("X", "condition: s(A)") + members("A"), "A401"),
        (mutual("s(P) | s(B)", "s(A)"), "A421"),
        (mutual("s(P) | s(B)", "s(Q) | s(A)"), "A421"),
        (job("A", "s(A) | s(P)") + job("P"), "A421"),
    ],
)
def test_circles(text: str, code: str) -> None:
    assert found(text).keys() & {"A401", "A421"} == {code}
    assert "A" in read(text)[0].left_out


def order(text: str) -> tuple[Facts, Diagnostics]:
    return read(text + A + job("C", "s(A) & s(W)"))


def test_what_may_never_end_comes_last() -> None:
    network, diagnostics = order(watch("W", "condition: n(A)"))
    assert "A308" in codes(diagnostics)
    assert [(d.upstream, d.downstream) for d in network.dependencies if d.exclusion] == [("A", "W")]


def test_box_that_waits_for_the_job_it_holds_back() -> None:
    text = box("X") + job("A", "n(X)") + job("B", "s(A)", "box_name: X")
    assert found(text).keys() == {"A313"}
    assert any(verdict.disagreements for verdict in verdicts(text))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ('file = "/data/in"', "A320"),
        ('workflow = "OTHER"', "A320"),
        ('approval = "go on?"', "A321"),
    ],
)
def test_waits_that_a_team_puts_in(tmp_path: Path, answer: str, code: str) -> None:
    (tmp_path / "a.jil").write_text(A + job("C", "s(A) | s(EXT)"))
    (tmp_path / "transpile.toml").write_text(f'[[external]]\njob = "EXT"\n{answer}\n')
    shown = cli("check", tmp_path, "--format", "json").output
    (finding,) = [row for row in json.loads(shown)["diagnostics"] if row["code"] in OURS]
    assert (finding["code"], finding["job"]) == (code, "C")
