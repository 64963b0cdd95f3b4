"""`verify` sees each mistake that is planted in the emitted modules of the goldens."""

import ast
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, takewhile
from pathlib import Path

import pytest

from tests.support import GOLDEN, aiming_at
from transpile.cli.subjects import Written, roles_of, verifier_of, write_modules
from transpile.pipeline import read_estate
from transpile.proof.executions import Phase
from transpile.proof.loading import LoadError
from transpile.proof.rehearse import Plan, Rehearsal
from transpile.proof.scenarios import Scenario, Scenarios
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.printing import render_runtime

CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "input").is_dir())
SCENARIOS, ENOUGH = 150, 1_000
MOST = 3
"""Maximum number of mutants of one kind of a module."""

TESTS = ("failed", "succeeded", "terminated", "not_failed", "not_succeeded", "done")
"""The tests of a status; `failed` and `succeeded` stand in for others, if they are imported."""

UNSEEN = {
    # first always runs: if it has not failed it has succeeded.
    "azkaban_flows": ["nightly swapped_statuses 0", "nightly swapped_statuses 2"],
    # Count always ends; the DAG always fails, since a node of it cannot be converted.
    "dagman": ["night dropped_members 0", "weak dropped_conditions 0"],
    # REPORTS is skipped, and WARN runs, only after failures that fail the whole, too.
    "controlm": ["clearing_network dropped_conditions 1", "clearing_network dropped_members 4"],
    # DOOR runs nothing.
    "controlm_json": ["port_network dropped_edges 0"],
    # PRUEFEN starts after a failure of ZAEHLEN, which fails the whole.
    "controlm_old": ["prodnite dropped_members 0"],
    # REPAIR starts after a failure of LOAD, which the result asks for, too.
    "branches": ["load_network dropped_members 1"],
    # The start of a box that starts with its workflow: nothing runs before it.
    "estates": ["fin dropped_edges 0", "trd_close_network dropped_edges 0"],
    "tws": ["load_network dropped_edges 0"],
    # rest stands behind press. clean, audit and on start after failures that fail the whole.
    "joblist_drawings": [
        "harvest dropped_edges 3",
        "harvest dropped_members 0",
        "harvest dropped_members 2",
    ],
    # HRB.CRANES starts after any end of HRB.MOOR, which always runs; HRB.NIGHT ends by its rule.
    "waves": ["hrb_night_network dropped_conditions 1", "hrb_night_network dropped_members 1"],
    # tidy runs whatever happens.
    "joblist_tables": ["runbook dropped_members 1"],
    "joblist_trees": ["nightly dropped_members 0", "steps dropped_members 0"],
    "conditions": [
        # The box, A and B always run; A does not both end and be terminated.
        "a_network dropped_conditions 0",
        "a_network dropped_conditions 1",
        "a_network swapped_statuses 2",
    ],
    # LAST never runs: its stream waits for the success of PAYROLL, it for a job after a failure.
    "tws_conditions": ["payroll_network lost_retries 0"],
}
"""Mistakes that change no run, or none of the first scenarios."""

Edit = Callable[[], None]
"""Changes the tree in place."""


def bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    """The statements of the module and of its functions, each list with its nodes and edges."""
    yield tree.body
    yield from (node.body for node in tree.body if isinstance(node, ast.FunctionDef))


