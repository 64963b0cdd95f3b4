"""Time limits inside tasks, the platform's timeout, lost containers and Ctrl-C."""

import json
import signal
from pathlib import Path

import pytest

from tests.support import GOLDEN, cli, python
from transpile.model.outcome import Outcome
from transpile.output.workers import Workers
from transpile.proof.executions import Phase
from transpile.proof.rehearse import Plan, Rehearsal
from transpile.targets.flyte.model import NodeRole
from transpile.targets.printing import render_runtime

MODULE = """\
from datetime import timedelta

from flytekit import Workflow, task

from job_runtime import run


@task(retries={retries}, timeout=timedelta(seconds=60))
def a() -> int:
    return run("a")


@task
def b() -> int:
    return run("b")


inner = Workflow(name="INNER")
b_node = inner.add_entity(b)
b_node.with_overrides(node_name="b", name="B")
w = Workflow(name="W")
a_node = w.add_entity(a)
a_node.with_overrides(node_name="a", name="A")
box_node = w.add_subwf(inner)
box_node.with_overrides(node_name="box", name="BOX", timeout=timedelta(seconds=60))
"""

ROLES = {
    ("w", "a"): (NodeRole.JOB, "A"),
    ("w", "box"): (NodeRole.BOX, "BOX"),
    ("inner", "b"): (NodeRole.JOB, "B"),
}

WATCHED = """\
insert_job: A
job_type: CMD
command: x
n_retrys: 2

insert_job: B
job_type: CMD
command: y
condition: f(A)

insert_job: C
job_type: CMD
command: z
n_retrys: 1
"""


def rehearse(tmp_path: Path, retries: int, plan: Plan) -> dict[str, tuple[Phase, int, float, str]]:
    """For each node its phase, the attempts of its command, its end and its error."""
    (tmp_path / "w.py").write_text(MODULE.format(retries=retries), encoding="utf-8")
    rehearsal = Rehearsal(tmp_path / "w.py", render_runtime(), ROLES)
    _, records = rehearsal.run(rehearsal.workflows["w"], plan)
    return {
        record.node.label: (
            record.phase,
            record.attempts.count if record.attempts else 0,
            record.end or 0.0,
            record.error,
        )
        for record in records.values()
    }


@pytest.mark.parametrize("outcome", [Outcome((1,)), Outcome((1, 1, 1, 1, 1, 0))])
def test_a_node_dies_at_twice_its_timeout_whatever_its_retries(
    tmp_path: Path, outcome: Outcome
) -> None:
    # On a real platform: TIMED_OUT 127 s after it was queued, in attempt 5 of 8.
    found = rehearse(tmp_path, 7, Plan(outcomes={"A": outcome}, seconds={"A": 25}))
    phase, attempts, end, error = found["A"]
    assert (phase, attempts, end) == (Phase.FAILED, 5, 120)
    assert "twice its timeout" in error


def test_an_attempt_that_times_out_is_tried_again(tmp_path: Path) -> None:
    assert rehearse(tmp_path, 0, Plan(seconds={"A": 61}))["A"][:3] == (Phase.FAILED, 1, 60)
    assert rehearse(tmp_path, 1, Plan(seconds={"A": 61}))["A"][:3] == (Phase.FAILED, 2, 120)
    assert rehearse(tmp_path, 0, Plan(seconds={"A": 60}))["A"][:3] == (Phase.SUCCEEDED, 1, 60)


def test_the_timeout_of_a_workflow_ends_all_in_it(tmp_path: Path) -> None:
    found = rehearse(tmp_path, 0, Plan(seconds={"B": 100, "A": 1}))
    assert found["BOX"][:1] == (Phase.FAILED,)
    assert found["B"][0] is Phase.ABORTED
    assert found["B"][2] == found["BOX"][2] == 60
    assert rehearse(tmp_path, 0, Plan(seconds={"B": 60}))["BOX"][0] is Phase.SUCCEEDED


