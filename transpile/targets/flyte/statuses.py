"""Plans tasks: their conditions, and the results of tasks that run no job."""

from collections.abc import Mapping
from dataclasses import dataclass

from transpile.lowering.structure import BoxResult, Deed, Key, Node, Role
from transpile.model import (
    TRUE,
    All,
    AnyOf,
    Blocked,
    Condition,
    Cut,
    ExitCode,
    GlobalValue,
    Heard,
    OutputValue,
    PlatformRun,
    Schedule,
    Status,
    StatusTest,
    Variable,
    label_of,
)
from transpile.model.plain_days import plain
from transpile.sources.printable import listed
from transpile.targets.flyte.alerts import lines
from transpile.targets.flyte.around import WaitPlan
from transpile.targets.flyte.day_tests import DAY, DayTests
from transpile.targets.flyte.model import SKIPPED, TaskPlan
from transpile.targets.flyte.module_names import ModuleNames
from transpile.targets.flyte.tasks import documentation
from transpile.targets.flyte.values import (
    Call,
    Comparison,
    Lambda,
    Logic,
    Name,
    Value,
    python_operator,
)

SUCCESS, STARTED = Name("SUCCESS"), Name("STARTED")

_TESTS = {
    StatusTest.SUCCESS: "succeeded",
    StatusTest.FAILURE: "failed",
    StatusTest.DONE: "done",
    StatusTest.TERMINATED: "terminated",
    StatusTest.STARTED: "started",
    StatusTest.NOT_FAILED: "not_failed",
    StatusTest.NOT_SUCCEEDED: "not_succeeded",
}
_TEXTS = {
    Role.START: "start of the box",
    Role.END: "end of the box",
    Role.CHECK: "fails if it failed",
    Role.RESULT: "fails if one of these jobs failed",
    Role.WAIT: "does what it waits for hold already?",
}
_SMALL: tuple[tuple[str, Value], ...] = (("requests", Name("SMALL")), ("retries", 5))
"""The settings of tasks that need little and may run twice."""


