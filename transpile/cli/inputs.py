"""Reads `--input`, and names the options that inputs without a value need."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from transpile.cli.subjects import Target
from transpile.cli.suggest import did_you_mean

_READERS: dict[type, Callable[[str], Any]] = {
    bool: lambda text: text == "true",
    datetime: datetime.fromisoformat,
}
"""Readers of input types whose constructor does not read text."""

_EXAMPLES = {bool: "true", int: "1", float: "1.5", datetime: "2026-12-31T06:00:00"}
_DATE, _VALUE = "20261231", "VALUE"

_NAMED = 3
"""Maximum number of workflows that are named for one input."""


def check_inputs(inputs: Mapping[str, str], targets: Sequence[Target], *, clocked: bool) -> None:
    """Refuse unknown inputs, and runs that lack one; a clock fills those that are moments.

    Raises UsageError.
    """
    known = {name for target in targets for name in target.workflow.inputs}
    for name in inputs:
        if name not in known:
            shown = ", ".join(sorted(known)) or "none"
            hint = did_you_mean(name, known)
            raise click.UsageError(f"unknown input {name}{hint}; known: {shown}")
    for target in targets:
        workflow = target.workflow
        lacking = [
            name
            for name in workflow.inputs
            if name not in inputs and name not in workflow.defaults
            if not (clocked and workflow.types.get(name) is datetime)
        ]
        if lacking:
            options = " ".join(_option(target, name) for name in lacking)
            raise click.UsageError(f"{workflow.name} needs {options}")


def values_of(inputs: Mapping[str, str], target: Target) -> dict[str, Any]:
    """The values for the inputs of a workflow. Raises UsageError for one of another type."""
    values: dict[str, Any] = {}
    for name, text in inputs.items():
        if name in target.workflow.inputs:
            kind = target.workflow.types.get(name, str)
            try:
                values[name] = _READERS.get(kind, kind)(text)
            except (TypeError, ValueError) as error:
                raise click.UsageError(f"--input {name}: {error}") from error
    return values


def missing_inputs(inputs: Collection[str], targets: Sequence[Target]) -> Iterator[str]:
    """For each global without a value, the workflows that use it, and the option that sets it."""
    users: dict[tuple[str, str], list[Target]] = {}
    for target in targets:
        if target.timed:
            # It hands its inputs on to a workflow that is a target, too.
            continue
        for name, default in target.workflow.defaults.items():
            if target.selected and name not in inputs and str(default).startswith("$$"):
                users.setdefault((name, str(default)), []).append(target)
    for (name, default), found in users.items():
        titles = list(dict.fromkeys(target.workflow.name for target in found))
        more = f" and {len(titles) - _NAMED:,} more" if len(titles) > _NAMED else ""
        who = ", ".join(titles[:_NAMED]) + more
        yield f"no value for {default} in {who}: add {_option(found[0], name)}"


def _option(target: Target, name: str) -> str:
    """The option that sets an input, with an example of its type."""
    kind = target.workflow.types.get(name, str)
    by_name = _DATE if "date" in name.lower() else _VALUE
    return f"--input {name}={_EXAMPLES.get(kind, by_name)}"
