"""Limits of Flyte: paths through a workflow, and the size of its object."""

import importlib.util
import itertools
import json
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest
from flytekit.core.workflow import WorkflowBase
from flytekit.models.admin.workflow import WorkflowSpec
from flytekit.models.task import TaskSpec
from flytekit.tools.translator import get_serializable
from google.protobuf.json_format import MessageToJson

from tests.support import GOLDEN, ROOT, cli, codes, plan
from transpile.pipeline import read_estate
from transpile.proof.loading import _SETTINGS, importing, package_root
from transpile.targets.flyte import size
from transpile.targets.flyte.model import ModulePlan, NodePlan, NodeRole, WorkflowPlan
from transpile.targets.flyte.paths import behind, visits, without_implied_edges
from transpile.team import Settings, find_settings, read_settings

SOURCES = [*(ROOT / "samples").glob("*/"), *(path / "input" for path in GOLDEN.iterdir())]
NAMES = [f"{path.parent.name}/{path.name}" for path in SOURCES]


def jil(below: dict[str, list[str]]) -> str:
    """Jobs and what they wait for."""
    statements = []
    for job, names in below.items():
        condition = " & ".join(f"s({name})" for name in names)
        line = f"condition: {condition}\n" if names else ""
        statements.append(f"insert_job: {job}\ncommand: true\n{line}")
    return "\n".join(statements)


def boxed(text: str) -> str:
    """The jobs in one box: they share a workflow, however many they are."""
    return "insert_job: NIGHT\njob_type: BOX\n\n" + text.replace(
        "command:", "box_name: NIGHT\ncommand:"
    )


def layers(count: int, width: int) -> dict[str, list[str]]:
    """Layers of jobs, each of which waits for all of the layer before."""
    return {
        f"L{n}_{i}": [f"L{n - 1}_{k}" for k in range(width)] if n else []
        for n in range(count)
        for i in range(width)
    }


def tournament(count: int) -> dict[str, list[str]]:
    """Jobs that wait for all jobs before them."""
    return {f"J{n}": [f"J{k}" for k in range(n)] for n in range(count)}


# ---------------------------------------------------------------- edges that others imply


def implied(workflow: WorkflowPlan) -> list[tuple[str, str]]:
    """The edges whose second node is reached from the first one by a longer way."""
    below = behind(workflow)
    place = {node.variable: number for number, node in enumerate(workflow.nodes)}
    found = []
    for first, second in workflow.edges:
        pending = list(below[place[first]] - {place[second]})
        seen = set(pending)
        while pending:
            more = below[pending.pop()] - seen
            seen |= more
            pending += more
        if place[second] in seen:
            found.append((first, second))
    return found


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
@pytest.mark.parametrize("limit", [None, 5])
def test_no_edge_is_written_that_others_imply(source: Path, limit: int | None) -> None:
    settings = Settings()
    settings.use_form(max_nodes=limit)
    workflows = [w for m in read_estate([str(source)], None, settings).modules for w in m.workflows]
    assert [found for workflow in workflows for found in implied(workflow)] == []


def test_a_job_behind_all_others_hangs_on_the_last_one_alone() -> None:
    (module,), diagnostics = plan(jil(tournament(30)))
    assert len(module.main.edges) == 29
    assert visits(module.main) == 30
    assert "A620" not in codes(diagnostics)


def test_the_end_of_a_box_is_told_only_what_may_decide_it() -> None:
    text = (
        "insert_job: X\njob_type: BOX\n\n"
        "insert_job: A\nbox_name: X\ncommand: true\n\n"
        "insert_job: B\nbox_name: X\ncommand: true\ncondition: s(A) & e(A) < 1\n\n"
        "insert_job: C\nbox_name: X\ncommand: true\ncondition: s(B) & d(B)\n\n"
        "insert_job: W\ncommand: true\ncondition: f(X) | e(A) = 3\n"
    )
    (module,), _ = plan(text)
    ends = [task for w in module.workflows for task in w.tasks if task.function == "x_end"]
    assert [task.parameters for task in ends] == [("c",)]


