"""Runs emitted programs of Flyte 2, with simulated or real commands."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from flyte import Cron, TriggerTime
from flyte.errors import NonRecoverableError, RuntimeUserError

from transpile.proof.attempts import Attempts
from transpile.proof.blueprint import Roles, Workflow
from transpile.proof.bodies import Body
from transpile.proof.clocks import Done, SimulatedClock
from transpile.proof.commands import helpers
from transpile.proof.executions import Record
from transpile.proof.launch_plans import LaunchedBy
from transpile.proof.loading import Loaded
from transpile.proof.program_helpers import PROGRAM_HELPERS
from transpile.proof.program_loading import load_program
from transpile.proof.program_simulator import ProgramSimulator, Surroundings
from transpile.proof.programs import Program
from transpile.proof.rehearse import Around, Plan, Rehearsal
from transpile.proof.runs import Simulates
from transpile.proof.scheduler import UTC
from transpile.proof.setting import Setting
from transpile.runtime.flyte2.failures import EXIT, KILLED
from transpile.runtime.flyte2.rows import row_name
from transpile.targets.flyte.model import LaunchPlanPlan, NodeRole


class ProgramRehearsal(Rehearsal):
    """A loaded program, whose driver runs any number of times. Raises LoadError."""

    drives = True
    simulates = ProgramSimulator

    @property
    def interval(self) -> float:  # type: ignore[override]
        """Seconds between the questions of a wait."""
        return float(getattr(self.runtime, "INTERVAL", 0.0))

    def _helpers(self, source: str) -> ModuleType:
        more = PROGRAM_HELPERS
        return helpers(source, self._processes, execute=self._execute, more=more)

    def _load(self, path: Path, roles: Roles, beside: Collection[str]) -> Loaded:
        return load_program(path, self.runtime, roles, beside)

    def problems(self, workflow: Workflow) -> Iterator[str]:
        """Jobs without a task of the module or of a team: the driver cannot start them."""
        assert isinstance(workflow, Program)
        tasks = {*workflow.functions, *getattr(workflow.drive, "__globals__", ())}
        for node in workflow.nodes:
            rows = (f"{node.job}{word}" for word in ("", " ended", " passed"))
            if node.role is NodeRole.JOB and node.id not in {*map(row_name, rows), *tasks}:
                yield f"the driver of {workflow.name} has no task {node.id} for {node.job}"

    def start_problems(self, plans: Iterable[LaunchPlanPlan]) -> Iterator[str]:
        """The differences of the planned schedules from the triggers of the driver."""
        (workflow,) = self.workflows.values()
        found = {start.name: start for start in self.starts_of(workflow)}
        for plan in plans:
            if not plan.cron:
                continue
            expected = plan.cron, plan.timezone or UTC, plan.kickoff or ""
            start = found.get(plan.name)
            if start is None:
                yield f"trigger {plan.name} is not defined"
            elif expected != (start.cron, start.zone, start.kickoff):
                actual = (start.cron, start.zone, start.kickoff)
                yield f"trigger {plan.name} is {actual!r} instead of {expected!r}"

    def starts_of(self, workflow: Workflow) -> Iterator[LaunchedBy]:
        """The triggers of a driver, and its task, which others start."""
        assert isinstance(workflow, Program)
        for trigger in workflow.triggers:
            if isinstance(trigger.automation, Cron):
                given = dict(trigger.inputs or {})
                moments = [name for name, value in given.items() if value is TriggerTime]
                yield LaunchedBy(
                    name=trigger.name,
                    cron=trigger.automation.expression,
                    zone=str(trigger.automation.timezone),
                    kickoff=next(iter(moments), ""),
                    inputs={name: given[name] for name in given if name not in moments},
                )
        yield LaunchedBy(workflow.task, on_demand=True)

    def checks_of(
        self, workflow: Workflow, inputs: Mapping[str, Any]
    ) -> Iterator[Callable[[datetime], bool]]:
        """What a run with these inputs checks of the time of its trigger."""
        found = (self.names.get(value) for value in inputs.values() if isinstance(value, str))
        yield from filter(callable, found)

    def starts_others(self, cut: Any) -> str:
        """The task that a cut starts."""
        return str(cut.task)

    def simulator(
        self,
        workflow: Workflow,
        plan: Plan,
        clock: SimulatedClock,
        watch: Callable[[Record], None] | None = None,
        around: Around | None = None,
    ) -> Simulates:
        """A simulator for one run of a driver, with what is `around` it."""
        setting = Setting(plan.parallel, plan.system_retries)
        work = self._worker(plan, around.ends if around else None)
        if around is None:
            return ProgramSimulator(work, clock, setting, watch)
        setting = replace(setting, until=around.until, delays=around.delays)
        place = Surroundings(around.zero, around.admin, around.timeless, around.interval)
        return ProgramSimulator(work, clock, setting, watch, around.finished, place)

    def _assumed(self, entity: Any, body: Body, attempts: Attempts) -> Any:
        """The result of a task of somebody else, as planned. Raises its error."""
        code = attempts.next(0.0)
        if code is None:
            raise NonRecoverableError("killed", KILLED)
        if code:
            raise RuntimeUserError(f"{EXIT}{code}", f"exit code {code}")
        return 0

    def _failed(self, error: BaseException) -> Done:
        """The end of an attempt that has raised an error; only some errors end the retries."""
        code = str(getattr(error, "code", type(error).__name__))
        again = not isinstance(error, NonRecoverableError)
        return Done(error=str(error) or type(error).__name__, recoverable=again, code=code)
