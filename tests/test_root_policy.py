"""The failure policy of roots: that of an execution's outermost workflow rules all inside."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flytekit import LaunchPlan
from flytekit.core.workflow import WorkflowBase, WorkflowFailurePolicy

from tests import flyte_model
from tests.support import GOLDEN, cli
from tests.test_split import SMALL
from transpile.cli.emitted import workflow_modules
from transpile.proof.blueprint import Node, Task, Workflow
from transpile.proof.clocks import Done, SimulatedClock
from transpile.proof.executions import Phase, Record
from transpile.proof.loading import importing
from transpile.proof.simulator import Simulator

GOES_ON = WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE
POLICY = "failure_policy=KEEP_GOING"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "input").is_dir())
FORMS = {
    "imperative": (),
    "declarative": ("--style", "declarative"),
    "native": ("--branch", "native"),
    "parts": ("--max-nodes", "3"),
    "executions": ("--max-nodes", "3"),
}


def roots(out: Path) -> Iterator[WorkflowBase]:
    """Every workflow that the modules of a package define: any of them can be launched."""
    for path in workflow_modules(out):
        name = ".".join(path.relative_to(out).with_suffix("").parts)
        with importing(path.parent, {out.name}):
            found = vars(flyte_model.load(out, name)).values()
        yield from (each for each in found if isinstance(each, WorkflowBase))
        yield from (each.workflow for each in found if isinstance(each, LaunchPlan))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES)
def test_every_root_goes_on_after_a_failure(
    case: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form == "executions":
        monkeypatch.setattr("transpile.targets.flyte.split.WANTED", SMALL)
    out = tmp_path / "flows"
    cli("convert", GOLDEN / case / "input", "-o", out, *FORMS[form])
    stopping = {
        each.name for each in roots(out) if each.workflow_metadata.on_failure is not GOES_ON
    }
    assert stopping == set()


RUN_DAYS = """
insert_job: NIGHT
job_type: b
date_conditions: 1
run_calendar: OPEN
start_times: "02:00"
insert_job: FAILS
box_name: NIGHT
command: false
insert_job: LONG
box_name: NIGHT
command: true
insert_job: BEHIND
box_name: NIGHT
command: true
condition: s(LONG)
calendar: OPEN
02/02/2026 00:00
"""


def states(target: Path) -> dict[str, str]:
    arguments = ("--fail", "FAILS", "--seconds", "LONG=60", "--format", "json")
    arguments += ("--workflow", "night_on_run_days", "--input", "kickoff=2026-02-02T02:00:00")
    found = json.loads(cli("dry-run", target, *arguments).stdout)
    return {name: row["state"] for name, row in found["jobs"].items() if name != "NIGHT"}


def test_the_rehearsal_goes_by_the_policy_of_the_root(tmp_path: Path) -> None:
    """A wrapper without the policy stops what it has started, as the platform does."""
    (tmp_path / "a.jil").write_text(RUN_DAYS, encoding="utf-8")
    out = tmp_path / "flows"
    cli("convert", tmp_path / "a.jil", "-o", out)
    module = out / "night.py"
    assert states(module) == {"FAILS": "failed", "LONG": "succeeded", "BEHIND": "succeeded"}
    text = module.read_text(encoding="utf-8")
    assert f"@workflow({POLICY})" in text
    module.write_text(text.replace(f"@workflow({POLICY})", "@workflow"), encoding="utf-8")
    assert states(module) == {"FAILS": "failed", "LONG": "terminated", "BEHIND": "not_run"}


def node(name: str, *upstream: str, target: Workflow | None = None) -> Node:
    task = Task(name, None, (), (), 0, 0.0)
    return Node(name, name, upstream, {}, target or task, 0, 0.0)


def workflow(*nodes: Node, stops: bool, launched: bool = False) -> Workflow:
    return Workflow("W", list(nodes), {}, stops, None, (), launched=launched)


@pytest.mark.parametrize(
    ("stops", "inside_stops", "launched", "inside", "beside"),
    [
        (False, True, False, Phase.SUCCEEDED, Phase.SUCCEEDED),
        (False, True, True, Phase.NOT_REACHED, Phase.SUCCEEDED),
        (True, False, False, Phase.NOT_REACHED, Phase.NOT_REACHED),
        (True, False, True, Phase.SUCCEEDED, Phase.NOT_REACHED),
    ],
)
def test_whose_policy_counts(
    stops: bool, inside_stops: bool, launched: bool, inside: Phase, beside: Phase
) -> None:
    """FAILS ends first; BEHIND waits for LONG in its workflow, LAST for LONG beside that."""
    inner = workflow(
        node("fails"),
        node("long"),
        node("behind", "long"),
        stops=inside_stops,
        launched=launched,
    )
    root = workflow(node("part", target=inner), node("long"), node("last", "long"), stops=stops)

    def work(record: Record, _: object) -> Done:
        fails = record.node.id == "fails"
        # A launched workflow that goes on ends before what is beside it.
        seconds = 1.0 if fails else 30.0 if record.path == "long" else 10.0
        return Done(error="failed" if fails else "", seconds=seconds)

    simulator = Simulator(work, SimulatedClock())
    assert not simulator.run(root, {})
    assert simulator.records["part"].phase is Phase.FAILED
    assert simulator.records["part/behind"].phase is inside
    assert simulator.records["last"].phase is beside
