"""--branch native: conditions in branches of Flyte's do what conditions in tasks do."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import black
import pytest
from flytekit import Workflow
from flytekit.models.admin.workflow import WorkflowSpec
from google.protobuf.json_format import MessageToDict
from hypothesis import HealthCheck, assume, given, settings

from tests import flyte_model
from tests.admin import open_door
from tests.amounts import share_of
from tests.jil_networks import networks
from tests.support import (
    GOLDEN,
    ROOT,
    cli,
    codes,
    installed,
    is_known_to_differ,
    plan_modules,
    python,
    read,
)
from tests.test_registration import register
from tests.test_style import GOLDENS, WITH_CONDITIONS
from tests.test_verify import SCENARIOS, verdicts
from tests.tws_estates import Estate
from transpile.cli.subjects import verify_module, write_modules
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Form
from transpile.pipeline import read_estate
from transpile.report.excerpts import Emitted
from transpile.targets.flyte.branches import MOST_ATOMS
from transpile.targets.printing import render_module, render_runtime
from transpile.team import find_settings, read_settings

NATIVE = Form(branching=True)
CHAIN = """\
insert_job: A
command: a

insert_job: B
command: b
condition: f(A) & v(MODE) != off
n_retrys: 1

insert_job: C
command: c
condition: e(A) = 3 | t(B)

insert_job: D
command: d
condition: e(A) != 3 & d(C)
"""
WORKING = """\
insert_job: LOAD
command: exit 3

insert_job: OTHER
command: echo other
condition: e(LOAD) = 4

insert_job: MEND
command: test $$MODE = full
condition: f(LOAD)

insert_job: MENDED
command: echo mended
condition: s(MEND) & n(LOAD)

