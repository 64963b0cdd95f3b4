"""Runs the driver of a program of Flyte 2, in simulated or in real time.

The driver's own code decides what starts when. A task runs when the driver calls it; its retries
follow at once, as on the platform. A job whose container is lost starts again up to the number of
system retries. A driver ends as its function does.
"""

import asyncio
import inspect
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flyte.errors import NonRecoverableError, RuntimeSystemError, RuntimeUserError

from transpile.proof.attempts import CURRENT, HERE, Attempts, Pause
from transpile.proof.blueprint import Task
from transpile.proof.clocks import Clock, Done
from transpile.proof.delays import Delays
from transpile.proof.executions import Phase, Record
from transpile.proof.program_loop import ProgramLoop
from transpile.proof.programs import OUTPUTS, Function, Program, node_of
from transpile.proof.runs import Simulates, Work
from transpile.proof.setting import ALONE, Setting
from transpile.runtime.flyte2.failures import status_of_code
from transpile.runtime.flyte2.rows import row_name
from transpile.runtime.statuses import FAILURE, SKIPPED
from transpile.targets.flyte.model import NodeRole

_SAMPLES: dict[object, Any] = {str: "", int: 0, float: 0.0, bool: False}

JOB: ContextVar[str] = ContextVar("job", default="")
"""The job whose task the driver calls."""

RUNNING: ContextVar["ProgramSimulator | None"] = ContextVar("running", default=None)
"""The simulator whose driver is running."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around a driver: other workflows, and the time of day.

    `zero` is the moment of second 0, `admin` makes the control plane as a node finds it. With
    `timeless`, start times of jobs have come. Waits ask every `interval` seconds; without one they
    see each change at once.
    """

    zero: datetime
    admin: Callable[[Any], Any]
    timeless: bool = False
    interval: float = 0.0


@dataclass(frozen=True)
class DriverHere:
    """When and where the code of a driver is: like `Here`, but time goes on."""

    clock: Clock
    around: Surroundings
    admin: Any

    @property
    def begun(self) -> datetime:
        """The present moment."""
        return self.around.zero + timedelta(seconds=self.clock.now)

    @property
    def timeless(self) -> bool:
        """True if start times of jobs have come."""
        return self.around.timeless


