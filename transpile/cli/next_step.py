"""The last line of a command: what to do next, as a command to copy."""

import os
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from transpile.cli.console import MACHINE_FORMATS, echo
from transpile.dialects import Dialect
from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import Level
from transpile.sources.text import STDIN

OUT = "flows"
"""The folder that `convert` is told to write if the user has named none."""

_READING = ("dialect", "include", "exclude", "baseline")
"""Parameters about reading, which all commands with sources have."""


def say_next(*words: str) -> None:
    """Print the next command on standard error, unless the output is for a machine or is quiet."""
    given = click.get_current_context().params
    if given.get("quiet") or given.get("output_format") in MACHINE_FORMATS:
        return
    program = words if words[0] in _OTHERS else ("transpile", *words)
    echo(f"next: {shlex.join(program)}", err=True)


_OTHERS = ("flyte", "flytectl")
"""Programs of others that a next step may call."""


def say_next_of_sources(name: str, *words: str, carried: Iterable[str] = ()) -> None:
    """Print the next command with the sources of this one, and with options as they were given.

    These are the options about reading, and those of the parameters `carried`. Standard input
    cannot be read again: nothing is printed about it.
    """
    ctx = click.get_current_context()
    sources = _sources(ctx.params)
    if STDIN in sources:
        return
    options: list[str] = []
    for parameter in ctx.command.params:
        if parameter.name in (*_READING, *carried):
            options += _given(ctx, parameter)
    say_next(name, *map(operand, sources), *options, *words)


def say_next_of_findings(found: Iterable[Diagnostic]) -> bool:
    """Print how to learn about the first error; False if there is none."""
    errors = (each.code for each in found if each.level is Level.ERROR and not each.accepted)
    code = next(errors, None)
    if code is not None:
        say_next("explain", code)
    return code is not None


def say_next_of_output(folder: Path, *, drives: bool) -> None:
    """Print how to bring a converted folder to the platform; programs that drive have another."""
    if drives:
        say_next("flyte", "deploy", "--version", "VERSION", "--all", "--recursive", operand(folder))
    else:
        say_next("package", operand(folder), "--image", "IMAGE")


def _sources(given: dict[str, Any]) -> tuple[str, ...]:
    return given["sources"] if "sources" in given else (given["target"],)


def _given(ctx: click.Context, parameter: click.Parameter) -> list[str]:
    """The words of an option, if it stands on the command line."""
    if ctx.get_parameter_source(parameter.name or "") is not ParameterSource.COMMANDLINE:
        return []
    value = ctx.params[parameter.name or ""]
    values = value if isinstance(value, tuple) else (value,)
    names = (each.name if isinstance(each, Dialect) else each for each in values)
    return [word for each in names if each is not None for word in (parameter.opts[0], str(each))]


def operand(path: str | Path) -> str:
    """The path as an argument; one that begins like an option begins with its folder."""
    text = str(path)
    return os.path.join(os.curdir, text) if text.startswith("-") else text