insert_job: NOT_MENDED
command: echo not mended
condition: f(MEND) | t(MEND)
"""


def emitted(text: str) -> tuple[str, Diagnostics]:
    """The module of one workflow, with branches."""
    network, diagnostics = read(text)
    ((module, _),) = plan_modules([network], diagnostics, NATIVE)
    return render_module(module), diagnostics


def branch_nodes(spec: WorkflowSpec) -> Iterator[dict[str, Any]]:
    """The branches in the sub-workflows, as JSON."""
    for workflow in MessageToDict(spec.to_flyte_idl()).get("subWorkflows", ()):
        yield from (node for node in workflow["nodes"] if "branchNode" in node)


# ---------------------------------------------------------------- what it does


def modules(source: Path, branch: str) -> list[str]:
    """The text of the modules of an estate, with conditions in branches or in tasks."""
    settings = read_settings(find_settings([str(source)]))
    settings.use_form(branch=branch)
    estate = read_estate([str(source)], settings=settings)
    return [render_module(module) for module, _ in estate.planned]


@pytest.mark.usefixtures("few_combinations")
@pytest.mark.parametrize(
    "source",
    dict.fromkeys((*GOLDENS, *WITH_CONDITIONS)),
    ids=lambda p: f"{p.parent.name}-{p.name}",
)
def test_proof_and_dry_run_say_the_same(source: Path) -> None:
    found = []
    same = modules(source, "task") == modules(source, "native")
    for branch in ("task",) if same else ("task", "native"):
        form = ("--branch", branch, "--format", "json")
        proof = json.loads(cli("verify", source, "--scenarios", 30, *form).stdout)
        day = ("--from", "2026-03-02") if len(proof["workflows"]) > 1 else ()
        run = json.loads(cli("dry-run", source, *day, *form).stdout or "{}")
        # Of jobs that end together any one may be on it.
        run.pop("critical_path", None)
        for workflow in proof["workflows"]:
            assert workflow["agree"] == workflow["scenarios"]
            assert not workflow["problems"]
        found.append((proof, run))
    assert found[0] == found[-1]


@pytest.mark.parametrize("name", ["branches", "conditions", "tws_conditions", "azkaban_flows"])
def test_modules_are_loaded_and_serialised(name: str, tmp_path: Path) -> None:
    cli("convert", GOLDEN / name / "input", "-o", tmp_path, "--branch", "native")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    branches = 0
    for module in (row["module"] for row in report["workflows"]):
        loaded = flyte_model.load(tmp_path, module)
        spec = flyte_model.serialise(loaded, module.rpartition(".")[2])
        branches += len(list(branch_nodes(spec)))
        idl = spec.to_flyte_idl()
        assert type(idl).FromString(idl.SerializeToString()) == idl
        text = (tmp_path / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert black.format_str(text, mode=black.Mode()) == text
    assert branches > 2


@settings(
    deadline=None,
    max_examples=share_of(40),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(networks(25))
def test_any_network_agrees(text: str) -> None:
    assume(not is_known_to_differ(text))
    for verdict in verdicts(text, form=NATIVE, end=share_of(SCENARIOS)):
        assert verdict.disagreements == []
        assert verdict.good


def test_any_stream_agrees(tmp_path: Path) -> None:
    branches = 0
    for seed in range(12):
        network, diagnostics = read(Estate(random.Random(seed)).text())
        for written in write_modules(plan_modules([network], diagnostics, NATIVE), tmp_path):
            branches += written.path.read_text(encoding="utf-8").count("conditional(")
            assert verify_module(written, 30, seed).good
    assert branches > 20


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (".if_(failed(a) & ", ".if_(terminated(a) & "),
        (") & (is_set", ") | (is_set"),
        ("exit_code(a) == 3", "exit_code(a) == 4"),
        ("exit_code(a) != 3", "exit_code(a) == 3"),
        (".then(c().with_overrides", ".then(skipped().with_overrides"),
        ("retries=1", "retries=0"),
        ("    return SKIPPED", '    return "SUCCESS 0"'),
    ],
)
def test_a_wrong_branch_is_seen(old: str, new: str) -> None:
    def mutate(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    assert all(verdict.good for verdict in verdicts(CHAIN, most=200, form=NATIVE))
    (verdict,) = verdicts(CHAIN, mutate, most=200, form=NATIVE)
    assert verdict.disagreements


@pytest.mark.parametrize("mode", ["full", "none"])
def test_a_local_run_takes_the_same_ways(mode: str, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(WORKING, encoding="utf-8")
    printed = []
    for branch in ("task", "native"):
        out = tmp_path / branch
        cli("convert", tmp_path / "a.jil", "-o", out, "--branch", branch)
        arguments = ("run", out / "load_network.py", "load_network", "--mode", mode)
        lines = installed("pyflyte", *arguments, cwd=tmp_path).stdout.splitlines()
        printed.append([line for line in lines if line in ("other", "mended", "not mended")])
        done = python("-c", f"import load_network as m\nm.load_network(mode={mode!r})", cwd=out)
        assert [line for line in done.stdout.splitlines() if line in printed[0]] == printed[0]
    assert printed == [["mended" if mode == "full" else "not mended"]] * 2


def test_why_a_job_did_not_run(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(CHAIN, encoding="utf-8")
    out = tmp_path / "out"
    cli("convert", tmp_path / "a.jil", "-o", out, "--branch", "native")
    result = cli("dry-run", out, "--fail", "A=3", "--input", "mode=off")
    why = "failed(a) is true (FAILURE 3), is_set(mode) is true (off), mode != 'off' is false (off)"
    assert f"B not run: its condition is false: {why}" in result.output
    assert "D not run: its condition is false: exit_code(a) != 3 is false" in result.output
    assert "critical path: A -> C" in result.output
    source = ("--branch", "native", "--fail", "A=3", "--input", "mode=off")
    assert cli("dry-run", tmp_path / "a.jil", *source).stdout == result.stdout


def test_what_cannot_be_reached_in_a_branch_is_named(tmp_path: Path) -> None:
    text = "insert_job: A\ncommand: a\n\ninsert_job: B\ncondition: f(A)\njob_type: FTP\n\n"
    (tmp_path / "a.jil").write_text(f"{text}insert_job: C\ncommand: c\ncondition: s(B)\n")
    both = [
        cli("dry-run", tmp_path / "a.jil", "--fail", "A", "--branch", branch, "--format", "json")
        for branch in ("task", "native")
    ]
    assert both[0].stdout == both[1].stdout
    assert "A201" in both[0].stdout


def test_an_edited_task_in_a_branch_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(WORKING, encoding="utf-8")
    out = tmp_path / "out"
    cli("convert", tmp_path / "a.jil", "-o", out, "--branch", "native")
    path = out / "load_network.py"
    text = path.read_text(encoding="utf-8")
    assert 'return run_status("echo mended")' in text
    path.write_text(text.replace('return run_status("echo mended")', 'return str(open("x"))'))
    result = cli("dry-run", out)
    assert "behaviour assumed of edited tasks: MENDED" in result.stderr


# ---------------------------------------------------------------- what Flyte gets


def package(folder: Path, name: str, text: str) -> Path:
    """A package of one module."""
    flows = folder / "flows"
    flows.mkdir()
    (flows / f"{name}.py").write_text(text, encoding="utf-8")
    (flows / "job_runtime.py").write_text(render_runtime(NATIVE), encoding="utf-8")
    return flows


def test_flyte_evaluates_the_condition(tmp_path: Path) -> None:
    folder = package(tmp_path, "a_network", emitted(CHAIN)[0])
    spec = flyte_model.serialise(flyte_model.load(folder, "a_network"), "a_network")
    (found,) = (n for n in branch_nodes(spec) if n["metadata"]["name"] == "B (branch)")
    choice = found["branchNode"]["ifElse"]
    comparison = choice["case"]["condition"]["conjunction"]["leftExpression"]["conjunction"]
    assert comparison["leftExpression"]["comparison"] == {
        "operator": "GTE",
        "leftValue": {"var": ".a"},
        "rightValue": {"primitive": {"stringValue": "FAILURE"}},
    }
    assert choice["case"]["thenNode"]["metadata"]["name"] == "B"
    assert choice["elseNode"]["metadata"]["name"] == "B (skipped)"


def test_a_job_is_one_node_in_the_report(tmp_path: Path) -> None:
    rows = []
    for branch in ("task", "native"):
        out = tmp_path / branch
        cli("convert", ROOT / "samples" / "autosys", "-o", out, "--branch", branch)
        rows.append(json.loads((out / "report.json").read_text(encoding="utf-8"))["jobs"])
    assert rows[0] == rows[1]


def test_a_job_stands_beside_its_branch_in_the_report() -> None:
    network, diagnostics = read(CHAIN)
    ((module, _),) = plan_modules([network], diagnostics, NATIVE)
    code = Emitted(module, {module.path: render_module(module)})
    excerpts = list(code.of(network.jobs["B"], is_root=False))
    firsts = [excerpt.text.splitlines()[:2] for excerpt in excerpts]
    assert firsts[0] == ["@task", "def b() -> str:"]
    branch = "def b_branch(a: str, mode: str) -> str:"
    assert firsts[1] == ["@workflow(failure_policy=KEEP_GOING)", branch]
    assert firsts[2][0].startswith("b_node = a_network.add_subwf(")
    assert len(firsts) == 3


def test_it_registers(tmp_path: Path) -> None:
    cli("convert", ROOT / "samples" / "autosys", "-o", tmp_path / "out", "--branch", "native")
    with open_door(tmp_path) as door:
        said = register(door, tmp_path / "out", cwd=tmp_path)
    assert not door.refused, said
    held = [name for name, _ in door.workflows if name.endswith("_branch")]
    assert len(held) > 10


# ---------------------------------------------------------------- what has none

ON_RUN_DAYS = """\
calendar: WORK
01/05/2027

