"""Finds the commands of jobs as tasks hand them to the shell."""

from collections.abc import Iterable, Iterator, Mapping

from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.values import Call, Joined, Name, Value

ANY = Name("ANY")
"""Stands for a value that a helper computes in the run."""

_SHOWN = ("env", "stdin", "stdout", "stderr", "profile", "shell", "time_limit")
"""The options of a command that tests look at, in the order in which modules have them."""

_RUNS = frozenset(("run", "run_status", "run_judged", "run_judged_status"))
_WAITS = frozenset(("wait_for_file", "wait_status"))
_NODES = frozenset(("run_node", "run_node_status"))


def commands_of(module: ModulePlan, values: Mapping[str, Value]) -> dict[str, tuple[Call, ...]]:
    """The commands of each job, and the files that it waits for, in the order of a run.

    `values` are those of the workflow's inputs.
    """
    found: dict[str, tuple[Call, ...]] = {}
    for workflow in module.workflows:
        for task in workflow.tasks:
            calls = tuple(_filled(call, values) for call in _calls(task.result))
            if calls:
                found[task.job] = tuple(unique(calls))
    return found


def unique(calls: Iterable[Call]) -> Iterator[Call]:
    """The calls without repetitions."""
    seen: list[Call] = []
    for call in calls:
        if call not in seen:
            seen.append(call)
            yield call


def _calls(value: Value) -> Iterator[Call]:
    """The commands and waits of a task's result."""
    if not isinstance(value, Call):
        return
    if value.function == "with_outputs":
        function, *arguments = value.arguments
        assert isinstance(function, Name)
        yield from _calls(Call(function.id, tuple(arguments), value.keywords))
    elif value.function in _NODES:
        options = dict(value.keywords)
        parts = (options.get("pre"), *value.arguments, options.get("post"))
        yield from (part for part in parts if isinstance(part, Call))
    elif value.function in _RUNS:
        yield value
    elif value.function in _WAITS:
        limits = tuple(pair for pair in value.keywords if pair[0] == "time_limit")
        yield Call("", value.arguments, limits)


def _filled(call: Call, values: Mapping[str, Value]) -> Call:
    """The call with values for names, and without what only judges its end."""
    options = dict(call.keywords)
    shown = tuple((key, _value(options[key], values)) for key in _SHOWN if key in options)
    shown = tuple(pair for pair in shown if pair != ("shell", "/bin/sh"))
    return Call("call", tuple(_value(value, values) for value in call.arguments), shown)


def _value(value: Value, values: Mapping[str, Value]) -> Value:
    if isinstance(value, Name):
        return values.get(value.id, ANY)
    if isinstance(value, Joined):
        filled = [_value(part, values) for part in value.parts]
        texts = [part for part in filled if isinstance(part, str)]
        return "".join(texts) if len(texts) == len(filled) else ANY
    if isinstance(value, dict):
        return {key: _value(item, values) for key, item in value.items()}
    return ANY if isinstance(value, Call) else value
