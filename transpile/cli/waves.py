"""The option --wave, and what a wave leaves open."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import wraps
from itertools import chain
from typing import Any, TypeVar, cast

import click

from transpile.cli.options import Request
from transpile.cli.suggest import did_you_mean
from transpile.model import Crossing, Sides
from transpile.pipeline import Estate
from transpile.sources.printable import count
from transpile.team import Settings

F = TypeVar("F", bound=Callable[..., Any])

wave_option = click.option(
    "--wave",
    metavar="NAME",
    help="Only jobs of the [[wave]] NAME in transpile.toml and of those before it; the others stay "
    "on the legacy side.",
)


def waving(function: F) -> F:
    """Add --wave, which changes the settings of `request`; it comes after --target."""

    @wraps(function)
    def command(*arguments: Any, request: Request, wave: str | None, **options: Any) -> Any:
        choose_wave(request.settings, wave)
        return function(*arguments, request=request, **options)

    return cast(F, wave_option(command))


def choose_wave(settings: Settings, name: str | None) -> None:
    """Let jobs up to this wave run on the platform; without one, all do. Raises UsageError."""
    if name is None:
        return
    rules = settings.rules
    known = [wave.name for wave in rules.waves.every]
    if not known:
        hint = "check without --wave reports invalid ones"
        raise click.UsageError(f"--wave needs [[wave]] tables in transpile.toml; {hint}")
    if name not in known:
        hint = did_you_mean(name, known)
        raise click.UsageError(f"unknown wave {name!r}{hint}; known: {', '.join(known)}")
    settings.rules = replace(rules, waves=replace(rules.waves, chosen=name))


def open_ends(estate: Estate) -> Iterator[str]:
    """What crosses between both sides: each condition, or, without --wave, how many per wave."""
    sides = [facts.sides for facts in estate.networks]
    if estate.settings.rules.waves.chosen is None:
        yield from _outlook(sides)
        return
    crossings = list(chain.from_iterable(side.crossings for side in sides))
    for moved, heading in (
        (True, "that moved jobs have on the legacy side"),
        (False, "that the legacy side has on moved jobs"),
    ):
        found = [each for each in crossings if each.moved is moved]
        yield f"{count(len(found), 'condition')} {heading}" + (":" if found else "")
        yield from map(_line, found)


def _outlook(sides: Sequence[Sides]) -> Iterator[str]:
    """A line for each wave about the conditions that cross once it has moved."""
    for stages in zip(*(side.stages for side in sides), strict=True):
        ask, hear = sum(each.ask for each in stages), sum(each.hear for each in stages)
        both = f"{count(ask, 'condition')} of moved jobs on the legacy side, {hear} the other way"
        yield f"after wave {stages[0].wave}: {both if ask or hear else 'nothing crosses'}"


def _line(crossing: Crossing) -> str:
    never = f"no wave moves {crossing.staying}"
    until = f"until wave {crossing.until}" if crossing.until else never
    return f"  {crossing.job} waits for {crossing.upstream}, {until}"
