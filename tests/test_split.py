"""Workflows that are split: the same nodes run, of the same inputs, whatever fails."""

import random
import time
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pytest

from tests.test_decompose import graph, reached
from transpile.targets.flyte.decompose import Block, Shape, decompose
from transpile.targets.flyte.model import InputPlan, NodePlan, NodeRole, OutputPlan, WorkflowPlan
from transpile.targets.flyte.names import Scope
from transpile.targets.flyte.parts import Cut, Item, Known
from transpile.targets.flyte.paths import behind, visits, without_implied_edges
from transpile.targets.flyte.size import LIMIT, object_sizes
from transpile.targets.flyte.split import NODE_LIMIT, REVISITS, Splitter
from transpile.targets.flyte.values import Input, Output, Value, sources

SMALL = 9_000
"""Bytes of an object with some five jobs."""


@dataclass
class Run:
    """What runs, with what it is handed, when these nodes fail: a node runs behind successes."""

    plans: dict[str, WorkflowPlan]
    failing: set[str]
    ran: dict[str, dict[str, Any]] = field(default_factory=dict)

    def execute(self, variable: str, inputs: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
        workflow = self.plans[variable]
        assert {known.name for known in workflow.inputs} == inputs.keys()
        outputs: dict[str, dict[str, Any]] = {}
        tried = set()

        def value(bound: Value) -> Any:
            if isinstance(bound, Output):
                return outputs[bound.node][bound.name]
            if isinstance(bound, tuple):
                return tuple(map(value, bound))
            return inputs[bound.name] if isinstance(bound, Input) else bound

        for node in workflow.nodes:
            handed = {s.node for _, v in node.inputs for s in sources(v) if isinstance(s, Output)}
            above = handed | {first for first, second in workflow.edges if second == node.variable}
            assert above <= tried
            tried.add(node.variable)
            if not above <= outputs.keys():
                continue
            given = {name: value(bound) for name, bound in node.inputs}
            if node.entity in self.plans:
                good, results = self.execute(node.entity, given)
            else:
                self.ran[node.variable] = given
                good = node.variable not in self.failing
                results = {name: f"{node.variable}.{name}" for name in ("o0", "o1")}
            if good:
                outputs[node.variable] = results
        good = len(outputs) == len(workflow.nodes)
        return good, {o.name: value(o.source) for o in workflow.outputs} if good else {}


def outcome(plans: tuple[WorkflowPlan, ...], failing: set[str]) -> tuple[Any, dict[str, Any]]:
    run = Run({plan.variable: plan for plan in plans}, failing)
    inputs = {known.name: f"${known.name}" for known in plans[-1].inputs}
    return run.execute(plans[-1].variable, inputs), run.ran


def workflow(
    name: str, behind: list[list[int]], dice: random.Random, box: WorkflowPlan | None = None
) -> WorkflowPlan:
    """A workflow over a graph; some nodes are handed values, one is the box."""
    order = sorted(range(len(behind)), key=lambda n: len(reached(behind)[n]), reverse=True)
    edges, inputs = [], dict[int, list[tuple[str, Value]]]()
    for number in order:
        inputs.setdefault(number, [])
        if dice.random() < 0.3:
            inputs[number].append(("given", Input(dice.choice("gh"))))
        for target in behind[number]:
            if dice.random() < 0.5:
                edges.append((f"{name}{number}_node", f"{name}{target}_node"))
            else:
                source = Output(f"{name}{number}_node", dice.choice(("o0", "o1")))
                several = dice.random() < 0.2
                value = (source, "constant") if several else source
                inputs.setdefault(target, []).append((f"from_{number}", value))
    nodes = [
        NodePlan(
            f"{called}_node", called, called, called, False, NodeRole.JOB, called, tuple(inputs[n])
        )
        for n, called in ((n, f"{name}{n}") for n in order)
    ]
    if box is not None:
        handed = tuple((known.name, Input(known.name)) for known in box.inputs)
        nodes.append(
            NodePlan("box_node", "box", "BOX", box.variable, True, NodeRole.BOX, "BOX", handed)
        )
    used = {s.name for n in nodes for _, v in n.inputs for s in sources(v) if isinstance(s, Input)}
    first = {a for a, _ in edges} | {
        s.node for n in nodes for _, v in n.inputs for s in sources(v) if isinstance(s, Output)
    }
    ends = [node.variable for node in nodes if node.variable not in {*first, "box_node"}]
    return WorkflowPlan(
        variable=name,
        name=name.upper(),
        comments=(),
        tasks=(),
        inputs=tuple(InputPlan(used_name) for used_name in sorted(used)),
        nodes=tuple(nodes),
        edges=tuple(edges),
        outputs=tuple(OutputPlan(f"out_{end}", Output(end, "o0"), "str") for end in ends),
        result=f"{name}Outputs",
    )


def chain(count: int) -> WorkflowPlan:
    """A workflow of nodes one behind another."""
    names = [f"w{number}" for number in range(count)]
    nodes = [NodePlan(f"{n}_node", n, n, n, False, NodeRole.JOB, n, ()) for n in names]
    edges = [(first.variable, second.variable) for first, second in pairwise(nodes)]
    return WorkflowPlan("w", "W", (), (), (), tuple(nodes), tuple(edges), (), "WOutputs")


def split(plans: tuple[WorkflowPlan, ...], limit: int) -> tuple[tuple[WorkflowPlan, ...], Splitter]:
    splitter = Splitter(limit, "flows.w", frozenset(), Scope(), Scope())
    return splitter.split(plans), splitter


def too_large(plans: tuple[WorkflowPlan, ...], limit: int) -> list[WorkflowPlan]:
    """The workflows with too many nodes or paths."""
    return [w for w in plans if len(w.nodes) > limit or visits(w) > REVISITS * limit]


def is_knot(workflow: WorkflowPlan) -> bool:
    """True if no part of this workflow would make it smaller."""
    tree = decompose(behind(workflow))
    return isinstance(tree, Block) and tree.shape is Shape.KNOT


def test_the_same_runs_of_the_same_inputs_whatever_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """In sub-workflows, and in executions of their own."""
    dice = random.Random(1)
    parts = runs = knots = 0
    for _ in range(400):
        box = workflow("b", graph(dice.randrange(1, 9), dice.random(), dice), dice)
        behind = graph(dice.randrange(1, 14), dice.choice((0.05, 0.15, 0.3, 0.9)), dice)
        plans = (box, workflow("w", behind, dice, box))
        limit = dice.randrange(2, 7)
        monkeypatch.setattr("transpile.targets.flyte.split.WANTED", dice.choice((6_000, 10**6)))
        after, _ = split(plans, limit)
        large = too_large(after, limit)
        assert all(map(is_knot, large))
        parts, knots = parts + len(after) - 2, knots + len(large)
        runs += sum(node.launches for found in after for node in found.nodes)
        names = [node.variable for found in plans for node in found.nodes]
        failures = [{name} for name in names]
        failures += [set(dice.sample(names, dice.randrange(len(names)))) for _ in range(5)]
        for failing in (set(), *failures):
            assert outcome(after, failing) == outcome(plans, failing)
    assert parts > 500
    assert runs > 200
    assert knots > 20


def test_few_executions_and_few_nodes_that_a_launch_plan_delays() -> None:
    """A thousand jobs are two executions; the one that starts the other is nearly full."""
    after, _ = split((chain(1_000),), NODE_LIMIT)
    sizes = object_sizes(after, "flows.w")
    (launched,) = [node.entity for found in after for node in found.nodes if node.launches]
    assert sizes[launched] < LIMIT / 2 < 0.8 * LIMIT < sizes["w"] < LIMIT


def test_a_workflow_that_suffices_alone_has_an_execution_of_its_own() -> None:
    """It needs no part around it."""
    inner = [replace(chain(90), variable=f"b{n}", name=f"B{n}") for n in range(8)]
    boxes = [
        NodePlan(
            f"{b.variable}_node", b.variable, b.name, b.variable, True, NodeRole.BOX, b.name, ()
        )
        for b in inner
    ]
    after, _ = split((*inner, replace(chain(0), nodes=tuple(boxes))), NODE_LIMIT)
    assert [found.variable for found in after] == [*(b.variable for b in inner), "w"]
    assert [node.launches for node in after[-1].nodes].count(True) == 1


def test_an_unfaithful_part_is_seen() -> None:
    """D waits for A only: with A and B as one it would not run when B fails."""
    behind = [[3], [], [], []]
    plans = (workflow("w", behind, random.Random(2)),)
    part = Item(0, 1, (Item(0, 1), Item(1, 1)), launched=True)
    wrong = tuple(
        Cut(plans[0], (part, Item(2, 1), Item(3, 1)), Known(), "W").workflows(Scope(), Scope())
    )
    assert outcome(wrong, set()) == outcome(plans, set())
    failing = {plans[0].nodes[1].variable}
    assert outcome(wrong, failing) != outcome(plans, failing)


def test_what_fits_stays_as_it_is() -> None:
    plans = (
        without_implied_edges(workflow("w", graph(9, 0.2, random.Random(3)), random.Random(3))),
    )
    assert split(plans, 9)[0] == plans


def test_a_part_is_named_by_its_first_job() -> None:
    after, _ = split((chain(1_000),), NODE_LIMIT)
    launched = {node.entity for found in after for node in found.nodes if node.launches}
    for part in after[:-1]:
        first = part.nodes[0].variable.removesuffix("_node").removeprefix("from_")
        prefix = "run_from" if part.variable in launched else "from"
        assert (part.variable, part.name) == (f"{prefix}_{first}", f"W.{prefix}_{first}")
        assert part.nodes[0].label in (first, f"W (from {first})")


def test_another_job_far_away_changes_few_parts() -> None:
    """Without marks all parts behind the new job would begin at another one."""
    whole = chain(3_000)
    node = replace(whole.nodes[0], variable="x_node", label="X", entity="x", job="X")
    edges = (("w4_node", "x_node"), ("x_node", "w5_node"), *whole.edges)
    longer = replace(whole, nodes=(*whole.nodes[:5], node, *whole.nodes[5:]), edges=edges)
    before, after = (set(split((each,), NODE_LIMIT)[0]) for each in (whole, longer))
    assert len(before) > 30
    assert len(before - after) < 10


def test_ten_thousand_nodes_take_little_time() -> None:
    begun = time.perf_counter()
    split((chain(10_000),), NODE_LIMIT)
    assert time.perf_counter() - begun < 20


def test_no_name_inside_of_a_part_hides_a_task() -> None:
    """Names of outputs become those of parameters, where workflows are functions."""
    nodes = (
        NodePlan("a_node", "a", "A", "a", False, NodeRole.JOB, "A", ()),
        NodePlan(
            "a_o1_node",
            "b",
            "A_O1",
            "a_o1",
            False,
            NodeRole.JOB,
            "A_O1",
            (("x", Output("a_node", "o1")),),
        ),
        NodePlan(
            "c_node", "c", "C", "c", False, NodeRole.JOB, "C", (("x", Output("a_node", "o0")),)
        ),
    )
    edges = (("a_o1_node", "c_node"),)
    whole = WorkflowPlan("w", "W", (), (), (), nodes, edges, (), "WOutputs")
    part = Item(1, 1, (Item(1, 1), Item(2, 1)), launched=True)
    inner, _ = Cut(whole, (Item(0, 1), part), Known(), "W").workflows(Scope(), Scope())
    assert [known.name for known in inner.inputs] == ["a_o1_2", "a"]
