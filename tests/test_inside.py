"""Alternatives inside a box that are kept at a gate: what lowering makes of them."""

from pathlib import Path

import pytest

from tests.lowered import shown
from tests.support import cli
from transpile.analysis import analyse
from transpile.dialects import DIALECTS, SCHEDULERS
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.lower import lower
from transpile.model import Facts, Form, Platform, Rules, Site
from transpile.sources.text import Source

REACHED = Rules(form=Form(platform=Platform(endpoint="flyteadmin:81")))
BOX = "insert_job: X  job_type: b\n"
FILE = "insert_job: W  box_name: {}  job_type: f  watch_file: /in\n"
A = "insert_job: A  box_name: X  command: a\n"


def facts_of(text: str, rules: Rules = REACHED) -> tuple[Facts, Diagnostics]:
    diagnostics = Diagnostics()
    (network,) = DIALECTS["autosys"].read([Source("a.jil", text)], diagnostics, Site())
    return analyse(network, rules, SCHEDULERS, diagnostics), diagnostics


def lowered(text: str) -> str:
    facts, diagnostics = facts_of(text)
    place = {name: number for number, name in enumerate(facts.jobs)}
    return "\n".join(shown(lower(part, place, diagnostics)) for part in facts.parts())


def test_the_first_alternative_opens_the_gate() -> None:
    assert lowered(
        f"{BOX}{A}{FILE.format('X')}insert_job: B  box_name: X  condition: s(A) | s(W)  command: b"
    ) == (
        "workflow X\n"
        "  A: run\n"
        "  tell of A: tells B after A, reports\n"
        "  W: run\n"
        "  tell of W: tells B after W, reports\n"
        "  wait of B: waits until A succeeded or W succeeded, reports\n"
        "  B: run after wait of B"
    )


def test_the_gate_stands_behind_what_the_job_needs_otherwise() -> None:
    text = f"{BOX}{A}{FILE.format('X')}insert_job: V  box_name: X  command: v\n"
    found = lowered(
        f"{text}insert_job: B  box_name: X  condition: f(V) & (f(A) | s(W))  command: b"
    )
    assert (
        "  wait of B: waits until A failed or W succeeded when failure(V), given V, reports\n"
        "  B: run when failure(V) after wait of B, given V, reports\n"
    ) in found
    assert "  A: run, reports\n" in found


def test_the_inner_box_stays_a_sub_workflow() -> None:
    found = lowered(
        f"{BOX}insert_job: Y  job_type: b  box_name: X\n{A.replace('X', 'Y')}{FILE.format('X')}"
        "insert_job: B  box_name: Y  condition: s(A) | s(W)  command: b"
    )
    assert "workflow Y\n" in found
    assert "  tell of W: tells B after W, reports" in found


def test_a_wait_for_another_workflow_may_never_end_either() -> None:
    clock = 'date_conditions: 1  days_of_week: all  start_times: "0{}:00"'
    text = (
        f"insert_job: F  {clock.format(8)}  command: f\n"
        f"insert_job: X  job_type: b  {clock.format(9)}\n{A}"
        "insert_job: W  box_name: X  condition: s(F)  command: w\n"
        "insert_job: B  box_name: X  condition: s(A) | s(W)  command: b"
    )
    facts, diagnostics = facts_of(text)
    assert facts.cuts["B"].shown == "A succeeded or W succeeded"
    assert "A320" in {found.code for found in facts_of(text, Rules())[1]}
    assert "A320" not in {found.code for found in diagnostics}


@pytest.mark.parametrize(
    ("rest", "shown"),
    [
        ("s(F)", "F succeeded and (A succeeded or W succeeded)"),
        ("s(A)", "A succeeded or W succeeded"),
    ],
)
def test_a_job_has_one_cut(rest: str, shown: str) -> None:
    clock = 'date_conditions: 1  days_of_week: all  start_times: "0{}:00"'
    facts, _ = facts_of(
        f"insert_job: F  {clock.format(8)}  command: f\n"
        f"insert_job: X  job_type: b  {clock.format(9)}\n{A}{FILE.format('X')}"
        f"insert_job: B  box_name: X  condition: {rest} & (s(A) | s(W))  command: b"
    )
    assert facts.cuts["B"].shown == shown


@pytest.mark.parametrize(
    "jobs",
    [
        f"{A}{FILE.format('X')}insert_job: B  box_name: X  condition: f(A) | s(W)  command: b\n"
        "insert_job: C  box_name: X  condition: s(A) & (s(B) | s(W))  command: c\n",
        f"insert_job: Y  job_type: b  box_name: X\n{A.replace('X', 'Y')}{FILE.format('X')}"
        "insert_job: B  box_name: Y  condition: d(A) | s(W)  command: b\n"
        "insert_job: C  box_name: X  job_type: b  condition: f(Y) | s(W)\n"
        "insert_job: D  box_name: C  command: d\n",
        f"{A}insert_job: T  box_name: X  command: t\n"
        "insert_job: B  box_name: X  condition: s(A) | s(C)  command: b\n"
        "insert_job: C  box_name: X  condition: f(T) | s(B)  command: c\n",
    ],
)
def test_emitted_gates_do_what_the_source_does(jobs: str, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(BOX + jobs, encoding="utf-8")
    settings = '[platform]\nendpoint = "flyteadmin:81"\n'
    (tmp_path / "transpile.toml").write_text(settings, encoding="utf-8")
    assert cli("check", tmp_path).exit_code == 0
    verdict = cli("verify", tmp_path)
    assert verdict.exit_code == 0, verdict.output
    assert "(all combinations)" in verdict.output
