"""The role of each node: complete, read from data, and never from what a node is called."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import GOLDEN, cli
from tests.test_split import SMALL
from transpile.cli.emitted import workflow_modules
from transpile.model import Form
from transpile.proof.blueprint import Branch, Workflow
from transpile.proof.commands import helpers
from transpile.proof.loading import load_module
from transpile.proof.processes import Processes
from transpile.targets.printing import render_runtime

CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "input").is_dir())
FORMS = {
    "imperative": (),
    "declarative": ("--style", "declarative"),
    "native": ("--branch", "native"),
    "parts": ("--max-nodes", "3"),
    "executions": ("--max-nodes", "3"),
}


def serialised(path: Path) -> set[tuple[str, str]]:
    """Workflow and id of each node that flytekit makes of a module."""
    runtime = helpers(render_runtime(Form(branching=True)), Processes(), execute=False)
    loaded = load_module(path, runtime)

    def nodes(around: Workflow | Branch, variable: str, prefix: str) -> Iterator[tuple[str, str]]:
        failure = around.failure if isinstance(around, Workflow) else None
        for node in (*around.nodes, *filter(None, [failure])):
            yield variable, prefix + node.id
            if isinstance(node.target, Branch):
                yield from nodes(node.target, variable, f"{prefix}{node.id}/")
            elif isinstance(node.target, Workflow):
                yield from nodes(node.target, loaded.variables[node.target.name], "")

    return {pair for v, workflow in loaded.workflows.items() for pair in nodes(workflow, v, "")}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES)
def test_every_node_has_one_row_and_every_job_one_node(
    case: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form == "executions":
        monkeypatch.setattr("transpile.targets.flyte.split.WANTED", SMALL)
    out = tmp_path / "flows"
    cli("convert", GOLDEN / case / "input", "-o", out, *FORMS[form])
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    rows = [(row["module"], row["variable"], row["node"]) for row in report["nodes"]]
    assert len(rows) == len(set(rows))
    for path in workflow_modules(out):
        module = ".".join(path.relative_to(out).with_suffix("").parts)
        assert {tuple(row[1:]) for row in rows if row[0] == module} == serialised(path)
    run = [(row["module"], row["job"]) for row in report["nodes"] if row["role"] == "job"]
    boxes = {(job["module"], job.get("box")) for job in report["jobs"]}
    jobs = [(job["module"], job["name"]) for job in report["jobs"] if job["module"]]
    assert sorted(run) == sorted(job for job in jobs if job not in boxes)


HOSTILE = r"""
insert_job: B   job_type: b
box_success: s(IN)
insert_job: IN
box_name: B
command: in
insert_job: IN2
box_name: B
command: in2
condition: f(IN)
insert_job: B (end)
command: end
insert_job: B (start)
command: start
condition: f(B)
insert_job: IN (check)
command: check
insert_job: B (result)
command: result
condition: f(B \(end\))
insert_job: B (part 1)
command: part
condition: s(B \(end\)) & t(IN \(check\))
insert_job: IN2 (branch)
command: branch
condition: f(B \(part 1\)) | d(B \(start\))
insert_job: IN2 (skipped)
command: skipped
condition: s(IN2 \(branch\))
insert_job: B (run day)
command: run day
condition: d(B \(end\))
insert_job: B (failure)
command: failure
condition: d(B \(end\))
"""
"""Jobs that are called as transpile labels the nodes beside jobs."""

ALWAYS = {"IN (check)": "succeeded", "B (run day)": "succeeded", "B (failure)": "succeeded"}
END_FAILS = {
    "B": "succeeded",
    "IN": "succeeded",
    "IN2": "not_run",
    "B (end)": "failed",
    "B (start)": "not_run",
    "B (result)": "succeeded",
    "B (part 1)": "not_run",
    "IN2 (branch)": "not_run",
    "IN2 (skipped)": "not_run",
}
MEMBER_FAILS = {
    "B": "failed",
    "IN": "failed",
    "IN2": "succeeded",
    "B (end)": "succeeded",
    "B (start)": "succeeded",
    "B (result)": "not_run",
    "B (part 1)": "not_run",
    "IN2 (branch)": "succeeded",
    "IN2 (skipped)": "succeeded",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_job_called_like_a_label_is_the_end_of_no_box(form: str, tmp_path: Path) -> None:
    source, out = tmp_path / "a.jil", tmp_path / "flows"
    source.write_text(HOSTILE, encoding="utf-8")
    assert cli("convert", source, "-o", out, *FORMS[form]).exit_code == 0
    for target, options in ((source, FORMS[form]), (out, ())):
        for failing, expected in (("B (end)", END_FAILS), ("IN", MEMBER_FAILS)):
            result = cli("dry-run", target, *options, "--fail", failing, "--format", "json")
            jobs = json.loads(result.stdout)["jobs"]
            assert {name: job["state"] for name, job in jobs.items()} == expected | ALWAYS
    assert cli("verify", source, *FORMS[form]).exit_code == 0


@pytest.mark.parametrize("role", ["start", "end", "check", "result", "part 1", "answer"])
def test_the_reason_names_the_job_that_failed(role: str, tmp_path: Path) -> None:
    """B (check) is a job: what stands behind it waits for no check of a job B."""
    name = f"B ({role})"
    text = f"insert_job: {name}\ncommand: b\ninsert_job: C\ncommand: c\n"
    condition = name.replace("(", r"\(").replace(")", r"\)")
    (tmp_path / "a.jil").write_text(f"{text}condition: s({condition})\n", encoding="utf-8")
    data = json.loads(cli("dry-run", tmp_path / "a.jil", "--fail", name, "--format", "json").stdout)
    assert data["jobs"][name]["state"] == "failed"
    assert data["jobs"]["C"]["why"] == f"failed above it: {name}"


def test_a_workflow_that_runs_a_job_may_call_its_nodes_anything(tmp_path: Path) -> None:
    """The nodes of a workflow of the team are about no job, whatever they are called."""
    (tmp_path / "a.jil").write_text(
        "insert_job: A\ncommand: a\n\ninsert_job: B\ncommand: b\ncondition: s(A)\n",
        encoding="utf-8",
    )
    out = tmp_path / "flows"
    cli("convert", tmp_path / "a.jil", "-o", out)
    path = out / "a_network.py"
    text = path.read_text(encoding="utf-8")
    added = (
        '\n@task\ndef odd() -> int:\n    return run("odd")\n\n\n'
        "odd_node = a_network.add_entity(odd)\n"
        'odd_node.with_overrides(node_name="odd", name="A")\n\n\nif __name__'
    )
    path.write_text(text.replace("\nif __name__", added), encoding="utf-8")
    result = cli("dry-run", out, "--fail", "A", "--format", "json")
    assert json.loads(result.stdout)["jobs"]["A"]["state"] == "failed"
    assert "nodes that report.json does not list: A" in result.stderr


REASONS = """\
insert_job: A
command: a
insert_job: B
command: b
condition: f(A)
insert_job: C
command: c
condition: s(A)
insert_job: D
command: d
condition: s(B)
insert_job: X   job_type: b
condition: t(A)
insert_job: M
box_name: X
command: m
"""


@pytest.mark.parametrize("form", ["imperative", "native"])
def test_reasons_go_through_checks_branches_and_starts(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(REASONS, encoding="utf-8")
    # A container that is lost leaves no status: the node of B fails, or that inside its branch.
    failing = ("--fail", "A", "--lose", "B", "--format", "json")
    result = cli("dry-run", tmp_path / "a.jil", *FORMS[form], *failing)
    jobs = json.loads(result.stdout)["jobs"]
    assert jobs["C"]["why"] == "failed above it: A"
    assert jobs["D"]["why"] == "failed above it: B"
    assert jobs["X"]["why"] == "its condition is false: terminated(a) is false (FAILURE 1)"
