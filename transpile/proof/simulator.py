"""Runs a serialised workflow as flytepropeller does, in simulated or in real time.

A node starts when all nodes upstream of it have succeeded. Nothing starts downstream of a failure.
The failure policy of an execution's outermost workflow decides whether the other nodes go on;
policies of sub-workflows are ignored. Only recoverable errors are retried.

A timeout sets two deadlines: an attempt ends one timeout after it was queued and is retried, and
the node fails two timeouts after it was first queued. An attempt whose container is lost does not
count as a retry.

A gate waits, without a place, until it is answered or its timeout ends. An answer that comes before
the gate has started is kept for it. Gates of approvals are answered yes at once.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from transpile.proof.blueprint import Branch, Node, Task, Workflow
from transpile.proof.clocks import Clock, Done
from transpile.proof.executions import Execution, Instance, Phase, Record
from transpile.proof.gates import UNANSWERED, Gates, Held
from transpile.proof.runs import Simulates, Work
from transpile.proof.setting import ALONE, Setting
from transpile.proof.waits import Waits
from transpile.targets.flyte.model import NodeRole


def timed_out(timeout: float) -> str:
    """The error of an attempt that exceeds its timeout."""
    return f"timed out {timeout:g} s after it was queued"


def node_timed_out(timeout: float) -> str:
    """The error of a node that exceeds twice its timeout, whatever retries it has left."""
    return f"timed out {2 * timeout:g} s after its node was queued, twice its timeout"


class Simulator(Simulates):
    """Runs one workflow; `levels` has the nodes in each workflow by the path of its node."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        setting: Setting = ALONE,
        watch: Callable[[Record], None] | None = None,
        finished: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(work, clock, setting, watch, finished)
        self._running = 0
        self._executions: list[Execution] = []
        self._answers: deque[tuple[Instance, Record]] = deque()
        self._waits = Waits(setting.makers)
        self._owner: dict[str, Instance] = {}
        self._gates = Gates()

    def begin(self, workflow: Workflow, inputs: dict[str, Any]) -> None:
        """Start the workflow; the events of the clock do the rest."""
        self.end = Phase.RUNNING
        self._begin(workflow, "", inputs, self._finish)
        self._go_on()

    def close(self) -> None:
        """Let go of everything but the records; nothing happens any more."""
        self._finished, self._gates = None, Gates()
        self._owner.clear()
        self._executions.clear()
        self._answers.clear()

    def _finish(self, end: Phase, _: dict[str, Any]) -> None:
        self.end = end
        if self._finished:
            self._finished()

    def _go_on(self) -> None:
        """Start what can start now."""
        self._fill()
        while self._waits and not self._running:
            self._end_waits()
            self._fill()

    def _event(self, event: Callable[..., None], *known: Any) -> Callable[..., None]:
        """An event of the clock, after which other nodes may start."""

        def happens(*more: Any) -> None:
            event(*known, *more)
            self._go_on()

        return happens

    # ---------------------------------------------------------------- waits for other workflows

    def answer(self, signal: str, *, yes: bool = True) -> None:
        """Answer the gates of that signal, also those that start later."""
        for gate in self._gates.answer(signal, yes=yes):
            self._end_gate(gate)
        self._go_on()

    def is_answered(self, signal: str) -> bool:
        """True if the gates of that signal have an answer, yes or no."""
        return self._gates.is_answered(signal)

    def _reach_gate(self, instance: Instance, record: Record) -> None:
        around = self.records.get(record.path.rpartition("/")[0])
        if not (self._setting.answered and around and around.node.role is NodeRole.WAIT):
            self._answers.append((instance, record))
            return
        record.start = self._clock.now
        if self._gates.is_open(record):
            self._end_gate((instance, record))
            return
        self._gates.hold(instance, record)
        timeout = record.node.timeout
        if timeout and record.start + timeout <= self._setting.until:
            self._clock.after(timeout, self._event(self._give_up_gate, record))

    def _give_up_gate(self, record: Record) -> None:
        if self._gates.drop(record.path):
            record.error = UNANSWERED
            self._complete(self._owner[record.path], record, Phase.FAILED)

    def _end_gate(self, gate: Held) -> None:
        """End a gate that is answered, or that the failure policy has stopped."""
        instance, record = gate
        good = self._gates.settle(record)
        end = Phase.SUCCEEDED if good else Phase.FAILED
        self._complete(instance, record, Phase.ABORTED if instance.halted else end)

    def _begin(
        self,
        workflow: Workflow,
        path: str,
        inputs: dict[str, Any],
        finish: Callable[[Phase, dict[str, Any]], None],
        around: Instance | None = None,
    ) -> None:
        below: dict[str, list[Node]] = {}
        waiting: dict[str, int] = {}
        records: dict[str, Record] = {}
        for node in workflow.nodes:
            records[node.id] = self.records[path + node.id] = Record(node, path + node.id)
            waiting[node.id] = len(node.upstream)
            for upstream in node.upstream:
                below.setdefault(upstream, []).append(node)
        self.levels[path.removesuffix("/")] = records
        inputs = {**workflow.defaults, **inputs}
        if around is None or workflow.launched:
            execution = Execution(workflow.stops, around.execution if around else None)
            self._executions.append(execution)
        else:
            execution = around.execution
        handles = around is not None and (around.handled or around.handles)
        instance = Instance(
            workflow, execution, handles, path, inputs, finish, records, waiting, below
        )
        ready = [node for node in workflow.nodes if not node.upstream]
        instance.active = len(ready)
        for node in ready:
            self._launch(instance, node)
        if not ready:
            self._settle(instance)

    def _launch(self, instance: Instance, node: Node) -> None:
        record = instance.records[node.id]
        record.phase = Phase.RUNNING
        record.inputs = {name: instance.value(b) for name, b in node.bindings.items()}
        self._owner[record.path] = instance
        if isinstance(node.target, Task) and node.target.is_gate:
            self._reach_gate(instance, record)
        elif node.takes_a_place:
            instance.execution.queue.append((instance, record))
        else:
            self._open(instance, record)

    def _open(self, instance: Instance, record: Record) -> None:
        """Start the workflow inside a node, or the chosen case of a branch."""
        target = record.node.target
        assert not isinstance(target, Task)
        record.start = self._clock.now
        inner = target.chosen(record.inputs) if isinstance(target, Branch) else target
        # The node of a case may use inputs of the workflow around the branch.
        around = instance.inputs if isinstance(target, Branch) else {}
        if inner is None:
            record.error = getattr(target, "error", "")
            self._complete(instance, record, Phase.FAILED)
            return

        def ended(end: Phase, outputs: dict[str, Any]) -> None:
            if record.phase is Phase.RUNNING:
                record.outputs = outputs
                instance.execution.running -= record.node.takes_a_place
                self._complete(instance, record, end)

        def seen_later(end: Phase, outputs: dict[str, Any]) -> None:
            self._clock.after(self._setting.delays.part, self._event(ended, end, outputs))

        finish = seen_later if inner.launched and self._setting.delays.part else ended

        if record.node.timeout:
            end = self._event(self._end_in_time, instance, record)
            self._clock.after(record.node.timeout, end)

        self._begin(inner, f"{record.path}/", {**around, **record.inputs}, finish, instance)

    def _fill(self) -> None:
        """Start queued nodes while there are free places."""
        while self._answers:
            self._start(*self._answers.popleft())
        for execution in self._executions:
            while execution.queue and not self._is_full(execution):
                instance, record = execution.queue.popleft()
                if instance.halted:
                    record.phase = Phase.ABORTED
                    instance.aborted = True
                    self._leave(instance)
                    continue
                execution.running += 1
                if isinstance(record.node.target, Task):
                    self._start(instance, record)
                else:
                    self._open(instance, record)
            if execution.queue:
                self._note_crowd(execution)

    def _is_full(self, execution: Execution) -> bool:
        return self._setting.parallel is not None and execution.running >= self._setting.parallel

    def _start(self, instance: Instance, record: Record) -> None:
        record.start = self._clock.now if record.start is None else record.start
        record.tries += 1
        self._running += 1
        instance.execution.waits += record.path in self._waits
        record.left = self._left(record)
        work = partial(self._work, record, record.inputs)
        delay = self._setting.asking(record.node.role)
        self._clock.submit(work, self._event(self._end_of_work, record), delay)
        self._show(record)

    def _end_of_work(self, record: Record, done: Done) -> None:
        """End an attempt, unless it waits for a file that is not made yet."""
        if record.phase is not Phase.RUNNING:
            # The workflow around the node has ended, and the container of the node with it.
            return
        self._running -= 1
        if done.error or not self._waits.hold(record.path, (record, done), self._is_done):
            self._end_of_try(record, done)

    def _end_of_try(self, record: Record, done: Done) -> None:
        if record.phase is not Phase.RUNNING:
            return
        instance = self._owner[record.path]
        instance.execution.running -= record.node.takes_a_place
        instance.execution.waits -= record.path in self._waits
        record.end = self._clock.now
        record.error, record.outputs = done.error, done.outputs
        record.lost += done.lost
        if self._starts_again(record, done):
            left = self._left(record)
            if left is None or left > 0:
                instance.execution.queue.append((instance, record))
                return
            record.error = node_timed_out(record.node.timeout)
        end = Phase.FAILED if done.error else Phase.SUCCEEDED
        self._complete(instance, record, Phase.ABORTED if instance.halted else end)
        if not done.error:
            for waiting in self._waits.made_by(record.path):
                self._end_of_try(*waiting)

    # ---------------------------------------------------------------- waits for files

    def _is_done(self, path: str) -> bool:
        return path in self.records and self.records[path].phase is Phase.SUCCEEDED

    def _end_waits(self) -> None:
        """End the waits when nothing else runs.

        A wait fails if nodes are queued for the places that waits hold; on Flyte it never ends.
        """
        queued = {r.path: r.node.label for e in self._executions for _, r in e.queue}
        for record, done in self._waits.end():
            if not self._owner[record.path].execution.queue:
                self._end_of_try(record, done)
                continue
            if record.attempts is not None:
                record.attempts.exit_code, record.attempts.killed = None, True
            why = self._waits.never_ends(record.path, queued, self._setting.parallel)
            self._end_of_try(record, Done(error=why))

    def _note_crowd(self, execution: Execution) -> None:
        """Note at queued nodes that only waits keep them from running."""
        if execution.waits == execution.running and self._is_full(execution):
            for _, record in execution.queue:
                record.note = self._waits.crowd(record.path, self._setting.parallel)

    def _left(self, record: Record) -> float | None:
        """Seconds from now to the first deadline of the timeout; None without a timeout."""
        timeout, start = record.node.timeout, record.start
        if not timeout or start is None:
            return None
        return min(timeout, start + 2 * timeout - self._clock.now)

    def _starts_again(self, record: Record, done: Done) -> bool:
        if done.lost:
            return record.lost <= self._setting.system_retries
        tries = record.tries - record.lost
        return bool(done.error) and done.recoverable and tries <= record.node.retries

    def _end_in_time(self, instance: Instance, record: Record) -> None:
        """Abort what runs inside a sub-workflow that exceeds its timeout."""
        if record.phase is not Phase.RUNNING:
            return
        prefix = f"{record.path}/"
        queues = [self._answers, *(execution.queue for execution in self._executions)]
        queued = {waiting.path for found in queues for _, waiting in found}
        for path, inner in self.records.items():
            if path.startswith(prefix) and inner.phase is Phase.RUNNING:
                inner.phase, inner.end = Phase.ABORTED, self._clock.now
                if path not in queued:
                    self._give_up(inner)
        for found in queues:
            kept = [entry for entry in found if not entry[1].path.startswith(prefix)]
            found.clear()
            found.extend(kept)
        record.error = timed_out(record.node.timeout)
        self._complete(instance, record, Phase.FAILED)

    def _give_up(self, record: Record) -> None:
        """Free the place of a node that is aborted."""
        execution = self._owner[record.path].execution
        execution.running -= record.node.takes_a_place
        if not self._gates.drop(record.path) and isinstance(record.node.target, Task):
            execution.waits -= record.path in self._waits
            self._running -= not self._waits.drop(record.path)

    def _complete(self, instance: Instance, record: Record, end: Phase) -> None:
        record.end = self._clock.now
        record.phase = end
        self._show(record)
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
            for gate in self._gates.halted():
                self._end_gate(gate)
        instance.active += len(ready)
        for node in ready:
            self._launch(instance, node)
        self._leave(instance)

    def _leave(self, instance: Instance) -> None:
        instance.active -= 1
        if not instance.active:
            self._settle(instance)

    def _settle(self, instance: Instance) -> None:
        """End a workflow in which nothing runs; run its failure node first, if it failed."""
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
