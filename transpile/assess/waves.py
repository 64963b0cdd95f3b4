"""The waves of workflows, and what people do on the day on which a wave moves."""

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import takewhile
from pathlib import PurePosixPath

from transpile.analysis.waves import waves_of
from transpile.model import Bridge, Crossing
from transpile.model.waves import JOB, is_safe_name
from transpile.pipeline import Estate

MOST_CROSSINGS = 100
"""Maximum number of listed conditions of each direction."""


@dataclass(frozen=True, slots=True)
class Day:
    """The day on which a wave moves, after those `before` it.

    `files` take its jobs off the legacy side, `back` undo that: paths in OUT, and how to load
    them. `asked` are the conditions of moved jobs on the legacy side, `told` those of the legacy
    side on moved jobs; of each the first ones, and how many `more` there are. `programs` are what
    commands of the bridge call, and `check` is one of them for one job. `starter` is the program
    by which the legacy side starts workflows; it is empty if it starts none.
    """

    name: str
    before: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    back: tuple[tuple[str, str], ...]
    asked: tuple[Crossing, ...]
    more_asked: int
    told: tuple[Crossing, ...]
    more_told: int
    programs: tuple[str, ...]
    check: str
    starter: str


def waves_of_jobs(estate: Estate) -> list[Mapping[str, str]]:
    """The waves of the jobs of each network; empty without [[wave]] tables."""
    waves = estate.settings.rules.waves
    if not waves.every:
        return [{} for _ in estate.networks]
    return [waves_of(facts.said, facts.jobs, waves) for facts in estate.networks]


def in_order(estate: Estate, waves: Collection[str]) -> list[str]:
    """These waves in the order in which they move."""
    known = (wave.name for wave in estate.settings.rules.waves.every)
    return [name for name in dict.fromkeys(known) if name in waves]


def wave_of_workflows(estate: Estate) -> dict[str, str]:
    """The wave with which each workflow, by its title, runs with all its jobs; empty for none."""
    of_jobs = waves_of_jobs(estate)
    found = {}
    for task in estate.tasks():
        part = task.part
        waves = {of_jobs[part.network].get(name, "") for name in part.facts.jobs}
        found[part.names.title] = "" if "" in waves else in_order(estate, waves)[-1]
    return found


def day_of(estate: Estate) -> Day | None:
    """The day of the chosen wave; None if all waves are converted at once."""
    waves = estate.settings.rules.waves
    if waves.chosen is None:
        return None
    crossings = [each for facts in estate.networks for each in facts.sides.crossings]
    asked = [each for each in crossings if each.moved]
    told = [each for each in crossings if not each.moved]
    own = [file for file in estate.handovers if file.wave == waves.chosen]
    return Day(
        waves.chosen,
        tuple(takewhile(lambda name: name != waves.chosen, (w.name for w in waves.every))),
        tuple((file.path, file.use) for file in own if not file.is_back),
        tuple((file.path, file.use) for file in own if file.is_back),
        tuple(asked[:MOST_CROSSINGS]),
        max(0, len(asked) - MOST_CROSSINGS),
        tuple(told[:MOST_CROSSINGS]),
        max(0, len(told) - MOST_CROSSINGS),
        tuple(dict.fromkeys(_programs(waves.bridge))) if crossings else (),
        _check(waves.bridge, asked),
        _program(waves.bridge.start) if any(f.sides.started for f in estate.networks) else "",
    )


def _programs(bridge: Bridge) -> Iterator[str]:
    """What the commands of the bridge call, which tasks run."""
    for setting in fields(bridge):
        command = getattr(bridge, setting.name)
        if isinstance(command, str) and JOB in command:
            yield _program(command)


def _program(command: str) -> str:
    return PurePosixPath(_words(command)[0]).name


def _words(command: str) -> list[str]:
    """The words of a command, without variables before it."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = command.split()
    while len(words) > 1 and words[0].partition("=")[0].isidentifier() and "=" in words[0]:
        words = words[1:]
    return words


def _check(bridge: Bridge, asked: Sequence[Crossing]) -> str:
    """The command that asks about one job; empty if there is none."""
    names = (each.upstream for each in asked if is_safe_name(each.upstream))
    first = next(names, None)
    return bridge.asks(first) if first is not None and "`" not in bridge.status else ""
