"""Workflows written as functions: what flytekit serialises is the same."""

import ast
import json
from collections import OrderedDict
from pathlib import Path
from types import ModuleType
from typing import Any

import black
import pytest
from flytekit.core.launch_plan import LaunchPlan
from flytekit.core.workflow import PythonFunctionWorkflow, WorkflowBase
from flytekit.models.admin.workflow import WorkflowSpec
from flytekit.tools.translator import get_serializable
from google.protobuf.json_format import MessageToDict

from tests import flyte_model
from tests.support import GOLDEN, ROOT, cli, emit, python
from transpile.pipeline import read_estate
from transpile.report.excerpts import Emitted
from transpile.targets.flyte import sides
from transpile.targets.printing import render_module
from transpile.team import Settings

GOLDENS = [folder / "input" for folder in sorted(GOLDEN.iterdir()) if (folder / "input").is_dir()]
SAMPLES = [ROOT / "samples" / name for name in ("autosys", "azkaban", "dagman", "mapping", "tws")]
WITH_CONDITIONS = [
    *(GOLDEN / name / "input" for name in ("azkaban_flows", "branches", "conditions", "dagman")),
    GOLDEN / "tws_conditions" / "input",
    *(sample for sample in SAMPLES if sample.name != "mapping"),
]

COLLIDING = """
insert_global: LOAD
value: x
insert_global: LOAD_NODE
value: y
insert_global: LOAD_OUTPUTS
value: z
insert_job: LOAD
job_type: c
command: echo $$LOAD $$LOAD_NODE $$LOAD_OUTPUTS
insert_job: CREATE_NODE
job_type: c
command: true
condition: s(LOAD)
"""


def serialised(module: ModuleType) -> dict[str, Any]:
    """What the back-end gets of each workflow and launch plan, by variable, as JSON."""
    variables = {k: v for k, v in vars(module).items() if isinstance(v, WorkflowBase | LaunchPlan)}
    names = {v.name: k for k, v in variables.items() if isinstance(v, WorkflowBase)}
    found = {}
    for variable, entity in variables.items():
        spec = get_serializable(OrderedDict(), flyte_model._SETTINGS, entity)
        data = MessageToDict(spec.to_flyte_idl())
        found[variable] = _neutral(data, names, module.__name__)
        if isinstance(spec, WorkflowSpec):
            # Optional, and there for functions alone.
            found[variable].pop("description", None)
    return found


def _neutral(data: Any, names: dict[str, str], module: str) -> Any:
    """Workflows by variable, tasks without their module; what has no order is sorted."""
    if isinstance(data, dict):
        if data.get("resourceType") == "WORKFLOW":
            return {**data, "name": names[data["name"]]}
        if data.get("resourceType") == "LAUNCH_PLAN":
            # One that has no name of its own has that of its workflow.
            return {**data, "name": names.get(data["name"], data["name"])}
        found = {key: _neutral(value, names, module) for key, value in data.items()}
        if "thenNode" in found:
            # flytekit calls the node as it calls the workflow.
            del found["thenNode"]["metadata"]["name"]
        if "upstreamNodeIds" in found:
            found["upstreamNodeIds"].sort()
        if "subWorkflows" in found:
            found["subWorkflows"].sort(key=lambda sub: str(sub["id"]["name"]))
        return found
    if isinstance(data, list):
        return [_neutral(item, names, module) for item in data]
    return data.replace(module, "MODULE") if isinstance(data, str) else data


def converted(source: Path, out: Path, style: str, *more: str) -> list[str]:
    cli("convert", source, "-o", out, "--style", style, "--quiet", *more)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return [workflow["module"] for workflow in report["workflows"]]


SPLIT = ("--max-nodes", "4")
NATIVE = ("--branch", "native")
CASES = [*((path, ()) for path in (*GOLDENS, *SAMPLES)), *((path, SPLIT) for path in SAMPLES)]
CASES += [*((path, NATIVE) for path in WITH_CONDITIONS), (SAMPLES[0], (*SPLIT, *NATIVE))]
IDS = ["".join((path.parent.name, "-", path.name, *more)) for path, more in CASES]


