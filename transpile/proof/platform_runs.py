"""The runs of jobs and boxes in one execution of a workflow."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transpile.model.outcome import Ending, State
from transpile.proof.beginnings import Beginnings
from transpile.proof.executions import Phase, Record
from transpile.proof.plays import Part, Play
from transpile.proof.roster import WALLS, Found, ending_of
from transpile.runtime.statuses import SKIPPED, Status
from transpile.targets.flyte.model import NodeRole

_FINAL = (Phase.SUCCEEDED, Phase.FAILED, Phase.ABORTED)
_AFTERWARDS = (
    NodeRole.END,
    NodeRole.CHECK,
    NodeRole.TELL,
    NodeRole.LEGACY_END,
    NodeRole.SKIP,
    NodeRole.FAILURE,
)
"""The roles of nodes whose start says nothing about that of the job or box."""

_MOST_KNOWN = 100
"""Maximum number of ends of one workflow whose box states are kept."""

_BOXES = (NodeRole.START, NodeRole.BOX, NodeRole.END)
_NOTED = (*_BOXES, NodeRole.WAIT)
_DECIDING = (NodeRole.JOB, NodeRole.WAIT, *_BOXES, *WALLS, NodeRole.WORKFLOW)
"""The roles of nodes that decide about the states of boxes."""


@dataclass(frozen=True, slots=True)
class FoundRun:
    """A run of a job or box; times are seconds, `number` is 0 if nobody asked how it ends.

    A run that goes on has neither end nor state.
    """

    job: str
    start: float
    end: float | None = None
    state: State | None = None
    code: int | None = None
    number: int = 0


class RunsOf:
    """Finds the runs in executions of one workflow."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._roster = part.roster
        self._boxes = [name for name, entry in part.roster.items() if entry.is_box][::-1]
        self._members: dict[str, list[str]] = {}
        for name, entry in part.roster.items():
            if entry.box is not None:
                self._members.setdefault(entry.box, []).append(name)
        self._beginnings = Beginnings(part.workflow, part.roster)
        self._states: dict[object, dict[str, State]] = {}

    def of(self, play: Play) -> list[FoundRun]:
        """The runs in an execution, those of boxes before those of their members."""
        seen = _Seen(play, self._beginnings)
        leaves = seen.leaves()
        if not self._boxes:
            return [leaves[name] for name in self._roster if name in leaves]
        states = self._states_of(play, seen)
        found: dict[str, FoundRun] = dict(leaves)
        for name in self._boxes:
            box = self._box(name, states.get(name, State.NOT_RUN), seen, found, play)
            if box is not None:
                found[name] = box
        return [found[name] for name in self._roster if name in found]

    def _box(
        self,
        name: str,
        state: State,
        seen: "_Seen",
        found: Mapping[str, FoundRun],
        play: Play,
    ) -> FoundRun | None:
        """The run of a box; None if it has not started."""
        members = self._members.get(name, ())
        start, box = seen.nodes.get((NodeRole.START, name)), seen.nodes.get((NodeRole.BOX, name))
        end = seen.nodes.get((NodeRole.END, name))
        begun: float | None
        if start is not None:
            begun = start.end if _has_started(start) else None
        elif box is not None:
            begun = box.start
        elif name in self._beginnings.starts:
            begun = None
        else:
            begun = min((seen.first[m] for m in members if m in seen.first), default=None)
        if begun is None:
            # A box around it has begun, if this one waits for other workflows.
            if (NodeRole.WAIT, name) not in seen.nodes:
                seen.first.pop(name, None)
            return None
        # A box around it has begun with its wait.
        waited = seen.first.get(name, begun) if (NodeRole.WAIT, name) in seen.nodes else begun
        seen.first[name] = min(begun, waited)
        over = [seen.last[m] for m in members if m in seen.last]
        over += [end.end] if end is not None and end.end is not None else []
        if not play.is_over and not self._is_closed(members, end or box, found):
            return FoundRun(name, begun)
        if state is State.NOT_RUN:
            return None
        if not over:
            fallback = box.end if box is not None else play.ended
            over = [begun if fallback is None else fallback]
        seen.last[name] = max(begun, *over)
        return FoundRun(name, begun, seen.last[name], state)

    def _is_closed(
        self, members: "list[str] | tuple[()]", last: Record | None, found: Mapping[str, FoundRun]
    ) -> bool:
        """True if a box has ended, though its workflow goes on."""
        if last is not None:
            return last.phase in _FINAL
        counted = [m for m in members if self._roster[m].counts]
        return all(m in found and found[m].end is not None for m in counted)

    def _states_of(self, play: Play, seen: "_Seen") -> dict[str, State]:
        """The states of the boxes; executions in which all ends the same share them."""
        key = seen.key()
        known = self._states.get(key)
        if known is None:
            if len(self._states) >= _MOST_KNOWN:
                self._states.clear()
            leaves = (name for name, entry in self._roster.items() if not entry.is_box)
            endings = {name: ending_of(seen.jobs.get(name)) for name in leaves}
            known = self._states[key] = self._part.states(endings, Found(play.records))
        return known


