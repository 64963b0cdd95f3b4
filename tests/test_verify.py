"""The emitted behaviour equals the source's; and the comparison sees it when it does not."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.amounts import share_of
from tests.jil_networks import networks
from tests.support import ROOT, cli, is_known_to_differ, plan_modules, read
from transpile.cli.subjects import verify_module, write_modules
from transpile.model import Form
from transpile.model.rules import TARGETS
from transpile.proof.verify import Verdict

CHAIN = (
    "insert_job: A\ncommand: a\nn_retrys: 1\n\n"
    "insert_job: B\ncommand: b\ncondition: s(A)\n\n"
    "insert_job: C\ncommand: c\ncondition: f(B) & d(A)\n\n"
    "insert_job: D\ncommand: d\ncondition: (s(B) & e(A) = 0) | s(C)\n\n"
    "insert_job: E\ncommand: e\ncondition: s(D)\nn_retrys: 2\n\n"
    "insert_job: F\ncommand: f\n\ninsert_job: G\ncommand: g\ncondition: s(F) & s(D)\n"
)

SCENARIOS = 500
"""Maximum number of scenarios of a generated estate: those with few failures come first."""


def verdicts(
    text: str,
    mutate: Callable[[str], str] = lambda emitted: emitted,
    most: int = 40,
    form: Form | None = None,
    end: int | None = None,
) -> list[Verdict]:
    """What verification finds about each workflow of a JIL text, after a change to its module.

    It ends before the scenario of the number `end`, also where all combinations are few.
    """
    network, diagnostics = read(text)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for written in write_modules(plan_modules([network], diagnostics, form), Path(folder)):
            text = written.path.read_text(encoding="utf-8")
            written.path.write_text(mutate(text), encoding="utf-8")
            found.append(verify_module(written, most, 0, (0, end)))
    return found


@pytest.mark.parametrize("target", TARGETS)
@settings(
    deadline=None,
    max_examples=share_of(80),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(text=networks(40) | networks(40, "NIGHT"))
def test_the_emitted_behaviour_is_the_sources(target: str, text: str) -> None:
    different = is_known_to_differ(text)
    for verdict in verdicts(text, form=Form(target=target), end=share_of(SCENARIOS)):
        assert verdict.problems == []
        assert different or verdict.disagreements == []
        assert different or verdict.good


def test_the_unchanged_module_agrees() -> None:
    (verdict,) = verdicts(CHAIN, most=300)
    assert verdict.good
    assert verdict.scenarios >= 300


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("f_node >> g_node\n", ""),
        ('return run_status("e", retries=2)', 'return run_status("e")'),
        ("@task(retries=1)", "@task"),
        ("if not failed(b)", "if not succeeded(b)"),
        (" or succeeded(c)", " and succeeded(c)"),
        ("    if not succeeded(d):\n        return SKIPPED\n", ""),
        ("a_node >> b_node\n", ""),
        (', "D": d', ""),
    ],
)
def test_a_change_of_behaviour_is_seen(old: str, new: str) -> None:
    def mutate(emitted: str) -> str:
        assert old in emitted
        return emitted.replace(old, new)

    (verdict,) = verdicts(CHAIN, mutate, most=300)
    assert not verdict.good
    assert verdict.disagreements
    assert min(len(found.scenario.outcomes) for found in verdict.disagreements) <= 2


def test_nodes_out_of_order_are_seen() -> None:
    text = "insert_job: A\ncommand: a\n\ninsert_job: B\ncommand: b\ncondition: s(A)\n"

    def mutate(emitted: str) -> str:
        first = 'a_node = a_network.add_entity(a).with_overrides(node_name="a", name="A")\n'
        assert first in emitted
        emitted = emitted.replace(first, "")
        return emitted.replace("\na_node >> b_node", f"\n{first}a_node >> b_node")

    (verdict,) = verdicts(text, mutate)
    assert verdict.problems == ["node b stands before a, which it waits for"]


def test_the_sample_estate_agrees() -> None:
    result = cli("verify", ROOT / "samples" / "autosys", "--scenarios", "60", "--format", "json")
    data = json.loads(result.output)
    assert result.exit_code == 0
    assert all(w["agree"] == w["scenarios"] and not w["disagreements"] for w in data["workflows"])


def test_what_is_not_proven_is_listed(tmp_path: Path) -> None:
    text = "insert_job: A\ncommand: a\n\ninsert_job: B\ncommand: b\ncondition: f(A, 12.00)\n"
    (tmp_path / "a.jil").write_text(text)
    saved = tmp_path / "proof.json"
    result = cli("verify", tmp_path / "a.jil", "--save", saved)
    assert result.exit_code == 0
    (workflow,) = json.loads(saved.read_text())["workflows"]
    assert workflow["exhaustive"]
    assert [found["code"] for found in workflow["not_proven"]] == ["A305"]


TERMINATED_DEEP = """\
insert_job: BOX   job_type: b
insert_job: T
box_name: BOX
command: t
box_terminator: 1
insert_job: O
box_name: BOX
command: o
insert_job: INNER   job_type: b
box_name: BOX
condition: s(T) | (e(O) <= 3 & d(T))
insert_job: X
box_name: INNER
command: x
insert_job: Y
box_name: INNER
command: y
condition: f(X)
"""

RULE_ON_NOBODY = """\
insert_job: BOX   job_type: b
box_failure: s(NOWHERE) & e(NOWHERE) = 3
box_success: s(NOWHERE) | s(A)
insert_job: A
box_name: BOX
command: a
insert_job: B
command: b
condition: s(BOX)
"""


TERMINATOR_BEFORE_A_CIRCLE = """\
insert_job: BOX   job_type: b
insert_job: T
box_name: BOX
command: t
box_terminator: 1
insert_job: AFTER
box_name: BOX
command: a
condition: e(T) = 1
insert_job: CIRCULAR
box_name: BOX
command: c
condition: s(OUTSIDE)
insert_job: OUTSIDE
command: o
condition: s(BOX)
insert_job: TERMINATED
command: t
condition: t(BOX)
insert_job: DONE
command: d
condition: s(BOX) | f(BOX)
"""

TERMINATOR_WITH_AN_UNREAD_RULE = """\
insert_job: BOX   job_type: b
box_success: s(T) &
insert_job: T
box_name: BOX
command: t
box_terminator: 1
insert_job: AFTER
box_name: BOX
command: a
condition: e(T) = 1
insert_job: TERMINATED
command: t
condition: t(BOX)
"""

BOX_ON_HOLD = """\
insert_job: BOX   job_type: b
status: on_hold
insert_job: BYPASSED
box_name: BOX
command: b
status: on_noexec
insert_job: A
command: a
insert_job: B
command: b
condition: d(A) | s(BYPASSED)
"""

MEMBER_THAT_NEVER_RUNS = """\
insert_job: A
command: a
insert_job: ENDS   job_type: b
insert_job: T
box_name: ENDS
box_terminator: 1
insert_job: BOX   job_type: b
insert_job: MEMBER   job_type: b
box_name: BOX
condition: t(A) & s(A) & s(ENDS)
insert_job: B   job_type: b
condition: f(A) | s(MEMBER)
"""

ALWAYS_TRUE_ACROSS_WORKFLOWS = """\
insert_job: C
command: c
condition: s(D)
insert_job: D
command: d
condition: s(C)
insert_job: BOX   job_type: b
insert_job: A
box_name: BOX
command: a
condition: n(OTHER) | n(C)
insert_job: OTHER
command: o
"""

GENERATED = [
    TERMINATED_DEEP,
    RULE_ON_NOBODY,
    TERMINATOR_BEFORE_A_CIRCLE,
    TERMINATOR_WITH_AN_UNREAD_RULE,
    BOX_ON_HOLD,
    MEMBER_THAT_NEVER_RUNS,
    ALWAYS_TRUE_ACROSS_WORKFLOWS,
]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("text", GENERATED)
def test_found_by_generated_estates(text: str, target: str) -> None:
    for verdict in verdicts(text, most=300, form=Form(target=target)):
        assert verdict.disagreements == []
        assert verdict.good


def test_a_box_beside_a_terminator_is_known_to_differ() -> None:
    """INNER may start before T fails, or not: what it waits for here decides otherwise."""
    text = TERMINATED_DEEP.replace(" & d(T))", ")")
    assert is_known_to_differ(text)
    (verdict,) = verdicts(text, most=300)
    assert {found.difference.job for found in verdict.disagreements} >= {"INNER"}


def test_the_scenarios_that_disagree_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(TERMINATED_DEEP.replace(" & d(T))", ")"))
    data = json.loads(cli("verify", tmp_path / "a.jil", "--format", "json").output)
    (found,) = data["workflows"]
    different = found["scenarios"] - found["agree"]
    assert 0 < different < found["agree"]
    assert f"BOX: DISAGREE in {different} of" in cli("verify", tmp_path / "a.jil").output


def test_a_rule_that_no_end_of_a_member_shows_is_known_to_differ() -> None:
    """MEMBER is empty and never completes, so the source does not look at the rule of BOX."""
    text = (
        "insert_job: A\ncommand: a\n\n"
        "insert_job: BOX   job_type: b\ncondition: s(A)\nbox_failure: d(A)\n\n"
        "insert_job: MEMBER   job_type: b\nbox_name: BOX\nbox_success: s(A)\n"
    )
    assert is_known_to_differ(text)
    (verdict,) = verdicts(text)
    assert {found.difference.job for found in verdict.disagreements} == {"BOX"}


@pytest.mark.parametrize(("condition", "differs"), [("", True), ("condition: s(A)\n", False)])
def test_a_rule_that_asks_whether_a_job_outside_runs(condition: str, differs: bool) -> None:
    """n() in a rule is settled here; without an order between them, A may still run there."""
    text = (
        "insert_job: A\ncommand: a\n\n"
        f"insert_job: BOX   job_type: b\n{condition}box_failure: n(A) & f(B)\n\n"
        "insert_job: B\nbox_name: BOX\ncommand: b\n\n"
        "insert_job: C\ncommand: c\ncondition: d(BOX) & d(A)\n"
    )
    assert is_known_to_differ(text) is differs
    (verdict,) = verdicts(text, most=300)
    assert verdict.good is not differs
