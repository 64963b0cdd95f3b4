"""Tasks that look at statuses: conditions in Python, starts and ends of boxes, checks."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from transpile.findings.codes.conditions import OtherInstance, UndefinedJob
from transpile.lowering.failures import Link, Wiring
from transpile.lowering.start_conditions import Formulas, Key, Role, settle_rule
from transpile.model import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Blocked,
    Condition,
    ExitCode,
    GlobalValue,
    Job,
    OutputValue,
    StatusTest,
    atoms,
)
from transpile.targets.flyte.alerts import lines
from transpile.targets.flyte.model import TaskPlan
from transpile.targets.flyte.values import Call, Comparison, Logic, Name, Value

SKIPPED, SUCCESS, STARTED = Name("SKIPPED"), Name("SUCCESS"), Name("STARTED")

_TESTS = {
    StatusTest.SUCCESS: "succeeded",
    StatusTest.FAILURE: "failed",
    StatusTest.DONE: "done",
    StatusTest.TERMINATED: "terminated",
    StatusTest.STARTED: "started",
    StatusTest.NOT_FAILED: "not_failed",
    StatusTest.NOT_SUCCEEDED: "not_succeeded",
}
_OPERATORS = {"=": "==", "not =": "!=", "not !=": "=="}
_MISSING = {
    UndefinedJob.code: "{name} is not defined",
    OtherInstance.code: "{name} runs in another instance",
}


class Statuses:
    """Writes what the tasks of one group do with statuses.

    `parameter` names the parameter that hands over the status of a vertex, `outputs` the one that
    hands over what a job has for others, `inputs` the workflow inputs that carry globals.
    """

    def __init__(
        self,
        wiring: Wiring,
        parameter: Callable[[Key], str],
        outputs: Callable[[str], str],
        inputs: dict[str, str],
    ) -> None:
        self._wiring = wiring
        self._formulas: Formulas = wiring.formulas
        self._parameter = parameter
        self._outputs = outputs
        self._inputs = inputs

    def gate(self, key: Key) -> Value | None:
        """The condition that the task of a job, or of the start of a box, looks at."""
        condition = self._wiring.gates.get(key)
        return None if condition is None else self.python(condition)

    def globals_in(self, key: Key) -> list[str]:
        """The inputs that the gate of a vertex, or the rule of a box, looks at."""
        conditions: Iterable[Condition | None] = (self._wiring.gates.get(key),)
        if key.role is Role.END:
            rule = self._formulas.network.jobs[key.name].box_rule
            conditions = (rule.success, rule.failure) if rule else ()
        found = (c for condition in conditions for c in _globals(condition))
        return list(dict.fromkeys(self._inputs[name] for name in found))

    def python(self, condition: Condition) -> Value:
        """The condition as an expression."""
        if isinstance(condition, All | AnyOf):
            if condition in (TRUE, FALSE):
                return condition == TRUE
            word = "and" if isinstance(condition, All) else "or"
            return Logic(word, tuple(map(self.python, condition.terms)))
        if isinstance(condition, GlobalValue):
            return self._global(condition)
        if isinstance(condition, OutputValue):
            return self._output(condition)
        vertex = self._formulas.vertex(condition)
        assert vertex is not None
        status = Name(self._parameter(vertex))
        if isinstance(condition, ExitCode):
            sign = _OPERATORS.get(condition.operator, condition.operator)
            return Comparison(Call("exit_code", (status,)), sign, condition.value)
        return Call(_TESTS[condition.test], (status,))

    def outputs_in(self, key: Key) -> list[str]:
        """The jobs whose outputs the gate of a vertex looks at."""
        found = atoms(self._wiring.gates.get(key))
        return list(dict.fromkeys(atom.job for atom in found if isinstance(atom, OutputValue)))

    def _output(self, atom: OutputValue) -> Value:
        outputs = Name(self._outputs(atom.job))
        sign = _OPERATORS.get(atom.operator, atom.operator)
        return Call("compare_output", (outputs, atom.name, sign, atom.value))

    def _global(self, atom: GlobalValue) -> Value:
        name = Name(self._inputs[atom.name])
        known = self._formulas.network.variables.get(atom.name)
        sign = _OPERATORS.get(atom.operator, atom.operator)
        comparison = Comparison(name, sign, atom.value)
        if sign == "==" or (known is not None and known.value is not None):
            return comparison
        # AutoSys: a condition on a global that is not set is false.
        return Logic("and", (Call("is_set", (name,)), comparison))

    def start(self, key: Key, function: str, parameters: tuple[str, ...]) -> TaskPlan:
        """The start of a box: whether its members may start."""
        box = self._formulas.network.jobs[key.name]
        gate = self.gate(key)
        result: Value = STARTED if gate is not None else 0
        if gate is False:
            gate, result = None, SKIPPED
        elif box.held_up:
            result = Call("blocked", (box.held_up.code, box.held_up.reason))
        text = "start of the box"
        reports = gate is not None or result is SKIPPED
        if reports and box.condition_text:
            text = f"{text} · condition: {box.condition_text}"
        return _plan(key.name, function, text, parameters, result, gate, reports)

    def end(self, key: Key, function: str, parameters: tuple[str, ...]) -> TaskPlan:
        """The end of a box: its status, from that of its members."""
        box = self._formulas.network.jobs[key.name]
        links = self._wiring.links[key]
        start = Key(Role.START, key.name)
        gate = Call("started", (Name(self._parameter(start)),)) if start in links else None
        result: Value = 0
        if box.held_up:
            # Its start fails, which what stands for its members need not wait for.
            result = SKIPPED
        elif box.never_ends:
            result = Call("blocked", (box.never_ends.code, box.never_ends.reason))
        elif key in self._wiring.watched:
            result = self._box_status(key, box)
        reports = key in self._wiring.watched
        text, told = "end of the box", lines(box.alerts, "job", box.name)
        plan = _plan(key.name, function, text, parameters, result, gate, reports)
        return plan if box.never_ends else replace(plan, alerts=told)

    def _box_status(self, key: Key, box: Job) -> Call:
        links = self._wiring.links[key]
        statuses: dict[str, Value] = {}
        terminators: list[str] = []
        for name in self._formulas.live_members(key.name):
            vertex = self._formulas.end(name)
            link = links.get(vertex)
            if link is Link.VALUE:
                statuses[name] = Name(self._parameter(vertex))
                if self._formulas.network.jobs[name].terminates_box:
                    terminators.append(name)
            elif link is None:
                statuses[name] = SKIPPED
        keywords: list[tuple[str, Value]] = []
        if terminators:
            keywords.append(("terminators", tuple(terminators)))
        for word in ("success", "failure"):
            rule = getattr(box.box_rule, word, None)
            if rule is not None:
                settled = settle_rule(self._formulas.network, box, rule)
                keywords.append((word, self.python(self._wiring.known(key, settled))))
        if box.box_rule is not None and box.box_rule.complete:
            keywords.append(("complete", True))
        return Call("box_status", (statuses,), tuple(keywords))

    def check(
        self, key: Key, vertices: list[Key], function: str, parameters: tuple[str, ...]
    ) -> TaskPlan:
        """A node that fails if one of these jobs has failed."""
        statuses: dict[str, Value] = {v.name: Name(self._parameter(v)) for v in vertices}
        single = key.role is Role.CHECK
        text = "fails if it failed" if single else "fails if one of these jobs failed"
        name = key.name if single else "result"
        judged = self._formulas.judged and not single
        result = Call("dag_result" if judged else "require_success", (statuses,))
        return _plan(name, function, text, parameters, result, None, reports=True)


def missing(key: Key, function: str, outside: Blocked | None) -> TaskPlan:
    """The node that stands for a job that is nowhere, or `outside` for a reason."""
    reason = outside.reason if outside else _MISSING[key.code].format(name=key.name)
    call = Call("blocked", (key.code, reason))
    return TaskPlan(function, key.name, (f"{key.name} · {reason}",), (), (), (), call)


def _plan(
    name: str,
    function: str,
    text: str,
    parameters: tuple[str, ...],
    result: Value,
    gate: Value | None,
    reports: bool = False,
) -> TaskPlan:
    reports = reports or gate is not None
    heading = f"{name} · {text}"
    return TaskPlan(function, name, (heading,), (), (), parameters, result, gate, reports)


def _globals(condition: Condition | None) -> list[str]:
    if isinstance(condition, All | AnyOf):
        return [name for term in condition.terms for name in _globals(term)]
    return [condition.name] if isinstance(condition, GlobalValue) else []