class _Seen:
    """The nodes of an execution: those of jobs and of boxes, and when each job or box began.

    `last` has the ends of jobs and boxes that have ended.
    """

    def __init__(self, play: Play, beginnings: Beginnings) -> None:
        self.jobs: dict[str, Record] = {}
        self.nodes: dict[tuple[NodeRole, str], Record] = {}
        self.first: dict[str, float] = {}
        self.last: dict[str, float] = {}
        self._deciding: list[Record] = []
        for record in play.records.values():
            job, role, start = record.node.job, record.node.role, record.start
            if job is None or role is None or record.phase is Phase.NOT_REACHED:
                continue
            if role is NodeRole.JOB:
                self.jobs[job] = record
            elif role in _NOTED:
                self.nodes[role, job] = record
            if role in _DECIDING:
                self._deciding.append(record)
            if start is None or role in _AFTERWARDS or id(record.node) in beginnings.early:
                continue
            if beginnings.counts(record.node):
                self.first[job] = min(start, self.first.get(job, math.inf))

    def leaves(self) -> dict[str, FoundRun]:
        """The runs of jobs."""
        found = {n: run for n, record in self.jobs.items() if (run := _leaf(n, record)) is not None}
        self.last = {name: run.end for name, run in found.items() if run.end is not None}
        return found

    def key(self) -> tuple[Any, ...]:
        """What the states of boxes may depend on."""
        return tuple(map(_sign, self._deciding))


def _leaf(name: str, record: Record) -> FoundRun | None:
    """The run of a job; None if it did not run."""
    attempts, start = record.attempts, record.start
    if attempts is None or start is None:
        return None
    if record.phase is Phase.RUNNING:
        return FoundRun(name, start, number=attempts.number)
    ending: Ending = ending_of(record)
    if ending.state is State.NOT_RUN:
        return None
    code = None if ending.state is State.TERMINATED else ending.exit_code
    return FoundRun(name, start, record.end, ending.state, code, attempts.number)


def _has_started(start: Record) -> bool:
    status = start.outputs.get("o0")
    skipped = isinstance(status, str) and Status.parse(status).word == SKIPPED
    return start.phase is Phase.SUCCEEDED and not skipped


def _sign(record: Record) -> tuple[Any, ...]:
    """What the state of a box may depend on."""
    attempts, output = record.attempts, record.outputs.get("o0")
    told = output if isinstance(output, str | int) else None
    # The phase by its value, whose hash is fast.
    plain = record.path, record.phase.value, told
    if attempts is None:
        return plain
    return *plain, attempts.exit_code, attempts.killed, attempts.blocked, attempts.count


def tops(part: Part) -> Iterator[str]:
    """The jobs and boxes of a workflow that are in no box."""
    return (name for name, entry in part.roster.items() if entry.box is None)
