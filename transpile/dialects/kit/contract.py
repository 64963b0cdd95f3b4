"""The contract of a dialect with the rest of transpile."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from transpile.dialects.kit.pieces import Minifier
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Network, Site
from transpile.model.listings import ListingFormat
from transpile.model.operations import Operation
from transpile.model.programs import NO_PROGRAMS, Programs
from transpile.model.readings import Reading
from transpile.sources.text import Source, Span


@dataclass(frozen=True, slots=True)
class Construct:
    """A row in the table of a format: a construct, and what becomes of it.

    `source` and `target` are Markdown. `words` are further keywords that the row covers, `codes`
    further findings. Tests check that the rows cover every keyword of the format and every code
    that its dialect reports.
    """

    source: str
    target: str
    words: Collection[str] = ()
    codes: str = ""

    @property
    def findings(self) -> tuple[str, ...]:
        """The codes in `target` and `codes`."""
        return tuple(sorted(set(re.findall(r"A\d{3}", f"{self.target} {self.codes}"))))


class Problem(NamedTuple):
    """A finding about a hand-over, and its place. `job` is one that leaves."""

    finding: Finding
    span: Span
    job: str | None = None


class Handover(NamedTuple):
    """Files with which jobs `leave` the legacy side, and those that bring them `back`.

    Each is a text, or the bytes of one, by the end of its file's name, such as ".txt"; `use` says
    by that end how people load the file. `problems` are what the files do not do.
    """

    leave: Mapping[str, str | bytes]
    back: Mapping[str, str | bytes]
    use: Mapping[str, str] = {}
    problems: Sequence[Problem] = ()


class Gone(NamedTuple):
    """A network, and of each of its jobs that leaves, or has left before, the wave."""

    network: Network
    waves: Mapping[str, str]


class Leaving(NamedTuple):
    """The jobs that leave the legacy side with a `wave`.

    Conditions of jobs that stay there name those that are `heard`. All jobs that have `moved` are
    in the waves up to the chosen one, which may be a later one. The commands of the units `starts`
    start their workflows: the legacy side runs each when the condition of its unit comes true. It
    no longer does so for the units `started` of earlier waves. `networks` are all networks of the
    format.
    """

    wave: str
    jobs: Collection[str]
    heard: Collection[str]
    networks: Sequence[Gone] = ()
    moved: Collection[str] = ()
    starts: Mapping[str, str] = {}
    started: Mapping[str, str] = {}


HandOver: TypeAlias = Callable[[Sequence[Source], Site, Leaving], Handover]
"""Makes the definitions for the jobs of a wave."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A format and its reader.

    `recognises` tells whether a text with this beginning is in the format. `read` turns the sources
    of an estate, in the given order, into networks; job names are unique within a network. It
    reports problems and never raises. Its third argument holds the settings of the site in
    transpile.toml.

    `constructs` is the table that documents the format, `programs` are those that call its
    scheduler, `operations` what its operators do. `looks_like` is for a format whose suffixes other
    formats use too: it decides on files with such a suffix that no format recognises. `codes` are
    the first and the last number of the codes that only this format reports. `readings` are the
    questions that its documents leave open. `tables` are the names of its own tables in
    transpile.toml, and `claims` tells whether they say that the file at a path is in the format.
    `minifier` is how `transpile minify` reads the format; without it that command refuses the
    format. `hand_over` makes the definitions with which jobs of a wave leave the legacy side;
    without it people write them by hand. If the format `can_start` workflows, these definitions
    have jobs that do so.
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
    operations: tuple[Operation, ...] = ()
    codes: tuple[str, str] | None = None
    listings: tuple[ListingFormat, ...] = ()
    readings: tuple[Reading, ...] = ()
    tables: tuple[str, ...] = ()
    claims: Callable[[str, Site], bool] | None = None
    minifier: Minifier | None = None
    hand_over: HandOver | None = None
    can_start: bool = False


SCHEDULER_CALLS = Construct(
    "a command that calls a scheduler: its own, or another one",
    "reported with the job and the event that the text names: A220 if it drives the "
    "scheduler, A221 if it queries it",
)
"""A row that every table has."""

STAND_INS = Construct(
    "a job that moves before those that wait for it (`--wave`)",
    "a stand-in on the legacy side; what that does not do: A979",
)
"""A row of formats that have stand-ins."""
