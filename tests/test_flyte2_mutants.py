"""`verify` sees each mistake that is planted in the programs for Flyte 2 of the goldens."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.azkaban.support import SETTINGS
from tests.support import aiming_at
from tests.test_verify_mutants import (
    CASES,
    MOST,
    Edit,
    agreeing,
    calls,
    is_unseen,
    lost_retries,
    lost_time_limits,
    scenarios_of,
    short_time_limits,
)
from transpile.cli.subjects import Written, roles_of, verify_module, write_modules
from transpile.model.outcome import KILLED, Outcome
from transpile.pipeline import read_estate
from transpile.proof.executions import Phase
from transpile.proof.rehearsals import rehearsal_of
from transpile.proof.rehearse import Plan
from transpile.targets.printing import render_runtime

TESTS = ("succeeded", "done", "failed", "terminated", "not_failed", "not_succeeded")
SIGNS = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
BAD = (Outcome((1,)), Outcome((4,)), Outcome((KILLED,)))
NOT_DONE = ("SKIPPED", "RUNNING")
METHODS = ("start", "box", "passes")

UNSEEN = {
    "azkaban_flows": [
        # close runs nothing, so it cannot fail.
        "nightly other_tests 0",
        # A job waits anyway for all that its condition names.
        "nightly dropped_terms 2",
        "nightly dropped_terms 3",
        "rescue dropped_terms 0",
        # The flow hangs on a job without a translation, and so does the box around it.
        "rescue other_tests 1",
        "rescue dropped_terms 1",
        "rescue dropped_terms 2",
        "rescue swapped_words 1",
        "rescue swapped_words 2",
        "rescue lost_rules 0",
        "rescue swapped_rules 0",
    ],
    "dagman": [
        # Old runs nothing, so it cannot fail.
        "night other_tests 0",
        "night dropped_conditions 0",
        # The other rule of the splice holds as well after a failure, and counts.
        "night other_tests 2",
        # L2 never runs.
        "night dropped_terms 1",
        "night swapped_words 1",
    ],
    # After a failure inside, a member of the box does not run, and the box never ends.
    "boxes": ["day_network other_tests 3", "day_network outside 0"],
    "estates": ["fin outside 0", "fin outside 1", "trd_close_network outside 0"],
    # DOOR runs nothing, so it cannot fail. PORT begins at once.
    "controlm_json": [
        "port_network other_tests 2",
        "port_network dropped_conditions 2",
        "port_network outside 0",
        "port_network outside 1",
    ],
    "tws": ["load_network outside 0", "load_network outside 1"],
    # The rule is that of a box without one.
    "conditions": ["a_network lost_rules 0"],
    "tws_conditions": [
        # The stream that is to end by this rule waits for a job after a failure.
        "payroll_network other_tests 2",
        "payroll_network dropped_terms 2",
        # joined wants two of three pairs of terms, and two of them hold together.
        "payroll_network dropped_terms 1",
        "payroll_network swapped_words 1",
        "payroll_network wrong_signs 3",
        "payroll_network outside 0",
        "payroll_network outside 1",
        "payroll_network wrong_exit_codes 1",
        "payroll_network wrong_exit_codes 3",
    ],
    # A job waits anyway for all that its condition names. rest runs only after press.
    "joblist_drawings": ["harvest outside 0"],
    # tidy runs whatever happens.
    "joblist_tables": ["runbook dropped_terms 1"],
    # The other rule of the box holds as well after a failure, and counts.
    "joblist_trees": [
        "nightly other_tests 2",
        "nightly dropped_terms 1",
        "nightly outside 1",
        "nightly outside 2",
    ],
    # A stream that ends at all has succeeded.
    "tws_schedules": ["shared_network other_tests 1"],
}
"""Mistakes that change no run, or none of the first scenarios."""


def driver_of(tree: ast.Module) -> ast.AsyncFunctionDef:
    (driver,) = (node for node in tree.body if isinstance(node, ast.AsyncFunctionDef))
    return driver


def starts(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls that start jobs and open boxes."""
    for call in ast.walk(driver_of(tree)):
        match call:
            case ast.Call(ast.Attribute(ast.Name(), method)) if method in METHODS:
                yield call


def other_tests(tree: ast.Module) -> Iterator[Edit]:
    """A condition asks for another status."""
    for node in ast.walk(driver_of(tree)):
        if isinstance(node, ast.Attribute) and node.attr in TESTS:
            other = TESTS[(TESTS.index(node.attr) + 1) % len(TESTS)]
            yield lambda node=node, other=other: setattr(node, "attr", other)


