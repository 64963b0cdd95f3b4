"""The simulator of the platform against tables that were computed by hand.

The rules are those measured on a real control plane: nodes start when all above have succeeded;
the policy of the root rules every sub-workflow; only recoverable errors are retried; a lost
container is tried again beside the retries; a node dies at twice its timeout; a launched workflow
has a policy and places of its own; handlers run when all nodes have ended.
"""

from typing import Any

import pytest

from tests.rehearsed import MODULE
from transpile.model.outcome import KILLED, Outcome
from transpile.proof.rehearse import Plan, Rehearsal
from transpile.targets.flyte.model import NodeRole
from transpile.targets.printing import render_runtime


class ById(dict[tuple[str, str], tuple[NodeRole, str]]):
    """The roles of nodes that each run the job called like their id."""

    def get(self, key: tuple[str, str], default: Any = None) -> Any:
        return NodeRole.JOB, key[1]


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    path = tmp_path_factory.mktemp("flows") / "flows.py"
    path.write_text(MODULE, encoding="utf-8")
    return Rehearsal(path, render_runtime(), ById())


Rows = dict[str, tuple[str, float | None, float | None, int]]
"""Phase, start, end and number of attempts of each node, by its path."""

FAILS, GOOD, NOTHING = Outcome((1,)), "succeeded", ("not reached", None, None, 0)
SECONDS = {"a": 2, "d": 4}

