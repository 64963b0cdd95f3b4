"""Summarises a run by legacy job: how each ended, when, and why it did not run."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.model.outcome import Ending, State
from transpile.proof.blueprint import Branch, Node, Task, Workflow
from transpile.proof.bodies import explain
from transpile.proof.executions import Phase, Record
from transpile.proof.rehearse import Rehearsal
from transpile.proof.roster import WALLS, Found, Roster, ending_of
from transpile.targets.flyte.model import NodeRole

BoxStates = Callable[[Mapping[str, Ending], Found], dict[str, State]]
"""The states of boxes, from the endings of jobs and the records of their nodes."""

STOPPED = "the failure policy stopped the workflow before"


@dataclass(frozen=True, slots=True)
class JobResult:
    """How a job ended, and why. Times are seconds since the start of the run, None if not run."""

    ending: Ending
    start: float | None = None
    end: float | None = None
    why: str | None = None


@dataclass(slots=True)
class Result:
    """The result of one run of a workflow."""

    workflow: str
    succeeded: bool
    jobs: dict[str, JobResult] = field(default_factory=dict)
    critical_path: list[str] = field(default_factory=list)


def summarise(
    rehearsal: Rehearsal,
    workflow: Workflow,
    roster: Roster,
    box_states: BoxStates,
    outcome: tuple[bool, Mapping[str, Record]],
) -> Result:
    """The result of a run, for the jobs of the roster."""
    good, records = outcome
    found = Found(records)
    causes = _Causes(rehearsal, records)
    leaves = [name for name, entry in roster.items() if not entry.is_box]
    endings = {name: ending_of(found.job(name)) for name in leaves}
    boxes = box_states(endings, found)
    result = Result(workflow.name, good)
    for name, entry in roster.items():
        if entry.is_box:
            result.jobs[name] = _box(name, boxes[name], roster, endings, found, causes)
        else:
            result.jobs[name] = _job(endings[name], found.job(name), entry.counts, causes)
    ran = {n for n, job in result.jobs.items() if job.ending.state is not State.NOT_RUN}
    result.critical_path = [name for name in _critical_path(records) if name in ran]
    return result


def _job(ending: Ending, record: Record | None, counts: bool, causes: "_Causes") -> JobResult:
    if ending.state is State.NOT_RUN:
        return JobResult(ending, why=causes.of(record) if counts else "on ice: it does not run")
    assert record is not None
    words = {State.TERMINATED: "killed", State.FAILED: _code(ending)}
    why = (record.error or words[ending.state]) if ending.state in words else record.note or None
    return JobResult(ending, record.start, record.end, why)


def _code(ending: Ending) -> str:
    known = ending.exit_code is not None
    return f"exit code {ending.exit_code}" if known else "a file cannot be opened"


def _box(
    name: str,
    state: State,
    roster: Roster,
    endings: Mapping[str, Ending],
    found: Found,
    causes: "_Causes",
) -> JobResult:
    inside = [n for n in endings if name in _around(n, roster)]
    ran = (found.job(n) for n in inside if endings[n].state is not State.NOT_RUN)
    times = [(r.start, r.end) for r in ran if r and r.start is not None and r.end is not None]
    why = None
    if state is State.UNFINISHED:
        live = [n for n in inside if roster[n].counts]
        waiting = [n for n in live if endings[n].state is State.NOT_RUN]
        why = (
            f"it never completes: {', '.join(waiting[:3])} did not run"
            if waiting
            else "it never completes: neither of its rules holds"
        )
    elif state is State.NOT_RUN:
        start = found.of(name, NodeRole.START, NodeRole.BOX)
        why = causes.of(start or next(filter(None, map(found.job, inside)), None))
    elif state in (State.FAILED, State.TERMINATED):
        bad = [n for n in inside if endings[n].state in (State.FAILED, State.TERMINATED)]
        why = f"failed in it: {', '.join(bad[:3])}" if bad else "by its rule"
    ending = Ending(state, None, int(state is not State.NOT_RUN))
    if not times or state is State.NOT_RUN:
        return JobResult(ending, why=why)
    last = found.of(name, NodeRole.END)
    times += [(last.end, last.end)] if last and last.end is not None else []
    return JobResult(ending, min(s for s, _ in times), max(e for _, e in times), why)


def _around(name: str, roster: Roster) -> Iterator[str]:
    box = roster[name].box
    while box is not None:
        yield box
        box = roster[box].box if box in roster else None


_RESTS = {NodeRole.RUN_DAY: "not a run day", NodeRole.START_TIME: "not a start time"}
"""Why nothing ran, by the role of the node that checks the kick-off."""


class _Causes:
    """Explains why nodes did not run."""

    def __init__(self, rehearsal: Rehearsal, records: Mapping[str, Record]) -> None:
        self._rehearsal = rehearsal
        self._records = records

    def of(self, record: Record | None) -> str:
        """Why the node of this record did not run."""
        if record is None:
            roles = (each.node.role for each in self._records.values())
            return next((_RESTS[role] for role in roles if role in _RESTS), "it has no node")
        if record.note and record.phase is Phase.NOT_REACHED:
            return f"its condition is false: {record.note}"
        if record.attempts is not None and record.attempts.blocked:
            return f"it waits for something that never happens: {record.attempts.blocked}"
        if record.phase is Phase.SUCCEEDED:
            gate = self._gate(record.node.target)
            if gate is None:
                return "it returned SKIPPED"
            return f"its condition is false: {explain(gate, record.inputs, self._rehearsal.names)}"
        if record.phase is Phase.ABORTED:
            return STOPPED
        return self._above(record)

    def _gate(self, target: Task | Workflow | Branch) -> ast.expr | None:
        """The condition of a job, from its task or the branch around it."""
        bodies = self._rehearsal.bodies
        if isinstance(target, Workflow):
            return bodies.of_branch(target.name)
        return bodies.of(target.entity).gate if isinstance(target, Task) else None

    def _above(self, record: Record) -> str:
        if waiting := self._culprits(record, Phase.RUNNING):
            return f"it waits: {', '.join(dict.fromkeys(r.node.label for r in waiting))}"
        culprits = self._culprits(record, Phase.FAILED)
        blocked = [r for r in culprits if r.attempts is not None and r.attempts.blocked]
        if blocked and blocked[0].attempts is not None:
            what = f"{_called(blocked[0].node)}: {blocked[0].attempts.blocked}"
            return f"it waits for something that never happens: {what}"
        names = dict.fromkeys(_called(r.node) for r in culprits)
        if names:
            return f"failed above it: {', '.join(names)}"
        stopped = any(r.phase is Phase.ABORTED for r in self._records.values())
        return STOPPED if stopped else "nothing started it"

    def _culprits(self, record: Record, phase: Phase) -> list[Record]:
        """The nearest nodes upstream in this state."""
        found: list[Record] = []
        pending, seen = [record], {record.path}
        while pending:
            for upstream in self._upstream(pending.pop()):
                if upstream.path in seen:
                    continue
                seen.add(upstream.path)
                if upstream.phase is phase:
                    found += self._inside(upstream) if phase is Phase.FAILED else [upstream]
                elif upstream.phase is Phase.NOT_REACHED:
                    pending.append(upstream)
        return found

    def _inside(self, record: Record) -> list[Record]:
        """The failed nodes inside a sub-workflow, or the node itself."""
        prefix = f"{record.path}/"
        if isinstance(record.node.target, Task):
            return [record]
        inner = [r for p, r in self._records.items() if p.startswith(prefix)]
        failed = [r for r in inner if r.phase is Phase.FAILED and "/" not in r.path[len(prefix) :]]
        return [found for r in failed for found in self._opened(r)]

    def _opened(self, record: Record) -> list[Record]:
        """The failed nodes inside a part, a branch or an approval; else the node itself."""
        opens = record.node.role in (*WALLS, NodeRole.CHOICE, NodeRole.PART)
        return self._inside(record) if opens else [record]

    def _upstream(self, record: Record) -> Iterator[Record]:
        prefix, _, _ = record.path.rpartition("/")
        for name in record.node.upstream:
            path = f"{prefix}/{name}" if prefix else name
            if path in self._records:
                yield self._records[path]
        if prefix and not record.node.upstream and prefix in self._records:
            yield from self._upstream(self._records[prefix])


def _called(node: Node) -> str:
    """The job that the node runs or whose failure it reports; else the label of the node."""
    job = node.job if node.role in (NodeRole.JOB, NodeRole.CHECK) else None
    return job or node.label


def _critical_path(records: Mapping[str, Record]) -> list[str]:
    """The jobs that the end of the run waited for, in order of time."""
    tasks = [r for r in _tasks(records.values()) if r.end is not None and r.start is not None]
    if not tasks:
        return []
    current: Record | None = max(tasks, key=_end)
    jobs: list[str] = []
    while current is not None:
        jobs += [current.node.runs] if current.node.runs else []
        before = [r for r in _before(current, records) if r.end is not None]
        current = max(before, key=_end, default=None)
    return jobs[::-1]


def _end(record: Record) -> float:
    return record.end if record.end is not None else -1.0


def _before(record: Record, records: Mapping[str, Record]) -> list[Record]:
    """The tasks directly upstream of a node, across the walls of sub-workflows."""
    prefix, _, _ = record.path.rpartition("/")
    names = [f"{prefix}/{n}" if prefix else n for n in record.node.upstream]
    if not names:
        return _before(records[prefix], records) if prefix in records else []
    found: list[Record] = []
    for path in names:
        upstream = records.get(path)
        if upstream is None:
            continue
        if isinstance(upstream.node.target, Task):
            found.append(upstream)
        else:
            found += _tasks(r for p, r in records.items() if p.startswith(f"{path}/"))
    return found


def _tasks(records: Iterable[Record]) -> list[Record]:
    return [record for record in records if isinstance(record.node.target, Task)]
