"""Flyte's scheduling of a serialised workflow, by simulated or by real time.

A node starts when all nodes above it have succeeded. Behind a failure nothing starts. The failure
policy of the outermost workflow of an execution decides whether the rest goes on, sub-workflows
included; their own policies do not count. Only recoverable errors are retried.
"""

import heapq
import itertools
import queue
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from time import monotonic
from typing import Any, Protocol

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
    """What became of one node; times are seconds from the start of the run."""

    node: Node
    path: str
    phase: Phase = Phase.NOT_REACHED
    start: float | None = None
    end: float | None = None
    tries: int = 0
    attempts: Attempts | None = None
    inputs: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    error: str = ""


@dataclass(slots=True)
class Done:
    """The end of one try of a task: its outputs, or its error and whether Flyte retries it."""

    outputs: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    recoverable: bool = False
    seconds: float = 0.0


Work = Callable[[Record, dict[str, Any]], Done]
"""Runs a task once with these inputs."""


class Clock(Protocol):
    """Runs tries of tasks and says which one ends next."""

    @property
    def now(self) -> float:
        """Seconds since the start."""

    def submit(self, record: Record, work: Callable[[], Done]) -> None:
        """Have the work of a try done."""

    def next(self) -> tuple[Record, Done]:
        """The try that ends next."""


class SimulatedClock:
    """Work is done at once, and ends when it says that it took until."""

    def __init__(self) -> None:
        self.now = 0.0
        self._ends: list[tuple[float, int, Record, Done]] = []
        self._number = itertools.count()

    def submit(self, record: Record, work: Callable[[], Done]) -> None:
        """Do the work; it ends later."""
        done = work()
        heapq.heappush(self._ends, (self.now + done.seconds, next(self._number), record, done))

    def next(self) -> tuple[Record, Done]:
        """What ends next."""
        self.now, _, record, done = heapq.heappop(self._ends)
        return record, done


class Workers:
    """Work is done by threads, in real time."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._begun = monotonic()
        self._ends: queue.Queue[tuple[Record, Done]] = queue.Queue()

    @property
    def now(self) -> float:
        """Seconds since the start."""
        return monotonic() - self._begun

    def submit(self, record: Record, work: Callable[[], Done]) -> None:
        """Have the work done."""
        self._pool.submit(lambda: self._ends.put((record, work())))

    def next(self) -> tuple[Record, Done]:
        """What ends next; waits for it."""
        return self._ends.get()


@dataclass(slots=True)
class _Execution:
    """A run of a workflow with its sub-workflows, `around` the one that has launched it.

    `stops` is the policy of the outermost workflow.
    """

    stops: bool
    around: "_Execution | None"
    failed: bool = False

    @property
    def halted(self) -> bool:
        """True if the policy, or that of an execution around this one, has stopped it."""
        return (self.failed and self.stops) or (self.around is not None and self.around.halted)


@dataclass(slots=True)
class _Instance:
    """A workflow while it runs; `finish` is told how it ended, and its outputs.

    With `handles` it is, or is part of, what runs after a failure.
    """

    workflow: Workflow
    execution: _Execution
    handles: bool
    path: str
    inputs: dict[str, Any]
    finish: Callable[[Phase, dict[str, Any]], None]
    records: dict[str, Record]
    waiting: dict[str, int]
    below: dict[str, list[Node]]
    active: int = 0
    failed: bool = False
    aborted: bool = False
    handled: bool = False

    @property
    def halted(self) -> bool:
        """True if nothing more of it may run."""
        return self.execution.halted and not (self.handled or self.handles)

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
    """Runs one workflow. `parallel` is how many tasks run at a time, None for all that can."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        parallel: int | None = None,
        watch: Callable[[Record], None] | None = None,
    ) -> None:
        self._work = work
        self._clock = clock
        self._parallel = parallel
        self._watch = watch
        self._running = 0
        self._queue: deque[tuple[_Instance, Record]] = deque()
        self._owner: dict[str, _Instance] = {}
        self.records: dict[str, Record] = {}

    def run(self, workflow: Workflow, inputs: dict[str, Any]) -> bool:
        """Run it to its end; True when it succeeded. `records` has every node by its path."""
        result: list[Phase] = []
        self._begin(workflow, "", inputs, lambda end, _: result.append(end))
        self._fill()
        while self._running:
            record, done = self._clock.next()
            self._running -= 1
            self._end_of_try(record, done)
            self._fill()
        return result == [Phase.SUCCEEDED]

    def _begin(
        self,
        workflow: Workflow,
        path: str,
        inputs: dict[str, Any],
        finish: Callable[[Phase, dict[str, Any]], None],
        around: _Instance | None = None,
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
        if around is None or workflow.launched:
            execution = _Execution(workflow.stops, around.execution if around else None)
        else:
            execution = around.execution
        handles = around is not None and (around.handled or around.handles)
        instance = _Instance(
            workflow, execution, handles, path, inputs, finish, records, waiting, below
        )
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
            self._complete(instance, record, Phase.FAILED)
            return

        def finish(end: Phase, outputs: dict[str, Any]) -> None:
            record.outputs = outputs
            self._complete(instance, record, end)

        self._begin(inner, f"{record.path}/", {**around, **record.inputs}, finish, instance)

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
            if instance.halted:
                record.phase = Phase.ABORTED
                instance.aborted = True
                self._leave(instance)
                continue
            record.start = self._clock.now if record.start is None else record.start
            record.tries += 1
            self._running += 1
            self._clock.submit(record, partial(self._work, record, record.inputs))
            if self._watch:
                self._watch(record)

    def _end_of_try(self, record: Record, done: Done) -> None:
        instance = self._owner[record.path]
        record.end = self._clock.now
        record.error, record.outputs = done.error, done.outputs
        if done.error and done.recoverable and record.tries <= record.node.retries:
            self._queue.append((instance, record))
            return
        end = Phase.FAILED if done.error else Phase.SUCCEEDED
        self._complete(instance, record, Phase.ABORTED if instance.halted else end)

    def _complete(self, instance: _Instance, record: Record, end: Phase) -> None:
        record.end = self._clock.now
        record.phase = end
        if self._watch:
            self._watch(record)
        ready = []
        if end is Phase.SUCCEEDED:
            for node in instance.below.get(record.node.id, ()):
                instance.waiting[node.id] -= 1
                if not instance.waiting[node.id]:
                    ready.append(node)
        elif end is Phase.FAILED:
            instance.failed = instance.execution.failed = True
        else:
            instance.aborted = True
        if instance.halted:
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
        if instance.failed or (unreached and not instance.aborted):
            instance.finish(Phase.FAILED, {})
        elif instance.aborted:
            instance.finish(Phase.ABORTED, {})
        else:
            values = {name: instance.value(b) for name, b in workflow.outputs.items()}
            instance.finish(Phase.SUCCEEDED, values)
