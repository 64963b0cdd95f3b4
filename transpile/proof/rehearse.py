"""Runs emitted workflows, with simulated or real commands."""

import math
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from flytekit.core.launch_plan import LaunchPlan
from flytekit.exceptions.user import FlyteRecoverableException

from transpile.interrupts import reraise_interrupt
from transpile.model.outcome import SCRIPTS, Outcome
from transpile.proof.attempts import CURRENT, HERE, Asked, Attempts, ContainerEnded, Here, Later
from transpile.proof.blueprint import Branch, Node, Roles, Task, Workflow, assign_roles
from transpile.proof.bodies import Bodies, Body, holds_now
from transpile.proof.clocks import Done, SimulatedClock, Workers
from transpile.proof.commands import helpers
from transpile.proof.delays import ASKING, Delays
from transpile.proof.executions import Phase, Record
from transpile.proof.files import Handovers, Makers
from transpile.proof.launch_plans import LaunchedBy, launch_plan_problems, launched_by
from transpile.proof.loading import Loaded, load_module
from transpile.proof.processes import Processes
from transpile.proof.runs import Simulates, Work
from transpile.proof.setting import Setting
from transpile.proof.simulator import Simulator, node_timed_out, timed_out
from transpile.proof.structure import problems
from transpile.runtime.statuses import FAILURE, SKIPPED, SUCCESS, TERMINATED, Status
from transpile.targets.flyte.model import LaunchPlanPlan, NodeRole

_START = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""Default start time of simulated runs."""

_CHECKS = (NodeRole.RUN_DAY, NodeRole.START_TIME)

_SAMPLES: dict[object, Any] = {str: "", int: 0, float: 0.0, bool: False, list: [], dict: {}}


@dataclass(slots=True)
class Plan:
    """The inputs of a run, and the outcome and duration of each job.

    A job without an outcome succeeds; one without seconds takes one second. `outputs` are values
    that jobs hand over to others. At most `parallel` jobs run at a time; None means no limit. A job
    loses `lost` containers, of which the platform replaces up to `system_retries`.
    """

    inputs: dict[str, Any] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    parallel: int | None = None
    outputs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lost: Mapping[str, float] = field(default_factory=dict)
    system_retries: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a run that shares its time with others.

    `zero` is the moment of second 0. `admin` makes Flyte Admin as the task of a node finds it.
    Waits that end after second `until` stay open. With `timeless`, start times of jobs have come.
    When the command of a job starts, `ends` may say how it ends instead of the plan. With `filed`,
    waits for files end when a node of the run has made them, unless the plan says when. Waits of a
    driver ask every `interval` seconds; without one they see each change at once.
    """

    zero: datetime
    admin: Callable[[Record], Any]
    until: float = math.inf
    finished: Callable[[], None] | None = None
    delays: Delays = ASKING
    timeless: bool = False
    ends: Callable[[str], Asked | None] | None = None
    filed: bool = True
    interval: float = 0.0