def joins(tree: ast.Module) -> Iterator[ast.BinOp]:
    for node in ast.walk(driver_of(tree)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
            yield node


def dropped_terms(tree: ast.Module) -> Iterator[Edit]:
    """`A & B` becomes `A & A`, and the same for `|`."""
    for node in joins(tree):
        yield lambda node=node: setattr(node, "right", node.left)


def swapped_words(tree: ast.Module) -> Iterator[Edit]:
    for node in joins(tree):
        other = ast.BitOr() if isinstance(node.op, ast.BitAnd) else ast.BitAnd()
        yield lambda node=node, other=other: setattr(node, "op", other)


def dropped_conditions(tree: ast.Module) -> Iterator[Edit]:
    for call in starts(tree):
        least = 2 if ast.unparse(call.func).endswith(".start") else 1
        if len(call.args) > least:
            yield lambda call=call: call.args.pop()


def wrong_exit_codes(tree: ast.Module) -> Iterator[Edit]:
    for call in ast.walk(driver_of(tree)):
        match call:
            case ast.Call(ast.Attribute(attr="exit_code"), [_, ast.Constant() as code]):
                yield lambda code=code: setattr(code, "value", code.value + 1)


def wrong_signs(tree: ast.Module) -> Iterator[Edit]:
    for call in ast.walk(driver_of(tree)):
        match call:
            case ast.Call(ast.Attribute(attr="exit_code"), [ast.Constant() as sign, _]):
                yield lambda s=sign: setattr(s, "value", SIGNS[s.value])
            case ast.Call(ast.Attribute(attr="handed_over"), [_, ast.Constant() as sign, _]):
                bare = sign.value.removeprefix("not ")
                other = bare if bare != sign.value else SIGNS[bare]
                yield lambda s=sign, other=other: setattr(s, "value", other)


def lost_jobs(tree: ast.Module) -> Iterator[Edit]:
    """The line of a job that no other line names."""
    body = driver_of(tree).body
    known = set(map(id, starts(tree)))
    for statement in body:
        if isinstance(statement, ast.Expr) and id(statement.value) in known:
            yield lambda statement=statement: body.remove(statement)


def lost_rules(tree: ast.Module) -> Iterator[Edit]:
    body = driver_of(tree).body
    for statement in body:
        match statement:
            case ast.Expr(ast.Call(ast.Attribute(attr="succeeds_if" | "fails_if"))):
                yield lambda statement=statement: body.remove(statement)


def swapped_rules(tree: ast.Module) -> Iterator[Edit]:
    for node in ast.walk(driver_of(tree)):
        if isinstance(node, ast.Attribute) and node.attr in ("succeeds_if", "fails_if"):
            other = "fails_if" if node.attr == "succeeds_if" else "succeeds_if"
            yield lambda node=node, other=other: setattr(node, "attr", other)


def outside(tree: ast.Module) -> Iterator[Edit]:
    """A member of a box runs outside of it."""
    for call in starts(tree):
        holder = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(holder, ast.Name) and holder.id != "flow":
            yield lambda holder=holder: setattr(holder, "id", "flow")


def lost_options(tree: ast.Module) -> Iterator[Edit]:
    """What a flow, a box or a job is told beside its condition."""
    for word in ("terminators", "wait", "clock", "before", "tells", "after", "judge", "blocked"):
        for call, keyword in calls(driver_of(tree), word):
            yield lambda call=call, keyword=keyword: call.keywords.remove(keyword)


def lost_codes(tree: ast.Module) -> Iterator[Edit]:
    for word in ("success_codes", "fail_codes"):
        for call, keyword in calls(tree, word):
            yield lambda call=call, keyword=keyword: call.keywords.remove(keyword)


def wrong_crons(tree: ast.Module) -> Iterator[Edit]:
    for call in ast.walk(tree):
        match call:
            case ast.Call(ast.Attribute(attr="Cron"), [ast.Constant() as expression]):
                minute, _, rest = expression.value.partition(" ")
                changed = f"{'1' if minute != '1' else '2'} {rest}"
                yield lambda e=expression, changed=changed: setattr(e, "value", changed)


def wrong_time_zones(tree: ast.Module) -> Iterator[Edit]:
    for call, word in calls(tree, "timezone"):
        if ast.unparse(call.func) == "flyte.Cron":
            yield lambda word=word: setattr(word, "value", ast.Constant("Pacific/Chatham"))


def unasked_checks(tree: ast.Module) -> Iterator[Edit]:
    """A trigger does not say that its day is to be checked."""
    for call, word in calls(tree, "inputs"):
        if isinstance(word.value, ast.Dict) and len(word.value.keys) > 1:
            yield lambda call=call, word=word: call.keywords.remove(word)


def lost_triggers(tree: ast.Module) -> Iterator[Edit]:
    for call, word in calls(tree, "triggers"):
        yield lambda call=call, word=word: call.keywords.remove(word)


KINDS = (
    *(other_tests, dropped_terms, swapped_words, dropped_conditions, wrong_exit_codes),
    *(wrong_signs, lost_jobs, lost_rules, swapped_rules, outside, lost_options, lost_codes),
    *(lost_retries, lost_time_limits, short_time_limits),
    *(wrong_crons, wrong_time_zones, unasked_checks, lost_triggers),
)


def never_done(written: Written) -> set[str]:
    """The names of jobs that never run to a good end, and the functions of their tasks.

    They stand behind a job that has no translation, or behind a condition that never holds.
    """
    module = written.module
    helpers = render_runtime(module.form)
    rehearsal = rehearsal_of(written.path, helpers, roles_of(module), beside=written.beside)
    nodes, done = module.main.nodes, set[str]()
    for outcomes in ({}, *({node.job: outcome} for node in nodes for outcome in BAD if node.job)):
        _, records = rehearsal.run(rehearsal.workflows[module.name], Plan(outcomes=outcomes))
        good = (r for r in records.values() if r.phase is Phase.SUCCEEDED)
        done |= {r.node.id for r in good if not r.note and r.outputs.get("o0") not in NOT_DONE}
    left = [node for node in nodes if node.node_id not in done]
    return {word for node in left for word in (node.job, node.variable, node.entity) if word}


def parts(tree: ast.Module) -> dict[str, ast.stmt]:
    """The lines of the driver and the functions, by their texts."""
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    return {ast.unparse(part): part for part in (*driver_of(tree).body, *functions)}


def _subject(statement: ast.stmt) -> set[str]:
    """The job that a line is about, by its name or by its variable."""
    match statement:
        case ast.FunctionDef(name=name):
            return {name}
        case ast.Expr(call) | ast.Assign(value=call):
            match call:
                case ast.Call(ast.Attribute(), [ast.Constant(str(job)), *_]):
                    return {job}
                case ast.Call(ast.Attribute(ast.Name(box))):
                    return {box}
    return set()


def mutants(
    text: str, kind: Callable[[ast.Module], Iterator[Edit]], dead: set[str]
) -> Iterator[str]:
    """The module with one mistake of a kind each, none in lines about `dead` jobs."""
    found = []
    original = ast.parse(text)
    before = parts(original)
    for number in range(len(list(kind(original)))):
        tree = ast.parse(text)
        list(kind(tree))[number]()
        changed = (before[text] for text in before.keys() - parts(tree).keys())
        if dead.isdisjoint(set().union(*map(_subject, changed))):
            found.append(ast.unparse(ast.fix_missing_locations(tree)))
    yield from found[:: max(1, len(found) // MOST)]


@pytest.mark.parametrize("case", CASES)
def test_each_planted_mistake_is_found(case: str, tmp_path: Path) -> None:
    unseen = []
    for written in agreeing(case, tmp_path, "flyte2"):
        text, dead = written.path.read_text(encoding="utf-8"), never_done(written)
        scenarios = scenarios_of(written)
        for kind in KINDS:
            for number, mutant in enumerate(mutants(text, kind, dead)):
                written.path.write_text(mutant, encoding="utf-8")
                if is_unseen(written, scenarios):
                    unseen.append(f"{written.module.name} {kind.__name__} {number}")
        written.path.write_text(text, encoding="utf-8")
    assert sorted(unseen) == sorted(UNSEEN.get(case, []))


JOINED = """\
config: {failure.action: finish_all_possible}
nodes:
  - {name: first, type: command, config: {command: ./first.sh}}
  - name: second
    type: command
    dependsOn: [first]
    config: {command: ./second.sh}
  - name: third
    type: command
    condition: ${second:rows} <= 'null' || ${first:rows} == 1
    config: {command: ./third.sh}
"""


def test_a_job_that_does_not_wait_for_all_is_seen(tmp_path: Path) -> None:
    """Azkaban looks at a condition once all jobs that it names have ended.

    The value of a job that has not ended yet is not the text null.
    """
    source = tmp_path / "flows"
    source.mkdir()
    for name, text in {**SETTINGS, "f.flow": JOINED}.items():
        (source / name).write_text(text, encoding="utf-8")
    planned = read_estate([str(source)], settings=aiming_at("flyte2")).planned
    (written,) = write_modules(planned, tmp_path)
    assert is_unseen(written, scenarios_of(written))
    text = written.path.read_text(encoding="utf-8")
    written.path.write_text(text.replace(", joins=True", ""), encoding="utf-8")
    verdict = verify_module(written, 150, 0)
    assert {found.difference.emitted for found in verdict.disagreements} == {
        "before the end of second"
    }