def bare(below: dict[str, list[str]]) -> WorkflowPlan:
    """A workflow of these nodes, with an edge for each that one waits for."""
    nodes = tuple(
        NodePlan(name, name, name, "task", False, NodeRole.JOB, name, ()) for name in below
    )
    edges = tuple((first, second) for second, above in below.items() for first in above)
    return WorkflowPlan("w", "W", (), (), (), nodes, edges, (), "")


def test_large_dense_workflows_take_little_time() -> None:
    sparse = {
        f"J{n}": [f"J{k}" for k in sorted({n - 1, n // 2, n - 3, n - 10}) if 0 <= k < n]
        for n in range(10_000)
    }
    begun = time.perf_counter()
    assert len(without_implied_edges(bare(sparse)).edges) == 9_999
    full = bare(layers(300, 30))
    assert without_implied_edges(full) == full
    assert visits(full) > 30**300
    assert time.perf_counter() - begun < 20


# ---------------------------------------------------------------- paths


def braid(count: int) -> dict[str, list[str]]:
    """Layers of three jobs, each of which waits for two of the layer before."""
    return {
        f"B{n}_{i}": [f"B{n - 1}_{k % 3}" for k in (i, i + 1)] if n else []
        for n in range(count)
        for i in range(3)
    }


@pytest.mark.parametrize(("count", "width"), [(4, 5), (5, 8), (40, 2)])
def test_paths_are_counted(count: int, width: int) -> None:
    assert visits(bare(layers(count, width))) == sum(width**n for n in range(1, count + 1))


@pytest.mark.parametrize(("count", "code"), [(8, None), (9, "A621"), (16, "A620")])
def test_paths_that_no_part_hides_are_reported(count: int, code: str | None) -> None:
    (module,), diagnostics = plan(jil(braid(count)))
    assert visits(module.main) == sum(3 * 2**n for n in range(count))
    found = [d for d in diagnostics if d.code in ("A620", "A621")]
    assert [d.code for d in found] == ([code] if code else [])
    jobs = f"B0_0, B0_1, B0_2 and {3 * count - 3} others"
    assert all(f"; {jobs} have no common upstream" in d.message for d in found)


@pytest.mark.parametrize("below", [tournament(1), {f"J{n}": [] for n in range(2_000)}])
def test_what_is_wide_has_no_more_paths_than_nodes(below: dict[str, list[str]]) -> None:
    assert not codes(plan(jil(below))[1]) & {"A620", "A621"}


def test_a_chain_has_no_more_paths_than_nodes() -> None:
    chain = {f"J{n}": [f"J{n - 1}"] if n else [] for n in range(2_000)}
    assert not codes(plan(jil(chain))[1]) & {"A620", "A621"}


@pytest.mark.parametrize(("count", "width"), [(5, 8), (7, 8), (40, 2), (30, 20)])
def test_sub_workflows_hide_their_paths(count: int, width: int) -> None:
    (module,), diagnostics = plan(boxed(jil(layers(count, width))))
    assert not codes(diagnostics) & {"A601", "A620", "A621"}
    assert max(map(visits, module.workflows)) <= 1_000
    assert not any(node.launches for w in module.workflows for node in w.nodes)


def test_the_smallest_part_that_suffices_hides_paths() -> None:
    """Two jobs side by side double the paths through all jobs behind them."""
    below = {"START": [], "P": ["START"], "Q": ["START"], **braid(8)}
    below.update({f"B0_{n}": ["P", "Q"] for n in range(3)})
    (module,), _ = plan(jil(below))
    part, whole = module.workflows
    assert [node.label for node in part.nodes] == ["P", "Q"]
    assert visits(whole) < 1_000 < visits(bare(below))


def test_a_chain_of_watched_jobs_that_wait_for_the_two_before_has_few_paths() -> None:
    """Edges that carry a status stay, so each job has as many paths as the two before."""
    (module,), diagnostics = plan(watched(40))
    assert not codes(diagnostics) & {"A620", "A621"}
    assert max(map(visits, module.workflows)) <= 1_000
    assert sum(len(workflow.nodes) for workflow in module.workflows) > 40


# ---------------------------------------------------------------- size


def compact(message: Any) -> int:
    return len(json.dumps(json.loads(MessageToJson(message)), separators=(",", ":")))


def closure(path: Path, module: ModulePlan) -> int:
    """Bytes of the serialised workflow, its sub-workflows and its tasks, as JSON."""
    root = package_root(path)
    name = ".".join(path.relative_to(root).with_suffix("").parts)
    with importing(root, {name.partition(".")[0]}):
        loaded = importlib.import_module(name)
        workflow = getattr(loaded, module.main.variable)
        assert isinstance(workflow, WorkflowBase)
        entities: OrderedDict[Any, Any] = OrderedDict()
        found = get_serializable(entities, _SETTINGS, workflow)
        assert isinstance(found, WorkflowSpec)
        tasks = [e.template for e in entities.values() if isinstance(e, TaskSpec)]
        return sum(
            compact(part.to_flyte_idl()) for part in (*tasks, found.template, *found.sub_workflows)
        )


@pytest.mark.parametrize("name", ["autosys", "tws", "dagman", "azkaban"])
@pytest.mark.parametrize("branching", [False, True])
def test_the_estimate_is_near_what_flytekit_serialises(
    name: str, branching: bool, tmp_path: Path
) -> None:
    branch = "native" if branching else "task"
    source = str(ROOT / "samples" / name)
    settings = read_settings(find_settings([source]))
    settings.use_form(branch=branch)
    out = tmp_path / "flows"
    cli("convert", source, "-o", out, "--branch", branch)
    for module in read_estate([source], None, settings).modules:
        sizes = size.object_sizes(module.workflows, module.module)
        estimate = sizes[module.main.variable] / size.FORM - size.RUN_DAYS
        real = closure(out / module.path, module)
        assert abs(estimate / real - 1) < 0.1, module.path


def boxes(count: int, each: int) -> str:
    """Boxes of jobs, in a box."""
    jobs = (
        f"insert_job: NIGHT.BOX_{n}.JOB_{k}\nbox_name: NIGHT.BOX_{n}\n"
        "command: /opt/batch/load.sh --part 1\nn_retrys: 1\n"
        for n, k in itertools.product(range(count), range(each))
    )
    inner = (f"insert_job: NIGHT.BOX_{n}\njob_type: BOX\nbox_name: NIGHT\n" for n in range(count))
    return "\n".join(("insert_job: NIGHT\njob_type: BOX\n", *inner, *jobs))


@pytest.mark.parametrize(("count", "launched"), [(8, 0), (15, 1), (30, 2)])
def test_few_boxes_have_executions_of_their_own(count: int, launched: int) -> None:
    (module,), diagnostics = plan(boxes(count, 50))
    assert not codes(diagnostics) & {"A601", "A622"}
    assert sum(node.launches for w in module.workflows for node in w.nodes) == launched


def watched(count: int) -> str:
    """Watched jobs, each of which waits for the end of the two before."""
    return "\n".join(
        f"insert_job: J{n}\ncommand: true\n"
        + (f"condition: d(J{n - 1}) & d(J{n - 2})\n" if n > 1 else "")
        for n in range(count)
    )


def test_statuses_that_leave_a_part_count() -> None:
    """The result of the whole is handed the status of each of a thousand jobs."""
    (module,), diagnostics = plan(boxed(watched(1_000)))
    assert any(node.launches for node in module.main.nodes)
    assert "A622" not in codes(diagnostics)


def test_a_workflow_that_may_not_start_is_an_error() -> None:
    """A ladder of jobs: no part of it is a module of the graph."""
    ladder = {
        f"{side}{n}": [f"{above}{n - 1}" for above in ("LR" if side == "R" else "L") if n]
        for n in range(450)
        for side in "LR"
    }
    _, diagnostics = plan(boxed(jil(ladder)))
    (found,) = (d for d in diagnostics if d.code == "A622")
    assert "may not start; L0, R0, L1 and 897 others have no common upstream" in found.message