@dataclass(frozen=True, slots=True)
class Statuses:
    """Plans the tasks of one module; `variables` are the globals of the estate.

    Tasks that ask the platform need a secret if it `logs_in` its clients.
    """

    names: ModuleNames
    variables: Mapping[str, Variable]
    days: DayTests
    logs_in: bool = False

    def task(self, node: Node, todos: tuple[str, ...] = ()) -> TaskPlan:
        """The task of a node; `run_task` adds the action of a job."""
        role, job = node.key.role, node.job
        is_job = role is Role.JOB and job is not None
        return TaskPlan(
            function=self.names.function(node.key),
            job="result" if role is Role.RESULT else node.key.name,
            documentation=documentation(job) if is_job and job else (self._heading(node),),
            todos=todos,
            settings=self._settings(node),
            parameters=self._parameters(node),
            result=self._result(node),
            otherwise=self._otherwise(node),
            wait=self._wait(node),
            gate=None if node.condition is None else self.python(node.condition),
            reports=node.reports,
            gives=node.gives,
            alerts=lines(node.alerts, "job", node.key.name),
        )

    def handed(self, node: Node) -> dict[str, Value]:
        """The statuses that a node is handed, by job."""
        return {v.name: Name(self.names.parameter(v)) for v, _ in node.statuses}

    def _heading(self, node: Node) -> str:
        key = node.key
        text = _TEXTS.get(key.role, "")
        if key.role is Role.MISSING and isinstance(node.does, Blocked):
            text = node.does.reason
        if isinstance(node.does, Cut) and node.does.legacy:
            text = f"asks {', '.join(name for name, _ in node.does.legacy)} on the legacy side"
        if isinstance(node.does, Heard):
            text = _heard_text(key.role, node.does)
        if isinstance(node.does, tuple):
            looking = [cut.job for cut in node.does]
            text = f"{listed(looking, 3)} {'look' if looking[1:] else 'looks'} at it"
        if isinstance(node.does, Schedule):
            text = f"not before {node.does}"
        if key.role is Role.START and node.reports and node.job and node.job.condition_text:
            text = f"{text} · condition: {node.job.condition_text}"
        return f"{'result' if key.role is Role.RESULT else key.name} · {text}"

    def _parameters(self, node: Node) -> tuple[str, ...]:
        """The parameters of a task: statuses, values of other jobs, and globals."""
        names = self.names
        statuses = (names.parameter(vertex) for vertex, _ in node.statuses)
        values = (*map(names.outputs_of, node.takes), *map(names.inputs.__getitem__, node.globals))
        start = (self.names.kickoff,) if isinstance(node.does, Schedule) else ()
        return tuple(dict.fromkeys((*start, *statuses, *values)))

    def _result(self, node: Node) -> Value:
        """The expression that the task returns if its condition holds."""
        if isinstance(node.does, Blocked):
            return Call("blocked", (node.does.code, node.does.reason))
        if isinstance(node.does, BoxResult):
            return self._box_status(node.does)
        if isinstance(node.does, Cut):
            if node.does.legacy:
                pause = (("interval", node.does.interval),)
                return Call("look_at_legacy", (self.names.cut(node.does),), pause)
            return Call("look", (self.names.cut(node.does),))
        if isinstance(node.does, tuple):
            return Call("tell", tuple(map(self.names.cut, node.does)))
        if isinstance(node.does, Schedule):
            return self.not_before(node.does)
        if isinstance(node.does, Heard):
            return self._told(node, node.does)
        if node.does in (Deed.REQUIRE, Deed.JUDGE):
            function = "dag_result" if node.does is Deed.JUDGE else "require_success"
            return Call(function, (self.handed(node),))
        if node.does is Deed.SKIP:
            return SKIPPED
        status = STARTED if node.does is Deed.START else SUCCESS
        return status if node.reports else 0

    def _told(self, node: Node, heard: Heard) -> Call:
        """The call that tells the legacy side of a start or an end."""
        pause = (("interval", heard.interval),)
        own = (self.names.legacy(heard.job),) if heard.listeners else ()
        if node.key.role is Role.LEGACY_END:
            handed = tuple(self.handed(node).values())
            return Call("tell_legacy", (*own, *(handed or (SUCCESS,))), pause)
        inside = tuple(map(self.names.legacy, heard.inside))
        resets = (("resets", inside),) if inside else ()
        return Call("tell_legacy_start", own, (*resets, *pause))

    def _settings(self, node: Node) -> tuple[tuple[str, Value], ...]:
        """The settings of a task that asks the platform, or waits for a time."""
        role, job = node.key.role, node.job
        secrets = (("secret_requests", Name("SECRETS")),) if self.logs_in else ()
        asking = (("environment", Name("ENVIRONMENT")), *secrets)
        if role is Role.JOB and job is not None and isinstance(job.action, PlatformRun):
            return asking
        if role in (Role.WAIT, Role.TELL, Role.LEGACY_START, Role.LEGACY_END):
            return (*asking, *_SMALL)
        return _SMALL if role is Role.NOT_BEFORE else ()

    def not_before(self, schedule: Schedule) -> Call:
        """The call that waits for the first of the times after the start of the workflow."""
        keywords: list[tuple[str, Value]] = []
        if schedule.minutes:
            keywords.append(("minutes", schedule.minutes))
        if schedule.timezone:
            keywords.append(("timezone", schedule.timezone))
        test = self.days.of(plain(schedule.days))
        if test is not True:
            keywords.append(("days", Lambda(DAY.id, test)))
        times = tuple(f"{hour:02}:{minute:02}" for hour, minute in schedule.times)
        return Call("not_before", (Name(self.names.kickoff), times), tuple(keywords))

    def _otherwise(self, node: Node) -> Value:
        """The value that the task returns if its condition is false."""
        return (
            Call("release", (self.names.cut(node.does),)) if isinstance(node.does, Cut) else SKIPPED
        )

    def _wait(self, node: Node) -> WaitPlan | None:
        """The workflow that waits, for a node that does."""
        if not isinstance(node.does, Cut):
            return None
        look = self.names.function(node.key)
        return WaitPlan(self.names.wait(look), self.names.cut(node.does).id, node.does.shown)

    def _box_status(self, result: BoxResult) -> Call:
        statuses: dict[str, Value] = {
            name: Name(self.names.parameter(vertex)) if vertex else SKIPPED
            for name, vertex in result.members.items()
        }
        keywords: list[tuple[str, Value]] = []
        if result.terminators:
            keywords.append(("terminators", result.terminators))
        for word, condition in (("success", result.success), ("failure", result.failure)):
            if condition is not None:
                keywords.append((word, self.python(condition)))
        if result.complete:
            keywords.append(("complete", True))
        return Call("box_status", (statuses,), tuple(keywords))

    # ---------------------------------------------------------------- conditions

    def python(self, condition: Condition) -> Value:
        """The condition as an expression."""
        if isinstance(condition, All | AnyOf):
            if not condition.terms:
                return condition == TRUE
            word = "and" if isinstance(condition, All) else "or"
            return Logic(word, tuple(map(self.python, condition.terms)))
        if isinstance(condition, GlobalValue):
            return self.of_global(condition)
        if isinstance(condition, OutputValue):
            outputs = Name(self.names.outputs_of(condition.job))
            sign = python_operator(condition.operator)
            return Call("compare_output", (outputs, condition.name, sign, condition.value))
        status = Name(self.names.parameter(_vertex(condition)))
        if isinstance(condition, ExitCode):
            sign = python_operator(condition.operator)
            return Comparison(Call("exit_code", (status,)), sign, condition.value)
        return Call(_TESTS[condition.test], (status,))

    def of_global(self, atom: GlobalValue) -> Value:
        """The test of a global."""
        name = Name(self.names.inputs[atom.name])
        known = self.variables.get(atom.name)
        sign = python_operator(atom.operator)
        comparison = Comparison(name, sign, atom.value)
        if sign == "==" or (known is not None and known.value is not None):
            return comparison
        # A condition on an unset global is false.
        return Logic("and", (Call("is_set", (name,)), comparison))


def _heard_text(role: Role, heard: Heard) -> str:
    """What the legacy side is told."""
    when = "that it starts" if role is Role.LEGACY_START else "how it ended"
    those = listed(heard.listeners, 3)
    told = f"tells {those} on the legacy side {when}"
    if role is not Role.LEGACY_START or not heard.inside:
        return told
    return f"{told}, and resets its jobs there" if those else "resets its jobs on the legacy side"


def _vertex(atom: Status | ExitCode) -> Key:
    """The vertex that an atom asks about: the start of a box, or the end of a job."""
    starts = isinstance(atom, Status) and atom.test is StatusTest.STARTED
    return Key(Role.START if starts else Role.JOB, label_of(atom))
