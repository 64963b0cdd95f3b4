"""Flyte's scheduling of a serialised workflow, by simulated or by real time.

A node starts when all nodes above it have succeeded. Behind a failure nothing starts, and
whether the rest goes on is the failure policy's decision. Only recoverable errors are retried.

A timeout has two deadlines, as flytepropeller has them: an attempt ends that long after it was
queued and is retried, and the node fails twice that long after it was queued. An attempt whose
container is lost does not count as one of the retries.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Any

from transpile.rehearsal.blueprint import (
    Binding,
    Branch,
    Constant,
    Keyed,
    Listed,
    Node,
    Promise,
    Task,
    Workflow,
    holds,
)
from transpile.rehearsal.clocks import Clock, Done
from transpile.rehearsal.commands import Attempts


class Phase(Enum):
    """What became of a node. ABORTED: it ran, or would have, when the policy stopped the rest."""

    NOT_REACHED = "not reached"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ABORTED = "aborted"


@dataclass(slots=True)
class Record:
    """What became of one node; times are seconds from the start of the run.

    `lost` counts the tries whose container was lost. The latest try had `left` seconds, any number
    if None.
    """

    node: Node
    path: str
    phase: Phase = Phase.NOT_REACHED
    start: float | None = None
    end: float | None = None
    tries: int = 0
    lost: int = 0
    left: float | None = None
    attempts: Attempts | None = None
    inputs: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    error: str = ""


Work = Callable[[Record, dict[str, Any]], Done]
"""Runs a task once with these inputs."""


def timed_out(timeout: float) -> str:
    """Why an attempt failed that ran out of its timeout."""
    return f"timed out {timeout:g} s after it was queued"


def node_timed_out(timeout: float) -> str:
    """Why a node failed that ran out of its timeout, whatever retries it has left."""
    return f"timed out {2 * timeout:g} s after its node was queued, twice its timeout"


@dataclass(slots=True)
class _Instance:
    """A workflow while it runs; `finish` is told whether it succeeded, and its outputs."""

    workflow: Workflow
    path: str
    inputs: dict[str, Any]
    finish: Callable[[bool, dict[str, Any]], None]
    records: dict[str, Record]
    waiting: dict[str, int]
    below: dict[str, list[Node]]
    active: int = 0
    failed: bool = False
    handled: bool = False

    def value(self, binding: Binding) -> Any:
        if isinstance(binding, Constant):
            return binding.value
        if isinstance(binding, Promise):
            values = self.records[binding.node].outputs if binding.node else self.inputs
            return values.get(binding.variable)
        if isinstance(binding, Listed):
            return [self.value(item) for item in binding.items]
        assert isinstance(binding, Keyed)
        return {key: self.value(item) for key, item in binding.items}


class Engine:
    """Runs one workflow. `parallel` is how many tasks run at a time, None for all that can.

    A try whose container is lost starts again up to `system_retries` times.
    """

    def __init__(
        self,
        work: Work,
        clock: Clock,
        parallel: int | None = None,
        watch: Callable[[Record], None] | None = None,
        system_retries: int = 0,
    ) -> None:
        self._work = work
        self._clock = clock
        self._parallel = parallel
        self._watch = watch
        self._system_retries = system_retries
        self._running = 0
        self._queue: deque[tuple[_Instance, Record]] = deque()
        self._owner: dict[str, _Instance] = {}
        self.records: dict[str, Record] = {}

    def run(self, workflow: Workflow, inputs: dict[str, Any]) -> bool:
        """Run it to its end; True when it succeeded. `records` has every node by its path."""
        result: list[bool] = []
        self._begin(workflow, "", inputs, lambda good, _: result.append(good))
        self._fill()
        while self._running:
            self._clock.next()()
            self._fill()
        return result == [True]

    def _begin(
        self,
        workflow: Workflow,
        path: str,
        inputs: dict[str, Any],
        finish: Callable[[bool, dict[str, Any]], None],
    ) -> None:
        below: dict[str, list[Node]] = {}
        waiting: dict[str, int] = {}
        records: dict[str, Record] = {}
        for node in workflow.nodes:
            records[node.id] = self.records[path + node.id] = Record(node, path + node.id)
            waiting[node.id] = len(node.upstream)
            for upstream in node.upstream:
                below.setdefault(upstream, []).append(node)
        inputs = {**workflow.defaults, **inputs}
        instance = _Instance(workflow, path, inputs, finish, records, waiting, below)
        ready = [node for node in workflow.nodes if not node.upstream]
        instance.active = len(ready)
        for node in ready:
            self._launch(instance, node)
        if not ready:
            self._settle(instance)

    def _launch(self, instance: _Instance, node: Node) -> None:
        record = instance.records[node.id]
        record.phase = Phase.RUNNING
        record.inputs = {name: instance.value(b) for name, b in node.bindings.items()}
        self._owner[record.path] = instance
        target = node.target
        if isinstance(target, Task):
            self._queue.append((instance, record))
            return
        record.start = self._clock.now
        inner = self._chosen(target, record) if isinstance(target, Branch) else target
        # What is behind a case may be bound to inputs of the workflow around it.
        around = instance.inputs if isinstance(target, Branch) else {}
        if inner is None:
            self._complete(instance, record, False)
            return

        def finish(good: bool, outputs: dict[str, Any]) -> None:
            if record.phase is Phase.RUNNING:
                record.outputs = outputs
                self._complete(instance, record, good)

        if node.timeout:
            self._clock.after(node.timeout, partial(self._end_in_time, instance, record))

        self._begin(inner, f"{record.path}/", {**around, **record.inputs}, finish)

    def _chosen(self, branch: Branch, record: Record) -> Workflow | None:
        """The node of the first true case, as a workflow of its own."""
        for condition, node in branch.cases:
            if holds(condition, record.inputs):
                if node is None:
                    break
                outputs = node.target.outputs if not isinstance(node.target, Branch) else ()
                found: dict[str, Binding] = {name: Promise(node.id, name) for name in outputs}
                return Workflow("", [node], found, True, None, tuple(record.inputs))
        record.error = branch.error
        return None

    def _fill(self) -> None:
        """Start what is ready, as far as there is room."""
        while self._queue and (self._parallel is None or self._running < self._parallel):
            instance, record = self._queue.popleft()
            if instance.failed and instance.workflow.stops and not instance.handled:
                record.phase = Phase.ABORTED
                self._leave(instance)
                continue
            record.start = self._clock.now if record.start is None else record.start
            record.tries += 1
            record.left = self._left(record)
            self._running += 1
            work = partial(self._work, record, record.inputs)
            self._clock.submit(work, partial(self._end_of_try, record))
            if self._watch:
                self._watch(record)

    def _end_of_try(self, record: Record, done: Done) -> None:
        if record.phase is not Phase.RUNNING:
            # The workflow around it has ended, and its container with it.
            return
        self._running -= 1
        instance = self._owner[record.path]
        record.end = self._clock.now
        record.error, record.outputs = done.error, done.outputs
        record.lost += done.lost
        if self._starts_again(record, done):
            left = self._left(record)
            if left is None or left > 0:
                self._queue.append((instance, record))
                return
            record.error = node_timed_out(record.node.timeout)
        self._complete(instance, record, not done.error)

    def _left(self, record: Record) -> float | None:
        """How many seconds a try that starts now has until one of the deadlines of its timeout."""
        timeout, start = record.node.timeout, record.start
        if not timeout or start is None:
            return None
        return min(timeout, start + 2 * timeout - self._clock.now)

    def _starts_again(self, record: Record, done: Done) -> bool:
        if done.lost:
            return record.lost <= self._system_retries
        tries = record.tries - record.lost
        return bool(done.error) and done.recoverable and tries <= record.node.retries

    def _end_in_time(self, instance: _Instance, record: Record) -> None:
        """The timeout of a workflow that stands inside another ends all that runs in it."""
        if record.phase is not Phase.RUNNING:
            return
        prefix = f"{record.path}/"
        queued = {waiting.path for _, waiting in self._queue}
        for path, inner in self.records.items():
            if path.startswith(prefix) and inner.phase is Phase.RUNNING:
                inner.phase, inner.end = Phase.ABORTED, self._clock.now
                self._running -= isinstance(inner.node.target, Task) and path not in queued
        kept = (entry for entry in self._queue if not entry[1].path.startswith(prefix))
        self._queue = deque(kept)
        record.error = timed_out(record.node.timeout)
        self._complete(instance, record, False)

    def _complete(self, instance: _Instance, record: Record, good: bool) -> None:
        record.end = self._clock.now
        record.phase = Phase.SUCCEEDED if good else Phase.FAILED
        if instance.failed and instance.workflow.stops and not instance.handled:
            record.phase = Phase.ABORTED
        if self._watch:
            self._watch(record)
        ready = []
        if good:
            for node in instance.below.get(record.node.id, ()):
                instance.waiting[node.id] -= 1
                if not instance.waiting[node.id]:
                    ready.append(node)
        else:
            instance.failed = True
        if instance.failed and instance.workflow.stops:
            ready = []
        instance.active += len(ready)
        for node in ready:
            self._launch(instance, node)
        self._leave(instance)

    def _leave(self, instance: _Instance) -> None:
        instance.active -= 1
        if not instance.active:
            self._settle(instance)

    def _settle(self, instance: _Instance) -> None:
        """Nothing runs any more: the failure node has its turn, and the workflow ends."""
        workflow = instance.workflow
        unreached = any(r.phase is Phase.NOT_REACHED for r in instance.records.values())
        if instance.failed and workflow.failure is not None and not instance.handled:
            instance.handled = True
            node = workflow.failure
            path = instance.path + node.id
            instance.records[node.id] = self.records[path] = Record(node, path)
            instance.active = 1
            self._launch(instance, node)
            return
        good = not instance.failed and not unreached
        values = {n: instance.value(b) for n, b in workflow.outputs.items()} if good else {}
        instance.finish(good, values)
