"""Statuses of jobs in other workflows, read from the platform."""

import hashlib
import heapq
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from itertools import islice, takewhile
from typing import Protocol

from transpile.runtime.records import Execution, NodeRecord, Records
from transpile.runtime.statuses import (
    ABORTED,
    FAILURE,
    RUNNING,
    SKIPPED,
    STARTED,
    SUCCESS,
    TERMINATED,
    Status,
    succeeded,
)
from transpile.runtime.waits import now

WORDS = (SUCCESS, FAILURE, TERMINATED, SKIPPED, STARTED, RUNNING, ABORTED)
DONE = ("SUCCEEDED", "RECOVERED")
# The statuses of nodes and executions without an output; those in other phases run.
PHASES = {
    "RUNNING": RUNNING,
    "SKIPPED": SKIPPED,
    "FAILED": FAILURE,
    "TIMED_OUT": TERMINATED,
    "ABORTED": TERMINATED,
}
# A job that has not run in so many runs of its workflow counts as one that never ran.
MOST_EXECUTIONS = 1000
NEVER = datetime.min.replace(tzinfo=timezone.utc)


@dataclass(frozen=True)
class Known:
    """The last known status of a job, when it came about, and the run that it is of."""

    status: str = ""
    changed: datetime = NEVER
    source: str = ""


class Before(Protocol):
    """Knows what a job did before it ran on the platform."""

    def last_known(self) -> Known:
        """The last status of the job."""


@dataclass(frozen=True)
class Job:
    """A job or box that other workflows ask about.

    `node` is the path of its node: ids joined by "/", from a sub-workflow's node to a node in it.
    The node of a box is the one that returns the box's status. `box` is the path of the node whose
    record says that the top-level box has begun; "" if it begins with the workflow, after the node
    `waits` if there is one; None for a job in no box. `begins` is that of a box in a box, "" if no
    node says so. `scheduled` names the workflows around it that look up run days. `before` knows
    what it did before it ran on the platform.
    """

    workflow: str
    node: str
    box: str | None = None
    is_box: bool = False
    begins: str = ""
    waits: str = ""
    scheduled: tuple[str, ...] = ()
    before: Before | None = None


Begun = tuple[timedelta, timedelta]
Moments = tuple[datetime, datetime]


class Last(Protocol):
    """Looks up the last status of a job."""

    def __call__(
        self,
        job: Job,
        *,
        within: timedelta | None = None,
        since: Job | None = None,
        begun: Begun | None = None,
        by: timedelta | None = None,
    ) -> str:
        """The status; empty if the job has none."""


