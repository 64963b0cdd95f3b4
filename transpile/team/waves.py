"""Reads the tables [[wave]] and [bridge], and chooses a wave."""

import re
from collections.abc import Callable
from typing import Any

from transpile.model import Wave
from transpile.model.waves import JOB, PLAN, STATUS
from transpile.sources.text import Span
from transpile.team.checks import FLAG, Check, is_text, whole_number
from transpile.team.maps import WrongRule

_NAME = re.compile(r"[A-Za-z0-9][\w-]*(?<!_back)", re.ASCII)
"""Files for the way back are named like the wave, with `_back` behind."""

COMMAND = Check(
    lambda value: isinstance(value, str) and JOB in value and value.isprintable(),
    f"a command of one line with {JOB} in it",
)

TELL = Check(
    lambda value: COMMAND.accepts(value) and STATUS in value,
    f"a command of one line with {JOB} and {STATUS} in it",
)

START = Check(
    lambda value: isinstance(value, str) and PLAN in value and value.isprintable(),
    f"a command of one line with {PLAN} in it",
)

BRIDGE = {
    "status": COMMAND,
    "tell": TELL,
    "start": START,
    "interval": whole_number(1, 86_400),
    "times": FLAG,
    "exit_codes": FLAG,
}
"""The settings of the bridge."""


def wave_reader() -> Callable[[Any, Span], Wave]:
    """What reads the waves of a file. Raises WrongRule, also for the name of an earlier wave."""
    seen: set[str] = set()

    def read(table: Any, span: Span) -> Wave:
        wave = _read(table, span)
        # Files are named like their waves, and some folders take both cases for one.
        if wave.name.lower() in seen:
            raise WrongRule("another wave has its name")
        seen.add(wave.name.lower())
        return wave

    return read


def _read(table: Any, span: Span) -> Wave:
    """The jobs that move together. Raises WrongRule."""
    if not isinstance(table, dict) or table.keys() != {"name", "jobs"}:
        raise WrongRule("it needs a name and jobs, and nothing else")
    name, jobs = table["name"], table["jobs"]
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise WrongRule("its name may have letters, digits, _ and -, and must not end with _back")
    if not isinstance(jobs, list) or not jobs or not all(map(is_text, jobs)):
        raise WrongRule("jobs must be a list of patterns")
    return Wave(name, tuple(map(str, jobs)), span)