insert_job: A
command: a
date_conditions: 1
run_calendar: WORK
start_times: "08:00"

insert_job: B
command: b
condition: f(A)
"""


def of_many(*terms: str, sign: str) -> str:
    """A job that waits for as many others as there are terms, numbered in them."""
    jobs = (f"insert_job: J{number}\ncommand: true\n\n" for number in range(len(terms)))
    condition = sign.join(term.format(number) for number, term in enumerate(terms))
    return f"{''.join(jobs)}insert_job: B\ncommand: true\ncondition: {condition}\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "insert_job: A\ncommand: a\n\ninsert_job: B\ncommand: b\ncondition: e(A) > 3\n",
            "by size",
        ),
        (of_many(*["f(J{})"] * (MOST_ATOMS + 1), sign=" | "), "more than"),
        (ON_RUN_DAYS, "run days"),
    ],
)
def test_a_condition_that_stays_is_named(text: str, reason: str) -> None:
    module, diagnostics = emitted(text)
    (found,) = (d for d in diagnostics if d.code == "A602")
    assert found.job == "B"
    assert reason in found.message
    assert "def b_branch" not in module
    assert "if not " in module
    assert "A602" not in codes(read(text)[1])


def test_the_most_that_a_branch_holds_can_be_read(tmp_path: Path) -> None:
    text = of_many(*["(d(J{0}) | v(MODE) != x{0})"] * (MOST_ATOMS // 2), sign=" & ")
    module, diagnostics = emitted(text)
    assert "A602" not in codes(diagnostics)
    loaded = flyte_model.load(package(tmp_path, "j0_network", module), "j0_network")
    idl = flyte_model.serialise(loaded, "j0_network").to_flyte_idl()
    assert type(idl).FromString(idl.SerializeToString()) == idl


def test_what_jobs_hand_over_is_no_condition_of_flytes(tmp_path: Path) -> None:
    source = GOLDEN / "azkaban_flows" / "input"
    result = cli("check", source, "--format", "json")
    assert "A602" not in result.output
    cli("convert", source, "-o", tmp_path, "--branch", "native")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    found = [d for d in report["diagnostics"] if d["code"] == "A602"]
    assert found
    assert all("hand over" in d["message"] and d["level"] == "note" for d in found)


def test_the_branch_of_the_settings_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(CHAIN, encoding="utf-8")
    (tmp_path / "transpile.toml").write_text('[options]\nbranch = "odd"\n', encoding="utf-8")
    result = cli("check", tmp_path / "a.jil")
    assert "A912" in result.output
    assert "it must be one of task, native" in result.output


def test_a_change_of_branch_is_a_change(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(CHAIN, encoding="utf-8")
    texts = []
    for branch in ("task", "native", "task"):
        cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out", "--branch", branch)
        files = (tmp_path / "out" / name for name in ("a_network.py", "job_runtime.py"))
        texts.append([file.read_text(encoding="utf-8") for file in files])
    assert texts[0] == texts[2]
    assert all(one != other for one, other in zip(texts[0], texts[1], strict=True))


def test_flytekit_has_no_branches_in_imperative_workflows() -> None:
    """Why each branch stands in a workflow of its own; when this fails, it need not."""
    with pytest.raises(AssertionError, match="within a workflow context"):
        Workflow(name="any").create_conditional("any")
