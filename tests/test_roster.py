"""The states of boxes that report none, from the states of their members, as tables."""

import pytest

from transpile.model.outcome import NOT_RUN, Ending, State
from transpile.proof.blueprint import Node, Task
from transpile.proof.executions import Phase, Record
from transpile.proof.roster import Entry, Found, Roster, box_states
from transpile.targets.flyte.model import NodeRole

GOOD = Ending(State.SUCCEEDED, 0, 1)
BAD = Ending(State.FAILED, 3, 1)
KILLED = Ending(State.TERMINATED, None, 1)


def record(role: NodeRole, job: str, phase: Phase, **outputs: str) -> Record:
    target = Task(job, None, (), ("o0",), 0, 0.0)
    node = Node(job, job, (), {}, target, 0, 0.0, role=role, job=job)
    return Record(node, f"{role.value} {job}", phase, outputs=dict(outputs))


def found(*records: Record) -> Found:
    return Found({each.path: each for each in records})


REACHED = (
    record(NodeRole.BOX, "IN", Phase.RUNNING),
    record(NodeRole.JOB, "A", Phase.SUCCEEDED, o0="FAILURE 3"),
)
"""The records of a run that enters the inner box and starts A, which is watched."""

MEMBERS = {
    "all members succeed": ({"A": GOOD, "B": GOOD}, State.SUCCEEDED),
    "a member fails": ({"A": GOOD, "B": BAD}, State.FAILED),
    "a member is killed": ({"A": KILLED, "B": GOOD}, State.FAILED),
    "a member does not run": ({"A": GOOD, "B": NOT_RUN}, State.UNFINISHED),
    "one fails, one does not run": ({"A": BAD, "B": NOT_RUN}, State.UNFINISHED),
    "the started member is skipped": ({"A": NOT_RUN, "B": NOT_RUN}, State.UNFINISHED),
    "the terminator fails": ({"A": GOOD, "END": BAD}, State.TERMINATED),
    "the terminator is killed": ({"A": GOOD, "END": KILLED}, State.TERMINATED),
    "the terminator fails, one does not run": ({"A": NOT_RUN, "END": BAD}, State.TERMINATED),
    "the terminator succeeds": ({"A": BAD, "END": GOOD}, State.FAILED),
    "the terminator does not run": ({"A": BAD, "END": NOT_RUN}, State.UNFINISHED),
    "a member on ice does not count": ({"A": GOOD, "ICE": NOT_RUN}, State.SUCCEEDED),
    "a failure on ice does not count": ({"A": GOOD, "ICE": BAD}, State.SUCCEEDED),
}


@pytest.mark.parametrize("case", MEMBERS)
def test_states_of_members(case: str) -> None:
    endings, expected = MEMBERS[case]
    roster: Roster = {"BOX": Entry(is_box=True)} | {
        name: Entry("BOX", counts=name != "ICE", terminates_box=name == "END") for name in endings
    }
    assert box_states(roster, endings, found(*REACHED)) == {"BOX": expected}


NESTED: Roster = {
    "OUT": Entry(is_box=True),
    "IN": Entry("OUT", is_box=True, terminates_box=True),
    "A": Entry("IN"),
    "B": Entry("OUT"),
}
"""A box in a box, which it terminates."""

BOXES = {
    "nothing starts": ((), NOT_RUN, NOT_RUN, State.NOT_RUN, State.NOT_RUN),
    "not reached": (
        (record(NodeRole.JOB, "A", Phase.NOT_REACHED),),
        *(NOT_RUN, NOT_RUN, State.NOT_RUN, State.NOT_RUN),
    ),
    "both succeed": (REACHED, GOOD, GOOD, State.SUCCEEDED, State.SUCCEEDED),
    "the inner box fails": (REACHED, BAD, GOOD, State.FAILED, State.TERMINATED),
    "the outer member fails": (REACHED, GOOD, BAD, State.SUCCEEDED, State.FAILED),
    "the inner box never completes": (
        *(REACHED, NOT_RUN, GOOD, State.UNFINISHED, State.UNFINISHED),
    ),
    "the inner box does not start": ((), NOT_RUN, GOOD, State.NOT_RUN, State.UNFINISHED),
    "the run enters the inner box only": (
        *(REACHED[:1], NOT_RUN, NOT_RUN, State.NOT_RUN, State.UNFINISHED),
    ),
    "a branch around a job starts": (
        (record(NodeRole.BRANCH, "A", Phase.RUNNING),),
        *(NOT_RUN, NOT_RUN, State.UNFINISHED, State.UNFINISHED),
    ),
    "the inner box reports a status": (
        (*REACHED, record(NodeRole.END, "IN", Phase.SUCCEEDED, o0="SUCCESS")),
        *(BAD, GOOD, State.SUCCEEDED, State.SUCCEEDED),
    ),
    "the end of the inner box fails": (
        (*REACHED, record(NodeRole.END, "IN", Phase.FAILED, o0="SUCCESS")),
        *(BAD, GOOD, State.FAILED, State.TERMINATED),
    ),
}


@pytest.mark.parametrize("case", BOXES)
def test_boxes_in_boxes(case: str) -> None:
    records, first, second, inner, outer = BOXES[case]
    states = box_states(NESTED, {"A": first, "B": second}, found(*records))
    assert states == {"IN": inner, "OUT": outer}
