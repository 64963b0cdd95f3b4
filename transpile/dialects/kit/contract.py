"""What every dialect provides."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.model.programs import NO_PROGRAMS, Programs
from transpile.sources.text import Source


@dataclass(frozen=True, slots=True)
class Construct:
    """Something that a format can say, and what becomes of it: a row of its table.

    `source` and `target` are Markdown. `words` are keywords of the format that the row covers but
    does not spell, `codes` the findings that `target` does not name. Tests check that the rows
    cover every keyword of the format and every code that its dialect reports.
    """

    source: str
    target: str
    words: Collection[str] = ()
    codes: str = ""

    @property
    def findings(self) -> tuple[str, ...]:
        """Every code that the row names."""
        return tuple(sorted(set(re.findall(r"A\d{3}", f"{self.target} {self.codes}"))))


@dataclass(frozen=True, slots=True)
class Dialect:
    """A format that can be read.

    `recognises(head)` tells whether a text that begins like this is of the format. `read` turns all
    sources of one estate, in the given order, into networks, whose job names are unique inside a
    network only. It reports problems and never raises. Its third argument holds the settings of
    transpile.toml about the site.

    `constructs` is the table that documents the format, and `programs` are those by which commands
    call its scheduler. With `looks_like`, other formats use its suffixes, too: a file with such a
    suffix that no format recognises is of this format if its text looks like it. `codes` are the
    first and the last number of the codes that only this format reports.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    recognises: Callable[[str], bool]
    read: Callable[[Sequence[Source], Diagnostics, Site], Iterable[Network]]
    constructs: tuple[Construct, ...]
    aliases: tuple[str, ...] = ()
    looks_like: Callable[[str], bool] | None = None
    programs: Programs = NO_PROGRAMS
    codes: tuple[str, str] | None = None


SCHEDULER_CALLS = Construct(
    "a command that calls a scheduler: its own, that of another format, Control-M or Oozie",
    "reported with the job and the event that the text names: A220 if it drives the "
    "scheduler, A221 if it queries it",
)
"""The row about such commands, in every table."""
