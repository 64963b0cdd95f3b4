"""The option --wave, and what a wave leaves open."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import wraps
from itertools import chain
from typing import Any, TypeVar, cast

import click

from transpile.cli.options import Request
from transpile.cli.suggest import did_you_mean
from transpile.model import Crossing
from transpile.model.rules import TARGETS
from transpile.pipeline import Estate
from transpile.sources.printable import count
from transpile.team import Settings

F = TypeVar("F", bound=Callable[..., Any])

_option = click.option(
    "--wave",
    metavar="NAME",
    help="Only jobs of the [[wave]] NAME in transpile.toml and of those before it; the others stay "
    "on the legacy side.",
)


def waving(function: F) -> F:
    """Add --wave, which changes the settings of `request`; it comes after --target."""

    @wraps(function)
    def command(*arguments: Any, request: Request, wave: str | None, **options: Any) -> Any:
        if wave is not None:
            choose_wave(request.settings, wave)
        return function(*arguments, request=request, **options)

    return cast(F, _option(command))


def choose_wave(settings: Settings, name: str) -> None:
    """Let jobs up to this wave run on the platform. Raises UsageError."""
    rules = settings.rules
    known = [wave.name for wave in rules.waves.every]
    if not known:
        raise click.UsageError("--wave needs [[wave]] tables in transpile.toml")
    if name not in known:
        hint = did_you_mean(name, known)
        raise click.UsageError(f"unknown wave {name!r}{hint}; known: {', '.join(known)}")
    if rules.form.drives:
        raise click.UsageError(f"--wave is for --target {TARGETS[0]}")
    settings.rules = replace(rules, waves=replace(rules.waves, chosen=name))


def open_ends(estate: Estate) -> Iterator[str]:
    """A line for each condition that crosses between both sides; nothing without --wave."""
    if estate.settings.rules.waves.chosen is None:
        return
    sides = (facts.sides for facts in estate.networks)
    crossings = list(chain.from_iterable(side.crossings for side in sides))
    for moved, heading in (
        (True, "that moved jobs have on the legacy side"),
        (False, "that the legacy side has on moved jobs"),
    ):
        found = [each for each in crossings if each.moved is moved]
        yield f"{count(len(found), 'condition')} {heading}" + (":" if found else "")
        yield from map(_line, found)


def _line(crossing: Crossing) -> str:
    until = f"until wave {crossing.until}" if crossing.until else "no wave moves the other one"
    return f"  {crossing.job} waits for {crossing.upstream}, {until}"