TABLE: dict[str, tuple[str, dict[str, Any], bool, Rows]] = {
    # Each node starts at the end of the last one above it.
    "order": (
        "goes_on",
        {"seconds": {**SECONDS, "b": 3}},
        True,
        {"a": (GOOD, 0, 2, 1), "b": (GOOD, 2, 5, 1), "d": (GOOD, 0, 4, 1), "e": (GOOD, 4, 5, 1)},
    ),
    "the slower side counts": (
        "diamond",
        {"seconds": {"left": 5, "right": 2}},
        True,
        {
            "top": (GOOD, 0, 1, 1),
            "left": (GOOD, 1, 6, 1),
            "right": (GOOD, 1, 3, 1),
            "bottom": (GOOD, 6, 7, 1),
        },
    ),
    "one side fails": (
        "diamond",
        {"outcomes": {"left": FAILS}, "seconds": {"right": 2}},
        False,
        {
            "top": (GOOD, 0, 1, 1),
            "left": ("failed", 1, 2, 1),
            "right": (GOOD, 1, 3, 1),
            "bottom": NOTHING,
        },
    ),
    # Section 18, failure policy.
    "the rest goes on": (
        "goes_on",
        {"outcomes": {"a": FAILS}, "seconds": SECONDS},
        False,
        {"a": ("failed", 0, 2, 1), "b": NOTHING, "d": (GOOD, 0, 4, 1), "e": (GOOD, 4, 5, 1)},
    ),
    "the first failure stops the rest": (
        "stops",
        {"outcomes": {"a": FAILS}, "seconds": SECONDS},
        False,
        {"a": ("failed", 0, 2, 1), "b": NOTHING, "d": ("aborted", 0, 4, 1), "e": NOTHING},
    ),
    "what ended before the failure stays": (
        "stops",
        {"outcomes": {"a": FAILS}, "seconds": {"a": 6, "d": 4}},
        False,
        {"a": ("failed", 0, 6, 1), "b": NOTHING, "d": (GOOD, 0, 4, 1), "e": (GOOD, 4, 5, 1)},
    ),
    # Section 5: recoverable errors are retried, others are not.
    "retries": (
        "retrying",
        {"outcomes": {"again": Outcome((1, 1, 0)), "plain": FAILS}, "seconds": {"again": 3}},
        False,
        {
            "plain": ("failed", 0, 1, 1),
            "again": (GOOD, 0, 9, 3),
            "limited": (GOOD, 0, 1, 1),
            "twice": (GOOD, 0, 1, 1),
        },
    ),
    "retries run out, and a kill is not retried": (
        "retrying",
        {"outcomes": {"again": FAILS, "twice": Outcome((KILLED,))}},
        False,
        {
            "plain": (GOOD, 0, 1, 1),
            "again": ("failed", 0, 3, 3),
            "limited": (GOOD, 0, 1, 1),
            "twice": ("failed", 0, 1, 1),
        },
    ),
    # Section 18, lost containers: three more tries, beside the retries.
    "lost containers": (
        "retrying",
        {
            "outcomes": {"again": FAILS},
            "lost": {"plain": 3, "again": 1, "twice": 4},
            "system_retries": 3,
        },
        False,
        {
            "plain": (GOOD, 0, 4, 4),
            "again": ("failed", 0, 4, 4),
            "limited": (GOOD, 0, 1, 1),
            "twice": ("failed", 0, 4, 4),
        },
    ),
    # Section 18, time limits: an attempt ends at its timeout, the node at twice its timeout.
    "timeouts": (
        "retrying",
        {"outcomes": {"limited": FAILS}, "seconds": {"limited": 4, "twice": 11}},
        False,
        {
            "plain": (GOOD, 0, 1, 1),
            "again": (GOOD, 0, 1, 1),
            "limited": ("failed", 0, 20, 5),
            "twice": ("failed", 0, 20, 2),
        },
    ),
    "an attempt of exactly its timeout is in time": (
        "retrying",
        {"outcomes": {"twice": Outcome((1, 0))}, "seconds": {"limited": 10, "twice": 10}},
        True,
        {
            "plain": (GOOD, 0, 1, 1),
            "again": (GOOD, 0, 1, 1),
            "limited": (GOOD, 0, 10, 1),
            "twice": (GOOD, 0, 20, 2),
        },
    ),
    "a task repeats its command, up to its timeout": (
        "reporting",
        {"outcomes": {"inside": FAILS, "cut": FAILS}, "seconds": {"inside": 3, "cut": 3}},
        True,
        {"cut": (GOOD, 0, 9, 3), "inside": (GOOD, 0, 9, 3)},
    ),
    "a time limit of a command kills it, a timeout the task": (
        "reporting",
        {"outcomes": {"inside": FAILS}, "seconds": {"inside": 4, "cut": 4}},
        False,
        {"cut": (GOOD, 0, 3, 1), "inside": ("failed", 0, 10, 3)},
    ),
    "two places": (
        "wide",
        {"parallel": 2, "seconds": {"a": 1, "b": 2, "c": 3, "d": 4}},
        True,
        {"a": (GOOD, 0, 1, 1), "b": (GOOD, 0, 2, 1), "c": (GOOD, 1, 4, 1), "d": (GOOD, 2, 6, 1)},
    ),
    # A retry queues behind what waits.
    "a retry gives up its place": (
        "retrying",
        {"parallel": 1, "outcomes": {"again": Outcome((1, 0))}},
        True,
        {
            "plain": (GOOD, 0, 1, 1),
            "again": (GOOD, 1, 5, 2),
            "limited": (GOOD, 2, 3, 1),
            "twice": (GOOD, 3, 4, 1),
        },
    ),
    # Section 18: the root's policy rules; that of a sub-workflow does not count.
    "a sub-workflow goes on with its root": (
        "outer_goes_on",
        {"outcomes": {"a": FAILS}, "seconds": SECONDS},
        False,
        {
            "x": (GOOD, 0, 1, 1),
            "z": (GOOD, 0, 1, 1),
            "box": ("failed", 1, 6, 0),
            "box/a": ("failed", 1, 3, 1),
            "box/b": NOTHING,
            "box/d": (GOOD, 1, 5, 1),
            "box/e": (GOOD, 5, 6, 1),
            "y": NOTHING,
        },
    ),
    "a sub-workflow stops with its root": (
        "outer_stops",
        {"outcomes": {"a": FAILS}, "seconds": {**SECONDS, "z": 9}},
        False,
        {
            "x": (GOOD, 0, 1, 1),
            "z": ("aborted", 0, 9, 1),
            "box": ("failed", 1, 5, 0),
            "box/a": ("failed", 1, 3, 1),
            "box/b": NOTHING,
            "box/d": ("aborted", 1, 5, 1),
            "box/e": NOTHING,
            "y": NOTHING,
        },
    ),
    "a sub-workflow": (
        "outer_goes_on",
        {"seconds": SECONDS},
        True,
        {
            "x": (GOOD, 0, 1, 1),
            "z": (GOOD, 0, 1, 1),
            "box": (GOOD, 1, 6, 0),
            "box/a": (GOOD, 1, 3, 1),
            "box/b": (GOOD, 3, 4, 1),
            "box/d": (GOOD, 1, 5, 1),
            "box/e": (GOOD, 5, 6, 1),
            "y": (GOOD, 6, 7, 1),
        },
    ),
    # Launch-plan nodes are roots of their own: the child stops, the parent goes on.
    "a launched workflow has its own policy": (
        "parent",
        {"outcomes": {"a": FAILS}, "seconds": {**SECONDS, "z": 9}},
        False,
        {
            "child": ("failed", 0, 4, 0),
            "child/a": ("failed", 0, 2, 1),
            "child/b": NOTHING,
            "child/d": ("aborted", 0, 4, 1),
            "child/e": NOTHING,
            "z": (GOOD, 0, 9, 1),
            "y": NOTHING,
        },
    ),
    "a launched workflow ends with the one that launched it": (
        "strict",
        {"outcomes": {"z": FAILS}, "seconds": SECONDS},
        False,
        {
            "calm": ("aborted", 0, 4, 0),
            "calm/a": ("aborted", 0, 2, 1),
            "calm/b": NOTHING,
            "calm/d": ("aborted", 0, 4, 1),
            "calm/e": NOTHING,
            "z": ("failed", 0, 1, 1),
        },
    ),
    "a launched workflow takes one place and has its own": (
        "parent",
        {"parallel": 1, "seconds": SECONDS},
        True,
        {
            "child": (GOOD, 0, 8, 0),
            "child/a": (GOOD, 0, 2, 1),
            "child/d": (GOOD, 2, 6, 1),
            "child/b": (GOOD, 6, 7, 1),
            "child/e": (GOOD, 7, 8, 1),
            "z": (GOOD, 8, 9, 1),
            "y": (GOOD, 9, 10, 1),
        },
    ),
    "the first case": (
        "branching",
        {"outcomes": {"first": Outcome((3,)), "n0/n0": Outcome((1, 0))}},
        True,
        {
            "first": (GOOD, 0, 1, 1),
            "chosen": (GOOD, 1, 3, 0),
            "chosen/n0": (GOOD, 1, 3, 0),
            "chosen/n0/n0": (GOOD, 1, 3, 2),
            "last": (GOOD, 3, 4, 1),
        },
    ),
    "else": (
        "branching",
        {"outcomes": {"first": FAILS, "n0/n1": FAILS}},
        False,
        {
            "first": (GOOD, 0, 1, 1),
            "chosen": ("failed", 1, 2, 0),
            "chosen/n0": ("failed", 1, 2, 0),
            "chosen/n0/n1": ("failed", 1, 2, 1),
            "last": NOTHING,
        },
    ),
    # A gate waits without a pod and takes no place.
    "a gate takes no place": (
        "gated",
        {"parallel": 1, "seconds": {"beside": 5}},
        True,
        {
            "gate": (GOOD, 0, 6, 0),
            "gate/n0": (GOOD, 0, 0, 0),
            "gate/n1": (GOOD, 5, 6, 1),
            "beside": (GOOD, 0, 5, 1),
        },
    ),
    # Handlers run after all nodes ended.
    "a failure handler": (
        "handled",
        {"outcomes": {"a": FAILS}, "seconds": {"b": 5}},
        False,
        {"a": ("failed", 0, 1, 1), "b": (GOOD, 0, 5, 1), "tell": (GOOD, 5, 6, 1)},
    ),
    # The policy that stops the workflow stops neither its handler nor what is inside it.
    "a handler of a workflow that was stopped": (
        "stopped",
        {"outcomes": {"a": FAILS}, "seconds": SECONDS},
        False,
        {
            "a": ("failed", 0, 2, 1),
            "b": NOTHING,
            "d": ("aborted", 0, 4, 1),
            "e": NOTHING,
            "tell": (GOOD, 4, 6, 0),
            "tell/one": (GOOD, 4, 5, 1),
            "tell/two": (GOOD, 5, 6, 1),
        },
    ),
    "no failure, no handler": (
        "handled",
        {},
        True,
        {"a": (GOOD, 0, 1, 1), "b": (GOOD, 0, 1, 1)},
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_run_is_as_computed_by_hand(rehearsal: Rehearsal, name: str) -> None:
    variable, told, succeeds, expected = TABLE[name]
    good, records = rehearsal.run(rehearsal.workflows[variable], Plan(**told))
    found = {
        path: (r.phase.value, r.start, r.end, r.attempts.count if r.attempts else 0)
        for path, r in records.items()
    }
    assert found == expected
    assert good is succeeds