@dataclass
class Estate:
    """The last known statuses of jobs, for the execution that asks. Nothing is read twice."""

    admin: Records
    asking: str
    _nodes: dict[tuple[str, str], list[NodeRecord]] = field(default_factory=dict)
    _known: dict[tuple[Job, Moments | None], Known] = field(default_factory=dict)
    _kickoffs: dict[str, datetime] = field(default_factory=dict)

    def asked_by(self, execution: str) -> "Estate":
        """The same statuses, for another execution that asks."""
        return replace(self, asking=execution)

    def last(
        self,
        job: Job,
        *,
        within: timedelta | None = None,
        since: Job | None = None,
        begun: Begun | None = None,
        by: timedelta | None = None,
    ) -> str:
        """The last status of a job, such as "FAILURE 3" or "RUNNING".

        It is empty if the job never ran, or has not run since its box began again. It is also empty
        if the job ended longer ago than `within`, before the last end of the job `since`, or later
        than `by`. With `begun` only runs count that began between these two times. These and `by`
        count from the start of the execution that asks; those before it are negative.
        """
        known = self.known(job, begun)
        if known.status not in ("", RUNNING):
            if within is not None and now() - known.changed > within:
                return ""
            if since is not None and known.changed < self._last_end(since):
                return ""
            if by is not None and known.changed > self._kickoff(self.asking) + by:
                return ""
        return known.status

    def known(self, job: Job, begun: Begun | None = None) -> Known:
        """The last known status of a job, of any age."""
        moments = None
        if begun is not None:
            start = self._kickoff(self.asking)
            moments = start + begun[0], start + begun[1]
        if (job, moments) not in self._known:
            found = (self._in(each, job) for each in self._executions(job, moments))
            # Runs from before have no start that could be compared.
            before = job.before if moments is None else None
            earlier = before.last_known if before else Known
            self._known[job, moments] = next(filter(None, found), None) or earlier()
        return self._known[job, moments]

    def seen(self, holds: Callable[[Last], bool]) -> list[str]:
        """The statuses of all jobs that a condition names, each with the run that it is of."""
        named = inspect.getclosurevars(holds).globals
        known = {n: self.known(job) for n, job in named.items() if isinstance(job, Job)}
        found = sorted(known.items())
        return [f"{n} {one.status or '-'} {one.source}" for n, one in found]

    def place_of(self, execution: Execution, workflow: str, path: str) -> str:
        """The execution in which the node at a path of the workflow has begun; empty if none.

        It is another one if the node stands in the workflow of a launch plan.
        """
        record = self._record(execution, workflow, path)
        return record.execution if record else ""

    def _last_end(self, job: Job) -> datetime:
        """When a job last ended, also before its box began again; NEVER if it never has."""
        for execution in self._executions(job):
            found = self._ran(execution, job)
            if found and found.status != RUNNING:
                return found.changed
        return NEVER

    def _executions(self, job: Job, when: Moments | None = None) -> Iterator[Execution]:
        """The executions in which the job may have run, the newest first."""
        found = map(self.admin.executions, (job.workflow, *job.scheduled))
        newest = heapq.merge(*found, key=lambda each: each.created, reverse=True)
        if when is not None:
            yield from self._begun(newest, *when)
            return
        yield from islice(newest, MOST_EXECUTIONS)
        if next(newest, None):
            print(f"{job.node} has not run in {MOST_EXECUTIONS} runs of {job.workflow}")

    def _begun(
        self,
        newest: Iterator[Execution],
        first: datetime,
        last: datetime,
    ) -> Iterator[Execution]:
        """The executions that began between two moments."""
        # No execution is created before its scheduled time.
        for execution in takewhile(lambda each: each.created >= first, newest):
            if first <= self._kickoff(execution.name) <= last:
                yield execution

    def _kickoff(self, execution: str) -> datetime:
        if execution not in self._kickoffs:
            self._kickoffs[execution] = self.admin.kickoff(execution)
        return self._kickoffs[execution]

    def _in(self, execution: Execution, job: Job) -> Known | None:
        """The status of a job in an execution; None if an earlier one says."""
        if found := self._ran(execution, job):
            return found
        if not self._box_has_begun(execution, job):
            return None
        source = f"{execution.name}/{job.box}"
        if not job.is_box or not self._has_begun(execution, job.workflow, job.begins):
            return Known("", execution.created, source)
        phase = execution.phase if execution.is_over else "RUNNING"
        return Known(PHASES.get(phase, FAILURE), execution.changed, source)

    def _ran(self, execution: Execution, job: Job) -> Known | None:
        """The status of a job that has run in an execution."""
        record = self._record(execution, job.workflow, job.node)
        status = self._status(record) if record else SKIPPED
        if record is None or status == SKIPPED:
            return None
        if status == RUNNING and execution.is_over and record.phase not in DONE:
            status = TERMINATED
        earlier = self._taken_over(execution, job) if succeeded(status) else None
        source = f"{record.execution}/{record.id}"
        return earlier or Known(status, record.changed, source)

    def _taken_over(self, execution: Execution, job: Job) -> Known | None:
        """The success of a job in the execution that this one resumes, if it has taken it over."""
        if not execution.resumes or self._runs_again(execution, job):
            return None
        named, all_others = execution.resumes, self._executions(job)
        earlier = next((each for each in all_others if each.name == named), None)
        known = self._ran(earlier, job) if earlier else None
        return known if known and succeeded(known.status) else None

    def _runs_again(self, execution: Execution, job: Job) -> bool:
        """True if an execution was told to run the job, or any job for a box, in any case."""
        if not execution.reruns or job.is_box:
            return job.is_box and bool(execution.reruns)
        labels = self.admin.labels(execution.name)
        nodes = job.node.split("/")
        names = {job.workflow, *nodes, *(node.replace("-", "_") for node in nodes)}
        names.update(labels[node] for node in nodes if node in labels)
        return not names.isdisjoint(execution.reruns)

    def _box_has_begun(self, execution: Execution, job: Job) -> bool:
        """True if the job's box has begun in an execution."""
        if job.box is None:
            return False
        if job.box:
            return self._has_begun(execution, job.workflow, job.box)
        if job.waits:
            record = self._record(execution, job.workflow, job.waits)
            return record is not None and record.phase in DONE
        return self._root(execution, job.workflow) is not None

    def _has_begun(self, execution: Execution, workflow: str, path: str) -> bool:
        """True if the node at a path has begun, and was not skipped; also if there is no path."""
        record = self._record(execution, workflow, path) if path else None
        return not path or (record is not None and self._status(record) != SKIPPED)

    def _status(self, record: NodeRecord) -> str:
        """The status that a node has returned, or else that of its phase."""
        if record.phase not in DONE:
            return PHASES.get(record.phase, RUNNING)
        output = self.admin.output(record)
        if isinstance(output, str):
            return output if Status.parse(output).word in WORDS else SUCCESS
        return str(Status(SUCCESS, output))

    def _record(
        self,
        execution: Execution,
        workflow: str,
        path: str,
    ) -> NodeRecord | None:
        """The record of the node at a path."""
        root, record = self._root(execution, workflow), None
        for node in path.split("/"):
            if root is None:
                return None
            record = self._node(*root, node)
            root = record.inside if record else None
        return record

    def _root(self, execution: Execution, workflow: str) -> tuple[str, str] | None:
        """Where the nodes of the workflow are: an execution and a node in it."""
        if execution.workflow == workflow:
            return execution.name, ""
        return self._workflow_in(execution.name, "")

    def _workflow_in(self, execution: str, parent: str) -> tuple[str, str] | None:
        """Where the workflow runs on a run day: the sub-workflow in a branch."""
        for record in self._recorded(execution, parent):
            if record.is_parent:
                return record.inside
            if found := self._workflow_in(execution, record.id):
                return found
        return None

    def _node(self, execution: str, parent: str, node: str) -> NodeRecord | None:
        """The record of a node; of a recovered node, that of the execution where it ran."""
        recorded = self._recorded(execution, parent)
        record = next((one for one in recorded if one.node == node), None)
        if record is None or record.phase != "RECOVERED":
            return record
        original = self.admin.original(execution)
        return (self._node(original, parent, node) if original else None) or record

    def _recorded(self, execution: str, parent: str) -> list[NodeRecord]:
        if (execution, parent) not in self._nodes:
            self._nodes[execution, parent] = self.admin.nodes(execution, parent)
        return self._nodes[execution, parent]


def name_of_start(starts: str, seen: Sequence[str]) -> str:
    """The name of the execution that starts because of these statuses: the same for the same."""
    causes = " ".join([starts, *seen])
    return "s" + hashlib.sha256(causes.encode()).hexdigest()[:19]
