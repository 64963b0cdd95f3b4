"""Tells what a file of timers is: a crontab, an anacrontab, or a unit."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transpile.dialects.timers.anacrontab import is_anacrontab
from transpile.dialects.timers.crontab import is_crontab
from transpile.dialects.timers.unit_files import is_unit
from transpile.sources.text import Source

UNIT_SUFFIXES = (".timer", ".service")


@dataclass(frozen=True, slots=True)
class Files:
    """The sources of an estate by what they are."""

    crontabs: list[Source] = field(default_factory=list)
    anacrontabs: list[Source] = field(default_factory=list)
    units: list[Source] = field(default_factory=list)


def recognises(head: str) -> bool:
    """True if a text that begins so is a file of timers."""
    return is_unit(head) or is_anacrontab(head) or is_crontab(head)


def sorted_out(sources: Sequence[Source]) -> Files:
    """The sources by what they are; a text that shows nothing is a crontab."""
    found = Files()
    for source in sources:
        is_named_unit = source.label.endswith(UNIT_SUFFIXES) and not is_crontab(source.text)
        if is_named_unit or is_unit(source.text):
            found.units.append(source)
        elif is_anacrontab(source.text) or source.label.endswith("anacrontab"):
            found.anacrontabs.append(source)
        else:
            found.crontabs.append(source)
    return found