def test_a_real_command_is_ended_by_the_timeout_of_its_node(tmp_path: Path) -> None:
    text = MODULE.format(retries=0).replace("seconds=60", "seconds=1")
    (tmp_path / "w.py").write_text(text.replace('run("a")', 'run("sleep 30")'), encoding="utf-8")
    (tmp_path / "job_runtime.py").write_text(render_runtime(), encoding="utf-8")
    nodes = [
        {"module": "w", "variable": variable, "node": node, "role": role.value, "job": job}
        for (variable, node), (role, job) in ROLES.items()
    ]
    boxes = {"A": None, "BOX": None, "B": "BOX"}
    jobs = [{"name": job, "module": "w", "box": box} for job, box in boxes.items()]
    report = json.dumps({"jobs": jobs, "nodes": nodes, "workflows": []})
    (tmp_path / "report.json").write_text(report, encoding="utf-8")
    result = cli("dry-run", tmp_path / "w.py", "--execute", "--format", "json")
    jobs = json.loads(result.stdout)["jobs"]
    assert result.exit_code == 1
    assert "timed out 1 s after it was queued" in jobs["A"]["why"]


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*/expected/**/*.py")), ids=lambda p: p.stem)
def test_no_golden_leaves_a_time_limit_to_the_platform(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "timeout=" not in text


def jobs_of(output: str) -> dict[str, dict[str, object]]:
    """The jobs of all executions by name."""
    executions = json.loads(output)["executions"]
    return {name: job for run in executions for name, job in run["jobs"].items()}


@pytest.mark.parametrize(
    ("arguments", "job", "attempts", "state"),
    [
        # With retries or without, reporting its status or not: three more starts.
        (("--lose", "A"), "A", 4, "failed"),
        (("--lose", "A=3"), "A", 4, "succeeded"),
        (("--lose", "C"), "C", 4, "failed"),
        # A lost container is none of the retries.
        (("--lose", "C=1", "--fail", "C"), "C", 3, "failed"),
        (("--lose", "C=0"), "C", 1, "succeeded"),
    ],
)
def test_lost_containers(
    arguments: tuple[str, ...], job: str, attempts: int, state: str, tmp_path: Path
) -> None:
    (tmp_path / "a.jil").write_text(WATCHED, encoding="utf-8")
    result = cli("dry-run", tmp_path / "a.jil", *arguments, "--format", "json")
    jobs = jobs_of(result.stdout)
    assert (jobs[job]["attempts"], jobs[job]["state"]) == (attempts, state)
    if (job, state) == ("A", "failed"):
        # A reports no status, so that B is not reached.
        assert jobs["B"]["state"] == "not_run"
        assert jobs["B"]["why"] == "failed above it: A"


def test_a_site_says_how_often_lost_containers_start_again(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(WATCHED, encoding="utf-8")
    (tmp_path / "b.jil").write_text("insert_job: Z\ncommand: true\n", encoding="utf-8")

    def said() -> list[str]:
        found = json.loads(cli("check", tmp_path, "--format", "json").stdout)["diagnostics"]
        return [entry["message"] for entry in found if entry["code"] == "A642"]

    assert len(said()) == 1
    assert "up to 3 times" in said()[0]
    (tmp_path / "transpile.toml").write_text("[platform]\nsystem_retries = 1\n", encoding="utf-8")
    assert "up to once" in said()[0]
    (tmp_path / "transpile.toml").write_text("[platform]\nsystem_retries = 0\n", encoding="utf-8")
    assert said() == []
    result = cli("dry-run", tmp_path, "--lose", "C", "--format", "json")
    jobs = jobs_of(result.stdout)
    assert jobs["C"]["attempts"] == 1


@pytest.mark.parametrize("text", ["A=-1", "A=x", "A=1.5", "NOBODY"])
def test_bad_losses(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(WATCHED, encoding="utf-8")
    assert cli("dry-run", tmp_path / "a.jil", "--lose", text).exit_code == 2


INTERRUPTED = """\
import importlib, os, signal, sys
from transpile.cli import main

def interrupt(*arguments, **options):
    os.kill(os.getpid(), signal.SIGINT)
    return 0 / 0

# As the command line does, so that flytekit's own handler is not in the way.
from transpile.interrupts import own_interrupts
with own_interrupts():
    import {module}
{module}.{name} = interrupt
sys.argv[1:] = {arguments}
main()
"""


@pytest.mark.parametrize(
    ("module", "name", "command"),
    [
        ("transpile.proof.rehearse", "Rehearsal._call", "verify"),
        ("transpile.proof.rehearse", "Rehearsal._call", "dry-run"),
        ("transpile.proof.loading", "_serialised", "verify"),
        ("transpile.pipeline", "name_workflows", "check"),
    ],
)
def test_ctrl_c_ends_a_command_with_130_and_no_verdict(
    module: str, name: str, command: str, tmp_path: Path
) -> None:
    (tmp_path / "a.jil").write_text(WATCHED, encoding="utf-8")
    arguments = [command, str(tmp_path / "a.jil")]
    done = python("-c", INTERRUPTED.format(module=module, name=name, arguments=arguments))
    assert done.returncode == 130, done.stderr
    assert done.stdout == ""
    assert done.stderr.split()[-1] == "Aborted!"
    assert "Traceback" not in done.stderr


def holds_interrupts(_: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_processes_never_see_ctrl_c_and_this_one_does_again() -> None:
    with Workers(2) as workers:
        workers.start(list)
        assert list(workers.map(holds_interrupts, [1, 2])) == [True, True]
    assert not holds_interrupts(0)
