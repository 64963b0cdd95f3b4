"""Relates the nodes of a run to legacy jobs: which jobs there are, and how each ended."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transpile.model import Facts, InitialStatus, Kind
from transpile.model.outcome import ENDED, NOT_RUN, Ending, State
from transpile.proof.blueprint import Node, Workflow
from transpile.proof.executions import Phase, Record
from transpile.runtime.statuses import (
    ABORTED,
    FAILURE,
    RUNNING,
    SKIPPED,
    SUCCESS,
    TERMINATED,
    Status,
)
from transpile.targets.flyte.model import NodeRole

_STATES = {
    SUCCESS: State.SUCCEEDED,
    FAILURE: State.FAILED,
    TERMINATED: State.TERMINATED,
    SKIPPED: State.NOT_RUN,
    RUNNING: State.UNFINISHED,
    ABORTED: State.FAILED,
}

WALLS = (NodeRole.BRANCH, NodeRole.APPROVAL)
"""The roles of nodes around the node that runs the job."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A legacy job: its box, and what decides about the state of that box.

    A job that does not count (it is on ice) is ignored by its box.
    """

    box: str | None = None
    is_box: bool = False
    counts: bool = True
    terminates_box: bool = False


Roster = dict[str, Entry]
"""The legacy jobs of a workflow by name, boxes before their members."""


def roster_of(facts: Facts) -> Roster:
    """The roster of the jobs in all workflows."""
    jobs = (facts.jobs[name] for name in facts.order)
    return {
        job.name: Entry(
            box=job.box,
            is_box=job.kind is Kind.BOX and bool(facts.members.get(job.name)),
            counts=job.status is not InitialStatus.ON_ICE,
            terminates_box=job.terminates_box,
        )
        for job in jobs
    }


def reported_roster(rows: Iterable[Mapping[str, Any]]) -> Roster:
    """The roster of jobs as report.json has them."""
    found = list(rows)
    filled = {row.get("box") for row in found}
    return {
        row["name"]: Entry(
            box=row.get("box"),
            is_box=row.get("kind") == Kind.BOX.value and row["name"] in filled,
            counts=not row.get("on_ice", False),
            terminates_box=row.get("terminates_box", False),
        )
        for row in found
    }


class Found:
    """The records of a run by job and role.

    A node inside a sub-workflow that did not start has the record of that sub-workflow.
    """

    def __init__(self, records: Mapping[str, Record]) -> None:
        self._records: dict[tuple[NodeRole | None, str | None], Record] = {}
        for record in records.values():
            nodes = [record.node]
            if record.phase is Phase.NOT_REACHED:
                nodes += _inside(record.node)
            for node in nodes:
                self._records[node.role, node.job] = record

    def of(self, job: str, *roles: NodeRole) -> Record | None:
        """The record of the job's node in the first of these roles that the run has."""
        found = (self._records.get((role, job)) for role in roles)
        return next((record for record in found if record), None)

    def has(self, role: NodeRole) -> bool:
        """True if a node of the run has this role."""
        return any(known is role for known, _ in self._records)

    def job(self, name: str) -> Record | None:
        """The record of the node that runs the job, else of the node around it."""
        return self.of(name, NodeRole.JOB, *WALLS)

    def boxes(self) -> dict[str, State]:
        """The states of boxes whose end node reports one, or whose wait keeps them from starting.

        Jobs that wait are in it, too.
        """
        states: dict[str, State] = {}
        for (role, box), record in self._records.items():
            if role is NodeRole.WAIT and record.phase is not Phase.SUCCEEDED:
                states[str(box)] = State.NOT_RUN
            status = record.outputs.get("o0")
            if role is NodeRole.END and record.phase is Phase.SUCCEEDED and isinstance(status, str):
                states[str(box)] = _state(status)
        return states


def _inside(node: Node) -> Iterator[Node]:
    for inner in node.target.nodes if isinstance(node.target, Workflow) else ():
        yield inner
        yield from _inside(inner)


def ending_of(record: Record | None) -> Ending:
    """How a job ended, by the record of its node."""
    attempts = record.attempts if record else None
    if record is None or attempts is None or record.phase is Phase.NOT_REACHED:
        return NOT_RUN
    if record.phase is Phase.ABORTED:
        return Ending(State.TERMINATED, None, attempts.count)
    if record.phase is Phase.SUCCEEDED:
        status = record.outputs.get("o0")
        state = _state(status) if isinstance(status, str) else State.SUCCEEDED
        if state is State.NOT_RUN:
            return NOT_RUN
        if state is State.FAILED and attempts.killed:
            # A node that aborts its DAG returns this status after a kill, too.
            state = State.TERMINATED
        code = attempts.exit_code if attempts.count else 0
        return Ending(state, code, attempts.count)
    if attempts.blocked:
        return NOT_RUN
    state = State.TERMINATED if attempts.killed else State.FAILED
    return Ending(state, attempts.exit_code, attempts.count)


def _state(status: str) -> State:
    return _STATES.get(Status.parse(status).word, State.SUCCEEDED)


def box_states(roster: Roster, endings: Mapping[str, Ending], found: Found) -> dict[str, State]:
    """The states of all boxes: as reported, else computed from the states of their members.

    A box without a report has started if one of its members was reached.
    """
    states = found.boxes()
    members: dict[str, list[str]] = {}
    for name, entry in roster.items():
        if entry.box is not None and entry.counts:
            members.setdefault(entry.box, []).append(name)
    for box in reversed([name for name, entry in roster.items() if entry.is_box]):
        if box in states:
            continue
        inner = {n: endings[n].state if n in endings else states[n] for n in members.get(box, ())}
        reached = any(_is_reached(n, found) or s is not State.NOT_RUN for n, s in inner.items())
        bad = {n for n, s in inner.items() if s in (State.FAILED, State.TERMINATED)}
        if not reached:
            states[box] = State.NOT_RUN
        elif any(roster[name].terminates_box for name in bad):
            states[box] = State.TERMINATED
        elif not ENDED.issuperset(inner.values()):
            states[box] = State.UNFINISHED
        else:
            states[box] = State.FAILED if bad else State.SUCCEEDED
    return states


def _is_reached(name: str, found: Found) -> bool:
    record = found.of(name, NodeRole.JOB, *WALLS, NodeRole.BOX)
    return record is not None and record.phase is not Phase.NOT_REACHED
