"""Which legacy job each node stands for, and how the jobs of a run ended."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transpile.model import Facts, InitialStatus, Kind
from transpile.model.outcome import ENDED, NOT_RUN, Ending, State
from transpile.proof.blueprint import Branch, Node, Workflow
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

_BESIDE_JOBS = re.compile(r" \((start|end|check|result|failure|run day|answer)\)\Z")
"""Labels of nodes that stand for no job."""

_PART = re.compile(r" \(part \d+\)\Z")
"""Labels of workflows that are no boxes: what is in them is of the workflow around them."""

_STATES = {
    SUCCESS: State.SUCCEEDED,
    FAILURE: State.FAILED,
    TERMINATED: State.TERMINATED,
    SKIPPED: State.NOT_RUN,
    RUNNING: State.UNFINISHED,
    ABORTED: State.FAILED,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A legacy job of a workflow: the box that it is in, and what a box must know of it."""

    box: str | None = None
    is_box: bool = False
    counts: bool = True
    terminates_box: bool = False


Roster = dict[str, Entry]
"""The legacy jobs of a workflow by name, boxes before their members."""


def roster_of(network: Facts) -> Roster:
    """The roster of all jobs of the network."""
    jobs = (network.jobs[name] for name in network.order)
    return {
        job.name: Entry(
            box=job.box,
            is_box=job.kind is Kind.BOX and bool(network.members.get(job.name)),
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


def labelled_roster(workflow: Workflow, box: str | None = None) -> Roster:
    """What the nodes say about themselves, where nothing else is known."""
    found: Roster = {}
    for node in workflow.nodes:
        if isinstance(node.target, Branch):
            for chosen in node.target.nodes:
                if isinstance(chosen.target, Workflow):
                    found.update(labelled_roster(chosen.target, box))
        elif isinstance(node.target, Workflow) and is_part(node):
            found.update(labelled_roster(node.target, box))
        elif isinstance(node.target, Workflow) and not node.target.is_job:
            found[node.label] = Entry(box, is_box=True)
            found.update(labelled_roster(node.target, node.label))
        elif not _BESIDE_JOBS.search(node.label):
            found[node.label] = Entry(box)
    return found


def is_part(node: Node) -> bool:
    """True for a workflow that is a part of the one around it."""
    return isinstance(node.target, Workflow) and _PART.search(node.label) is not None


def by_label(records: Mapping[str, Record]) -> dict[str, Record]:
    """The records by the names of their nodes.

    What is in a sub-workflow that was not entered has none of its own, but that one's.
    """
    found: dict[str, Record] = {}
    for record in records.values():
        found[record.node.label] = record
        if record.phase is Phase.NOT_REACHED:
            found |= dict.fromkeys(_labels_inside(record.node), record)
    return found


def _labels_inside(node: Node) -> Iterator[str]:
    for inner in node.target.nodes if isinstance(node.target, Workflow) else ():
        yield inner.label
        yield from _labels_inside(inner)


def ending_of(record: Record | None) -> Ending:
    """How the job of a task node ended."""
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
            # What aborts the whole says only that.
            state = State.TERMINATED
        code = attempts.exit_code if attempts.count else 0
        return Ending(state, code, attempts.count)
    if attempts.blocked:
        return NOT_RUN
    state = State.TERMINATED if attempts.killed else State.FAILED
    return Ending(state, attempts.exit_code, attempts.count)


def _state(status: str) -> State:
    return _STATES.get(Status.parse(status).word, State.SUCCEEDED)


def reported_boxes(found: Mapping[str, Record]) -> dict[str, State]:
    """The states of boxes that report one at their end."""
    states: dict[str, State] = {}
    for label, record in found.items():
        if label.endswith(" (end)") and record.phase is Phase.SUCCEEDED:
            status = record.outputs.get("o0")
            if isinstance(status, str):
                states[label.removesuffix(" (end)")] = _state(status)
    return states


def box_states(
    roster: Roster, endings: Mapping[str, Ending], found: Mapping[str, Record]
) -> dict[str, State]:
    """The states of all boxes: as reported, or from the states of their members.

    A box that reports none counts as started when one of its members was reached.
    """
    states = reported_boxes(found)
    members: dict[str, list[str]] = {}
    for name, entry in roster.items():
        if entry.box is not None and entry.counts:
            members.setdefault(entry.box, []).append(name)
    for box in reversed([name for name, entry in roster.items() if entry.is_box]):
        if box in states:
            continue
        inner = {n: endings[n].state if n in endings else states[n] for n in members.get(box, ())}
        reached = any(_is_reached(found.get(n)) or s is not State.NOT_RUN for n, s in inner.items())
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


def _is_reached(record: Record | None) -> bool:
    return record is not None and record.phase is not Phase.NOT_REACHED