class ProgramSimulator(Simulates):
    """Runs one driver; `records` are all nodes by name, `levels` has them as the only level."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        setting: Setting = ALONE,
        watch: Callable[[Record], None] | None = None,
        finished: Callable[[], None] | None = None,
        around: "Surroundings | None" = None,
    ) -> None:
        super().__init__(work, clock, setting, watch, finished)
        self._around = around
        self._loop = ProgramLoop(clock)  # type: ignore[abstract]
        self._functions: dict[str, Function] = {}
        self._by_job: dict[str, Record] = {}
        self._of_job: dict[str, list[Record]] = {}
        self._going = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._waits: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []
        self.levels[""] = self.records

    def begin(self, workflow: Program, inputs: dict[str, Any]) -> None:
        """Start the driver; the events of the clock do the rest."""
        self.end = Phase.RUNNING
        self._functions = workflow.functions
        for node in workflow.nodes:
            record = self.records[node.id] = Record(node, node.id)
            self._of_job.setdefault(str(node.job), []).append(record)
            if node.runs:
                self._by_job[node.runs] = record
        assert workflow.drive is not None
        given = {**workflow.defaults, **inputs}
        # A comparison gives no values for the inputs of tasks that it does not run.
        known = {
            name: given.get(name, _SAMPLES.get(workflow.types[name])) for name in workflow.inputs
        }
        copy_context().run(self._start, partial(workflow.drive, **known))

    def _start(self, drive: Callable[[], Any]) -> None:
        RUNNING.set(self)
        around = self._around
        HERE.set(DriverHere(self._clock, around, self.admin(None)) if around else None)
        CURRENT.set(Attempts(None, 0.0))
        self._loop.call_soon(self._begin, drive)
        if asyncio._get_running_loop() is None:
            self._loop.drain()
        else:
            # Another driver has started this one, and goes on first.
            self._clock.after(0.0, self._loop.drain)

    def _begin(self, drive: Callable[[], Any]) -> None:
        task = self._loop.create_task(drive())
        task.add_done_callback(self._end)

    def _end(self, task: "asyncio.Task[Any]") -> None:
        if task.cancelled():
            return
        error = task.exception() or self._loop.failure
        self.end = Phase.FAILED if error else Phase.SUCCEEDED
        if self._finished:
            self._finished()

    def close(self) -> None:
        """Let go of everything but the records; nothing happens any more."""
        self._finished = None
        self._waits.clear()
        self._queue.clear()
        self._loop.clear()

    def answer(self, signal: str, *, yes: bool = True) -> None:
        """Look again at what waits: drivers have no gates that others answer."""
        self.look()

    def look(self) -> None:
        """Let waits end whose condition holds now."""
        self._see()
        self._loop.drain()

    def _see(self) -> None:
        ended = [wait for wait in self._waits if wait[0]()]
        self._waits = [wait for wait in self._waits if wait not in ended]
        for _, future in ended:
            future.set_result(None)

    # ---------------------------------------------------------------- what a driver does

    async def call(self, template: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """The result of a task that the driver calls. Raises the error of the task."""
        name = template.func.__name__
        function = self._functions.get(name) or Function(template.func, template)
        record = self._by_job.get(JOB.get()) or self._record(name, function)
        task = record.node.target
        assert isinstance(task, Task)
        if task.entity is None:
            # The task of somebody else, which stands for a job.
            task.entity = function
            task.inputs = tuple(inspect.signature(function.task_function).parameters)
        record.inputs = {**dict(zip(task.inputs, arguments, strict=False)), **named}
        if len(arguments) > len(task.inputs) or len(record.inputs) < len(task.inputs):
            # This raises unless the parameters without a value have defaults.
            inspect.signature(function.task_function).bind(*arguments, **named)
        return await self.act(record)

    async def act(self, record: Record) -> Any:
        """The result of the task of a node. Raises its error."""
        record.phase = Phase.RUNNING
        await self._place_for(record)
        while True:
            done = await self._attempt(record)
            record.end = self._clock.now
            record.error, record.outputs = done.error, done.outputs
            record.lost += done.lost
            if not self._starts_again(record, done):
                break
        self._going -= 1
        if self._queue:
            self._queue.popleft().set_result(None)
        record.phase = Phase.FAILED if done.error else Phase.SUCCEEDED
        if done.error:
            record.outputs = {"o0": FAILURE if done.lost else status_of_code(done.code)}
        self._show(record)
        self._loop.call_soon(self._see)
        if done.lost:
            raise RuntimeSystemError("ContainerLost", done.error)
        if done.error:
            kind = RuntimeUserError if done.recoverable else NonRecoverableError
            known = (done.code, done.error) if done.recoverable else (done.error, done.code)
            raise kind(*known)
        values = [done.outputs[name] for name in OUTPUTS if name in done.outputs]
        return values[0] if len(values) == 1 else tuple(values)

    async def _place_for(self, record: Record) -> None:
        """Wait for one of the places for tasks."""
        if self._setting.parallel is not None and self._going >= self._setting.parallel:
            turn = self._loop.create_future()
            self._queue.append(turn)
            await turn
        self._going += 1

    async def _attempt(self, record: Record) -> Done:
        record.start = self._clock.now if record.start is None else record.start
        record.tries += 1
        self._show(record)
        future = self._loop.create_future()

        def ended(done: Done) -> None:
            future.set_result(done)
            self._loop.drain()

        self._clock.submit(partial(self._work, record, record.inputs), ended)
        done: Done = await future
        return done

    def _starts_again(self, record: Record, done: Done) -> bool:
        if done.lost:
            return record.lost <= self._setting.system_retries
        tries = record.tries - record.lost
        return bool(done.error) and done.recoverable and tries <= record.node.retries

    def note(self, name: str, role: NodeRole, job: str | None, output: str = "") -> Record:
        """Note a row: a node without a pod, which begins and ends now."""
        record = self._record(name, None)
        record.node.role, record.node.job = role, job
        record.start = self._clock.now if record.start is None else record.start
        record.end, record.phase = self._clock.now, Phase.SUCCEEDED
        record.outputs = {"o0": output} if output else {}
        self._show(record)
        self._loop.call_soon(self._see)
        return record

    def skip(self, job: str, why: str) -> None:
        """Note why the node of a job does not run."""
        for record in self._of_job.get(job, ()):
            if record.phase is Phase.NOT_REACHED:
                record.note = why
                if record.node.role is NodeRole.END:
                    record.phase, record.outputs = Phase.SUCCEEDED, {"o0": SKIPPED}

    async def wait(
        self,
        name: str,
        job: str,
        what: str,
        holds: Callable[[], bool],
        pause: Callable[[], Pause] | None = None,
    ) -> None:
        """Wait, as the node of that name, until a condition holds; `what` is it in words.

        A `pause` says when it asks again; without one it asks as other waits do.
        """
        record = self._record(name, None)
        record.node.role, record.node.job = NodeRole.WAIT, job
        record.phase, record.start, record.note = Phase.RUNNING, self._clock.now, what
        interval = self._around.interval if self._around else 0.0
        while not holds():
            if pause is not None:
                await self.rest(pause())
                continue
            future = self._loop.create_future()
            if interval and self._clock.now <= self._setting.until:
                # Only what ends somewhere can make the condition hold.
                self._clock.ask(interval, self._setting.until, partial(self._wake, future))
            else:
                self._waits.append((holds, future))
            await future
        record.phase, record.end = Phase.SUCCEEDED, self._clock.now

    async def rest(self, pause: Pause) -> None:
        """Return behind a pause."""
        future = self._loop.create_future()
        self._clock.wait(pause, partial(self._wake, future))
        await future

    def change(self) -> None:
        """Note that others may see something new."""
        self._clock.change()

    def _wake(self, future: "asyncio.Future[None]") -> None:
        if not future.done():
            future.set_result(None)
            self._loop.drain()

    def job(self, name: str) -> Record:
        """The record of the node that runs a job."""
        return self._by_job.get(name) or self._record(name, None)

    def admin(self, record: Record | None) -> Any:
        """The control plane as a node finds it; None if nothing is around this run."""
        return self._around.admin(record) if self._around else None

    @property
    def now(self) -> float:
        """The present second."""
        return self._clock.now

    @property
    def delays(self) -> Delays:
        """Those of the platform."""
        return self._setting.delays

    def _record(self, name: str, function: Function | None) -> Record:
        name = row_name(name)
        if name not in self.records:
            self.records[name] = Record(node_of(name, function, name), name)
        return self.records[name]