class Rehearsal:
    """A loaded module, whose workflows run any number of times. Raises LoadError.

    `roles` say which job each node stands for. With `execute` commands really run, unless a plan
    has an outcome for them. The modules `beside` it are imported, too.
    """

    interval: float = 0.0
    """Seconds between the questions of a wait; 0 for gates, which others answer."""

    drives: ClassVar[bool] = False
    """The jobs are started by the code of a driver."""
    simulates: ClassVar[type[Simulates]] = Simulator
    """What runs a workflow."""

    def __init__(
        self,
        path: Path,
        helpers_source: str,
        roles: Roles,
        *,
        execute: bool = False,
        beside: Collection[str] = (),
    ) -> None:
        self._execute = execute
        self._processes = Processes()
        self.runtime: ModuleType = self._helpers(helpers_source)
        loaded = self._load(path, roles, beside)
        self.beside = loaded.beside
        self.name = loaded.name
        modules = (*loaded.sides, loaded.module)
        self.names: dict[str, Any] = {k: v for each in modules for k, v in vars(each).items()}
        self.workflows: dict[str, Workflow] = loaded.workflows
        self.timed = loaded.timed
        self.bodies = Bodies(modules, self.runtime)
        self._made: dict[int, tuple[Workflow, Plan, Makers]] = {}
        start = datetime.now(timezone.utc) if execute else _START
        for variable in self.workflows.keys() - self.timed:
            workflow = self.workflows[variable]
            moments = (name for name, kind in workflow.types.items() if kind is datetime)
            workflow.defaults = {**dict.fromkeys(moments, start), **workflow.defaults}

    def _helpers(self, source: str) -> ModuleType:
        return helpers(source, self._processes, execute=self._execute)

    def _load(self, path: Path, roles: Roles, beside: Collection[str]) -> Loaded:
        loaded = load_module(path, self.runtime, beside)
        for workflow in loaded.workflows.values():
            assign_roles(workflow, roles, loaded.variables)
        return loaded

    def problems(self, workflow: Workflow) -> Iterator[str]:
        """The structural problems of a workflow."""
        return problems(workflow)

    def start_problems(self, plans: Iterable[LaunchPlanPlan]) -> Iterator[str]:
        """The differences of the planned launch plans from those of the module."""
        return launch_plan_problems(self.names, plans)

    def starts_of(self, workflow: Workflow) -> Iterator[LaunchedBy]:
        """The launch plans of the module that start a workflow."""
        for plan in self.names.values():
            if isinstance(plan, LaunchPlan) and plan.workflow.name == workflow.name:
                yield launched_by(plan)

    def starts_others(self, cut: Any) -> str:
        """What the cut of a workflow without a clock starts."""
        return str(cut.launch_plan)

    def checks_of(
        self, workflow: Workflow, inputs: Mapping[str, Any]
    ) -> Iterator[Callable[[datetime], bool]]:
        """What an execution with these inputs checks of the time of its schedule."""
        for node in workflow.nodes:
            if node.role in _CHECKS and isinstance(node.target, Task):
                task = node.target
                if self.bodies.of(task.entity).emitted:
                    yield partial(_checked, task)

    def edited(self, workflow: Workflow | Branch) -> Iterator[Node]:
        """The nodes with edited tasks of this module, whose behaviour is assumed."""
        for node in workflow.nodes:
            if not isinstance(node.target, Task):
                yield from self.edited(node.target)
            elif self._is_edited(node.target.entity):
                yield node

    def _is_edited(self, entity: Any) -> bool:
        return self.bodies.is_own(entity) and not self.bodies.of(entity).emitted

    def run(
        self, workflow: Workflow, plan: Plan, watch: Callable[[Record], None] | None = None
    ) -> tuple[bool, dict[str, Record]]:
        """Run a workflow; return True if it succeeded, and the records of nodes by path.

        Waits for other workflows are taken to hold.
        """
        if not self._execute:
            simulator = self.simulator(workflow, plan, SimulatedClock(), watch)
            return simulator.run(workflow, plan.inputs), simulator.records
        plan = replace(plan, parallel=plan.parallel or os.cpu_count() or 1)
        with ThreadPoolExecutor(plan.parallel) as pool:
            setting = Setting(plan.parallel, plan.system_retries)
            simulator = self.simulates(self._worker(plan), Workers(pool), setting, watch)
            try:
                return simulator.run(workflow, plan.inputs), simulator.records
            except KeyboardInterrupt:
                self._processes.end()
                raise

    def simulator(
        self,
        workflow: Workflow,
        plan: Plan,
        clock: SimulatedClock,
        watch: Callable[[Record], None] | None = None,
        around: Around | None = None,
    ) -> Simulates:
        """A simulator for one run of a workflow, with what is `around` it."""
        filed = around is None or around.filed
        makers = self._makers(workflow, plan) if filed else {}
        setting = Setting(plan.parallel, plan.system_retries, makers)
        work = self._worker(plan, around.ends if around else None)
        if around is None:
            return Simulator(work, clock, setting, watch)
        setting = replace(setting, answered=True, until=around.until, delays=around.delays)
        found = around

        def surrounded(record: Record, inputs: dict[str, Any]) -> Done:
            begun = found.zero + timedelta(seconds=clock.now)
            # The task may open a gate, so that other tasks start before it ends.
            before = HERE.set(Here(begun, found.admin(record), found.timeless))
            try:
                return work(record, inputs)
            finally:
                HERE.reset(before)

        return Simulator(surrounded, clock, setting, watch, around.finished)

    def _worker(self, plan: Plan, ends: Callable[[str], Asked | None] | None = None) -> Work:
        def work(record: Record, inputs: dict[str, Any]) -> Done:
            if record.attempts is None:
                record.attempts = self._attempts(record.node.runs or "", plan, ends)
            return self._try(record, record.attempts, inputs)

        return work

    def _makers(self, workflow: Workflow, plan: Plan) -> Makers:
        """The makers of the files that nodes wait for; empty without a limit of places."""
        if plan.parallel is None:
            return {}
        known = self._made.get(id(workflow))
        if known is None or known[1] is not plan:
            known = self._made[id(workflow)] = workflow, plan, self._found_makers(workflow, plan)
        return known[2]

    def _found_makers(self, workflow: Workflow, plan: Plan) -> Makers:

        def waits(node: Node, task: Task) -> set[str]:
            told = node.runs in plan.seconds or node.runs in plan.outcomes
            return set() if told else self.bodies.of(task.entity).waits

        def writes(_: Node, task: Task) -> set[str]:
            return self.bodies.of(task.entity).writes

        return Handovers(waits, writes).of(workflow)

    def _try(self, record: Record, attempts: Attempts, inputs: dict[str, Any]) -> Done:
        task = record.node.target
        assert isinstance(task, Task)
        before = attempts.before = attempts.seconds
        if not attempts.polls:
            attempts.left = record.left
        elif record.phase is not Phase.RUNNING:
            return Done()
        attempts.polls = False
        outer = CURRENT.set(attempts)
        try:
            value = self._call(task, attempts, inputs)
            done = Done(_outputs(task, value))
        except Later as later:
            attempts.polls = True
            done = Done(again=True, pause=later.pause)
        except ContainerEnded as end:
            done = _ended_container(record, end)
        except FlyteRecoverableException as error:
            done = Done(error=str(error.args[0]), recoverable=True)
        except (Exception, SystemExit) as error:
            reraise_interrupt(error)
            done = self._failed(error)
        finally:
            CURRENT.reset(outer)
        done.seconds = attempts.seconds - before
        return done

    def _failed(self, error: BaseException) -> Done:
        """The end of an attempt that has raised an error that is not Flyte's own."""
        return Done(error=str(error) or type(error).__name__)

    def _attempts(
        self, job: str, plan: Plan, ends: Callable[[str], Asked | None] | None
    ) -> Attempts:
        """The attempts of a job before its first one, as planned."""
        scripts: dict[str, Outcome] = {}
        if plan.outcomes:
            told = ((word, plan.outcomes.get(f"{job} {word}")) for word in SCRIPTS)
            scripts = {word: outcome for word, outcome in told if outcome}
        known = plan.outputs.get(job)
        outcome, seconds = plan.outcomes.get(job), plan.seconds.get(job)
        return Attempts(
            outcome,
            1.0 if seconds is None else seconds,
            losing=plan.lost.get(job, 0),
            scripts=scripts,
            outputs=known if known or self._execute else {},
            ask=partial(ends, job) if ends and job else None,
            planned=outcome is not None or seconds is not None,
        )

    def _call(self, task: Task, attempts: Attempts, inputs: dict[str, Any]) -> Any:
        if task.is_gate:
            return True
        entity = task.entity
        body = self.bodies.of(entity)
        if body.emitted or getattr(entity, "known", False):
            return entity.task_function(**inputs)
        if self._execute and attempts.outcome is None and entity is not None:
            # Edited code counts as one attempt, whatever it runs.
            attempts.count += 1
            return entity.execute(**inputs)
        if body.gate is not None and not holds_now(body.gate, inputs, self.names):
            return SKIPPED
        return self._assumed(entity, body, attempts)

    def _assumed(self, entity: Any, body: Body, attempts: Attempts) -> Any:
        """The result of a task that does not run, as planned. Raises its error."""
        code = attempts.next(0.0)
        if body.reports:
            return TERMINATED if code is None else str(Status(FAILURE if code else SUCCESS, code))
        if code is None and hasattr(entity, "task_function"):
            raise RuntimeError("killed")
        # Flyte retries tasks that are not functions after a kill, too.
        if code is None or self.bodies.is_failure(entity, code):
            raise FlyteRecoverableException(f"exit code {code}")
        interface = getattr(entity, "python_interface", None)
        types = interface.outputs if interface else {}
        return tuple(_SAMPLES.get(kind) for kind in types.values())


def _checked(task: Task, moment: datetime) -> bool:
    return bool(task.entity.task_function(**dict.fromkeys(task.inputs, moment)))


def _ended_container(record: Record, end: ContainerEnded) -> Done:
    """The end of an attempt whose container the platform ended or lost."""
    if end.lost:
        times = f"{record.lost + 1} times" if record.lost else "once"
        return Done(error=f"its container was lost {times}", lost=True)
    timeout = record.node.timeout
    if record.left is not None and record.left < timeout:
        return Done(error=node_timed_out(timeout))
    return Done(error=timed_out(timeout), recoverable=True)


def _outputs(task: Task, value: Any) -> dict[str, Any]:
    if value is None or not task.outputs:
        return {}
    if isinstance(value, tuple):
        return dict(zip(task.outputs, value, strict=False))
    return {task.outputs[0]: value}
