"""Prints conditions as expressions over the jobs of a running workflow."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from transpile.lowering.structure import Key
from transpile.model import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Condition,
    ExitCode,
    GlobalValue,
    OutputValue,
    StatusTest,
    atoms,
    label_of,
)
from transpile.targets.flyte.values import Call, Logic, Name, Value, python_operator

MOST_TERMS = 8
"""Conditions with more terms are calls: Python's compiler recurses into chains of operators."""

_PROPERTIES = {
    StatusTest.SUCCESS: "succeeded",
    StatusTest.FAILURE: "failed",
    StatusTest.DONE: "done",
    StatusTest.TERMINATED: "terminated",
    StatusTest.STARTED: "started",
    StatusTest.NOT_FAILED: "not_failed",
    StatusTest.NOT_SUCCEEDED: "not_succeeded",
    StatusTest.OVER: "over",
    StatusTest.AWAITED: "over",
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions of one driver.

    `variables` are those of jobs and boxes; `globals` makes the test of a global. Of the jobs that
    a job comes after, the driver asks what `order` says.
    """

    variables: Mapping[str, str]
    globals: Callable[[GlobalValue], Value]
    order: str = "idle"

    def python(self, condition: Condition, after: Iterable[Key] = ()) -> Value | None:
        """The condition as an expression, None if it always holds; `after` come before it."""
        over = [Name(f"{self.variables[key.name]}.{self.order}") for key in after]
        if condition == FALSE:
            return False
        terms: list[Value] = []
        if condition != TRUE:
            both = isinstance(condition, All) and over
            parts = condition.terms if both and isinstance(condition, All) else (condition,)
            terms = list(map(self._term, parts))
        terms += over
        if not terms:
            return None
        return terms[0] if len(terms) == 1 else _joined("and", terms)

    def _term(self, condition: Condition) -> Value:
        if isinstance(condition, All | AnyOf):
            if not condition.terms:
                return condition == TRUE
            word = "and" if isinstance(condition, All) else "or"
            return _joined(word, list(map(self._term, condition.terms)))
        if isinstance(condition, GlobalValue):
            return self.globals(condition)
        variable = self.variables[label_of(condition)]
        if isinstance(condition, ExitCode):
            sign = python_operator(condition.operator)
            return Call(f"{variable}.exit_code", (sign, condition.value))
        if isinstance(condition, OutputValue):
            sign = python_operator(condition.operator)
            return Call(f"{variable}.handed_over", (condition.name, sign, condition.value))
        return Name(f"{variable}.{_PROPERTIES[condition.test]}")


def _joined(word: str, terms: list[Value]) -> Value:
    if len(terms) > MOST_TERMS:
        return Call("all_of" if word == "and" else "any_of", tuple(terms))
    return Logic("&" if word == "and" else "|", tuple(terms))


def used(condition: Condition | None) -> set[str]:
    """The jobs that a condition asks about."""
    return {label_of(a) for a in atoms(condition) if not isinstance(a, GlobalValue)}