@pytest.mark.parametrize(("source", "more"), CASES, ids=IDS)
def test_serialised_both_are_the_same(
    source: Path, more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "samples" / "mapping"))
    # Side modules would have names of their own.
    monkeypatch.setattr(sides, "MOST_LINES", 10_000)
    one, other = tmp_path / "imperative" / "flows", tmp_path / "declarative" / "flows"
    names = converted(source, one, "imperative", *more)
    assert converted(source, other, "declarative", *more) == names
    for name in names:
        first, second = flyte_model.load(one, name), flyte_model.load(other, name)
        expected, found = serialised(first), serialised(second)
        own = name.rpartition(".")[2]
        assert expected[own]["template"]["nodes"]
        assert found == expected
        assert isinstance(getattr(second, own), PythonFunctionWorkflow)
        text = (other / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert "Workflow(" not in text
        assert black.format_str(text, mode=black.Mode()) == text


def test_a_difference_is_seen(tmp_path: Path) -> None:
    styles = ("imperative", "declarative")
    for style in styles:
        assert "nightly.night" in converted(SAMPLES[0], tmp_path / style, style)
    path = tmp_path / "declarative" / "nightly" / "night.py"
    text = path.read_text(encoding="utf-8")
    edge = next(line for line in text.splitlines() if " >> " in line)
    path.write_text(text.replace(edge, "", 1), encoding="utf-8")
    first, second = (
        serialised(flyte_model.load(tmp_path / style, "nightly.night")) for style in styles
    )
    assert first != second


@pytest.mark.parametrize("style", ["imperative", "declarative"])
def test_inputs_hide_no_task(style: str, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(COLLIDING, encoding="utf-8")
    (tmp_path / "transpile.toml").write_text(f'[options]\nstyle = "{style}"\n', encoding="utf-8")
    result = cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "out" / "load_network.py").read_text(encoding="utf-8")
    assert "load_job_node = " in text
    done = python(tmp_path / "out" / "load_network.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("x y z\n")


STATUS_HANDED_DOWN = """
insert_global: WORK
value: w
insert_job: FIRST
job_type: c
command: echo $$WORK
insert_job: BOX
job_type: b
condition: f(FIRST)
insert_job: IN_BOX
job_type: c
box_name: BOX
command: echo $$WORK
insert_job: BOX_START_INPUT
job_type: c
command: echo $$WORK
condition: d(FIRST)
"""


def test_each_name_of_a_module_stands_for_one_thing() -> None:
    """The inputs of its workflows share variables, no task or node does."""
    text = emit(STATUS_HANDED_DOWN)["first_network"]
    assert text.count("\nwork = ") == 2
    assert 'box_start_input_2 = box.add_workflow_input("box_start", str)\n' in text
    assert "in_box, box_start=box_start_input_2, work=work\n" in text
    tree = ast.parse(text)
    names = [s.name for s in tree.body if isinstance(s, ast.FunctionDef)]
    targets = (target for s in tree.body if isinstance(s, ast.Assign) for target in s.targets)
    names += [ast.unparse(target) for target in targets if ast.unparse(target) != "work"]
    assert len(names) == len(set(names))


def test_the_style_of_the_settings_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(COLLIDING, encoding="utf-8")
    (tmp_path / "transpile.toml").write_text('[options]\nstyle = "odd"\n', encoding="utf-8")
    result = cli("check", tmp_path / "a.jil")
    assert "A912" in result.output
    assert "it must be one of imperative, declarative" in result.output


def test_a_change_of_style_is_a_change(tmp_path: Path) -> None:
    texts = [
        (converted(SAMPLES[3], tmp_path, style), (tmp_path / "imperative_wf.py").read_text())[1]
        for style in ("imperative", "declarative", "imperative")
    ]
    assert texts[0] == texts[2]
    assert "@workflow" in texts[1]


def test_imperative_is_the_default() -> None:
    assert " = Workflow(" in emit(COLLIDING)["load_network"]


def test_the_report_shows_the_parts_of_functions(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(COLLIDING, encoding="utf-8")
    settings = Settings()
    settings.use_form("declarative")
    estate = read_estate([str(tmp_path / "a.jil")], settings=settings)
    ((module, network),) = estate.planned
    text = render_module(module)
    lines = [line.strip() for line in text.splitlines()]
    shown = {
        name: list(Emitted(module, {module.path: text}).of(network.jobs[name], is_root=False))
        for name in network.order
    }
    for line, part, _ in (excerpt for excerpts in shown.values() for excerpt in excerpts):
        own = [row.strip() for row in part.splitlines()]
        assert lines[line - 1 : line - 1 + len(own)] == own
    task, node = (excerpt.text for excerpt in shown["CREATE_NODE"])
    assert task.startswith("@task\ndef create_node_job(")
    assert node.startswith("create_node_job_node = create_node(create_node_job).with_overrides(\n")
    assert node.endswith("\nload_job_node >> create_node_job_node")


def test_functions_name_no_node_in_vain(tmp_path: Path) -> None:
    (tmp_path / "transpile.toml").write_text(
        '[platform]\nendpoint = "f:81"\n[[wave]]\nname = "one"\njobs = ["A"]\n'
        '[bridge]\nstatus = "ask {job}"\ntell = "tell {job} {status}"\n'
    )
    (tmp_path / "a.jil").write_text(
        "insert_job: A\ncommand: a\ndate_conditions: 1\ndays_of_week: all\n"
        'start_times: "01:00"\n\ninsert_job: B\ncommand: b\ncondition: s(A)\n'
    )
    options = ("--style", "declarative", "--wave", "one")
    assert cli("convert", tmp_path / "a.jil", "-o", tmp_path / "flows", *options).exit_code == 0
    text = (tmp_path / "flows" / "a.py").read_text()
    assert 'name="A (legacy end)"' in text
    names = [node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]
    assert not [name for name in names if name.endswith("_node") and names.count(name) == 1]