def is_edge(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(ast.BinOp(ast.Name(), ast.RShift(), ast.Name())):
            return True
    return False


def node_of(statement: ast.stmt) -> tuple[str, str] | None:
    """The variable of a node, and that of its workflow."""
    match statement:
        case ast.Assign(
            [ast.Name(node)], ast.Call(ast.Attribute(ast.Name(workflow), "add_entity"))
        ):
            return node, workflow
    return None


def dropped_edges(tree: ast.Module) -> Iterator[Edit]:
    for body in bodies(tree):
        for statement in filter(is_edge, body):
            yield lambda body=body, statement=statement: body.remove(statement)


def reversed_edges(tree: ast.Module) -> Iterator[Edit]:
    for body in bodies(tree):
        for statement in filter(is_edge, body):

            def edit(edge: ast.expr = statement.value) -> None:
                edge.left, edge.right = edge.right, edge.left

            yield edit


def wrong_edges(tree: ast.Module) -> Iterator[Edit]:
    """A node waits for a node before it, of the same workflow, that it did not wait for."""
    for body in bodies(tree):
        edges = {(s.value.left.id, s.value.right.id): s for s in body if is_edge(s)}
        homes = dict(filter(None, map(node_of, body)))
        for (first, second), statement in edges.items():
            before = [n for n in takewhile(second.__ne__, homes) if homes[n] == homes.get(second)]
            others = (n for n in before if n != first and (n, second) not in edges)
            if other := next(others, None):

                def edit(edge: ast.expr = statement.value, other: str = other) -> None:
                    edge.left.id = other

                yield edit


def dropped_conditions(tree: ast.Module) -> Iterator[Edit]:
    """`if not CONDITION: return SKIPPED` of a task."""
    for body in bodies(tree):
        for statement in body:
            if isinstance(statement, ast.If) and isinstance(statement.body[0], ast.Return):
                yield lambda body=body, statement=statement: body.remove(statement)


def swapped_statuses(tree: ast.Module) -> Iterator[Edit]:
    imports = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    known = {alias.name for node in imports for alias in node.names}
    gates = (node.test for node in ast.walk(tree) if isinstance(node, ast.If))
    for call in (node for gate in gates for node in ast.walk(gate)):
        match call:
            case ast.Call(ast.Name(word) as function) if word in TESTS:
                others = (test for test in TESTS if test in known and test != word)
                if other := next(others, None):
                    yield lambda function=function, other=other: setattr(function, "id", other)


def calls(tree: ast.Module, keyword: str) -> Iterator[tuple[ast.Call, ast.keyword]]:
    for call in ast.walk(tree):
        for word in call.keywords if isinstance(call, ast.Call) else ():
            if word.arg == keyword:
                yield call, word


def lost_retries(tree: ast.Module) -> Iterator[Edit]:
    """Apart from tasks that ask Flyte Admin: a simulated one is never away."""
    for call, word in calls(tree, "retries"):
        if any(other.arg == "requests" for other in call.keywords):
            continue
        yield lambda call=call, word=word: call.keywords.remove(word)


def lost_time_limits(tree: ast.Module) -> Iterator[Edit]:
    for call, word in calls(tree, "time_limit"):
        yield lambda call=call, word=word: call.keywords.remove(word)


def short_time_limits(tree: ast.Module) -> Iterator[Edit]:
    for _, word in calls(tree, "time_limit"):

        def edit(word: ast.keyword = word) -> None:
            word.value = ast.BinOp(word.value, ast.Div(), ast.Constant(2))

        yield edit


def swapped_rules(tree: ast.Module) -> Iterator[Edit]:
    """The rules of a box: its success becomes its failure."""
    for call in ast.walk(tree):
        rules = [w for w in getattr(call, "keywords", ()) if w.arg in ("success", "failure")]
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "box_status" and rules:

            def edit(rules: list[ast.keyword] = rules) -> None:
                for rule in rules:
                    rule.arg = "failure" if rule.arg == "success" else "success"

            yield edit


def dropped_members(tree: ast.Module) -> Iterator[Edit]:
    """A job whose status a box, or the whole, no longer asks for."""
    for call in ast.walk(tree):
        match call:
            case ast.Call(ast.Name("box_status" | "require_success"), [members], keywords=[]):
                yield lambda m=members: (m.keys.pop(), m.values.pop())


def wrong_start_times(tree: ast.Module) -> Iterator[Edit]:
    for call in ast.walk(tree):
        match call:
            case ast.Call(func=ast.Name(id="cron"), args=[expression, *_]):
                minute, _, rest = expression.value.partition(" ")
                changed = "1" if minute != "1" else "2"
                yield lambda e=expression, text=f"{changed} {rest}": setattr(e, "value", text)


def lost_time_zones(tree: ast.Module) -> Iterator[Edit]:
    for call, word in calls(tree, "timezone"):
        yield lambda call=call, word=word: call.keywords.remove(word)


KINDS = (
    *(dropped_edges, reversed_edges, wrong_edges, dropped_conditions, swapped_statuses),
    *(lost_retries, lost_time_limits, short_time_limits, swapped_rules, dropped_members),
    *(wrong_start_times, lost_time_zones),
)


def parts(tree: ast.Module) -> dict[str, str]:
    """The text of each edge and function, with the target of the edge or the function's name."""
    edges = (statement for body in bodies(tree) for statement in filter(is_edge, body))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    found = {ast.unparse(edge): edge.value.right.id for edge in edges}
    return found | {ast.unparse(function): function.name for function in functions}


def mutants(
    text: str, kind: Callable[[ast.Module], Iterator[Edit]], dead: set[str]
) -> Iterator[str]:
    """The module with one mistake of a kind each, none in `dead` nodes and their tasks."""
    found = []
    original = ast.parse(text)
    before = parts(original)
    for number in range(len(list(kind(original)))):
        tree = ast.parse(text)
        list(kind(tree))[number]()
        touched = {before[text] for text in before.keys() - parts(tree).keys()}
        if dead.isdisjoint(touched):
            found.append(ast.unparse(ast.fix_missing_locations(tree)))
    yield from found[:: max(1, len(found) // MOST)]


def never_run(module: ModulePlan, path: Path) -> set[str]:
    """The variables of nodes, and of their tasks, that do not run when all jobs succeed.

    They stand below a node that always fails.
    """
    rehearsal = Rehearsal(path, render_runtime(module.form), roles_of(module))
    _, records = rehearsal.run(rehearsal.workflows[module.name], Plan())
    run = {r.node.id for r in records.values() if r.phase is Phase.SUCCEEDED}
    nodes = (node for workflow in module.workflows for node in workflow.nodes)
    dead = [node for node in nodes if node.node_id not in run]
    return {node.variable for node in dead} | {node.entity for node in dead}


def scenarios_of(written: Written) -> list[Scenario]:
    """The first ones, with few failures, also where all combinations are tried otherwise."""
    return list(islice(Scenarios(written.facts, SCENARIOS, 0), ENOUGH))


def agreeing(case: str, folder: Path, target: str = "flyte") -> Iterator[Written]:
    """The modules of a golden that verification finds to agree."""
    estate = read_estate([str(GOLDEN / case / "input")], settings=aiming_at(target))
    for written in write_modules(estate.planned, folder):
        if is_unseen(written, scenarios_of(written)):
            yield written


def is_unseen(written: Written, scenarios: Sequence[Scenario]) -> bool:
    """True if verification agrees; the first difference is enough to say that it does not."""
    try:
        verifier, problems = verifier_of(written)
    except LoadError:
        return False
    found = chain(problems, verifier.problems(), filter(None, map(verifier.compare, scenarios)))
    return next(found, None) is None


@pytest.mark.parametrize("case", CASES)
def test_each_planted_mistake_is_found(case: str, tmp_path: Path) -> None:
    unseen = []
    for written in agreeing(case, tmp_path):
        module, path = written.module, written.path
        text, dead = path.read_text(encoding="utf-8"), never_run(module, path)
        scenarios = scenarios_of(written)
        for kind in KINDS:
            for number, mutant in enumerate(mutants(text, kind, dead)):
                path.write_text(mutant, encoding="utf-8")
                if is_unseen(written, scenarios):
                    unseen.append(f"{module.name} {kind.__name__} {number}")
        path.write_text(text, encoding="utf-8")
    assert unseen == UNSEEN.get(case, [])
