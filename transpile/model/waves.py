"""Waves: which jobs move when, and how both sides hear of one another until then."""

import re
import shlex
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from transpile.sources.text import Span

JOB, STATUS, CODE, PLAN = "{job}", "{status}", "{code}", "{launch_plan}"
"""The places of a job, its status, its exit code and a launch plan in a command of the bridge."""

_SAFE = re.compile(r"\w[\w.#@-]*", re.ASCII)
"""Names that mean the same to each shell on the way to the other side."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Jobs that move together; `jobs` are patterns of names."""

    name: str
    jobs: tuple[str, ...]
    span: Span

    def __str__(self) -> str:
        return f"[[wave]] {self.name}: {', '.join(self.jobs)}"

    def matches(self, job: str) -> bool:
        """True if it names this job."""
        return any(fnmatchcase(job, pattern) for pattern in self.jobs)


@dataclass(frozen=True, slots=True)
class Bridge:
    """How tasks ask and tell the legacy side: the [bridge] table of transpile.toml.

    `status` is a command that prints how a job last ended, every `interval` seconds until the
    answer lets a job start. Its answer has the time of the end if `times`, and the exit code if
    `exit_codes`. `tell` is a command that sets the status of a job there; it runs again every
    `interval` seconds until it succeeds. `start` is a command of the legacy side that starts a
    launch plan.
    """

    status: str = ""
    tell: str = ""
    start: str = ""
    interval: int = 60
    times: bool = False
    exit_codes: bool = False

    def asks(self, job: str) -> str:
        """The command that asks about a job."""
        return self.status.replace(JOB, shlex.quote(job))

    def starts(self, launch_plan: str) -> str:
        """The command of the legacy side that starts a launch plan: it tries until it succeeds."""
        command = self.start.replace(PLAN, shlex.quote(launch_plan))
        return f"until {command}; do sleep {self.interval}; done"

    def tells(self, job: str) -> str:
        """The command that tells the status of a job, with the places of status and exit code."""
        return self.tell.replace(JOB, shlex.quote(job))


@dataclass(frozen=True, slots=True)
class Waves:
    """All waves in order. Jobs up to the `chosen` one run on the platform; without one, all do."""

    every: tuple[Wave, ...] = ()
    bridge: Bridge = Bridge()
    chosen: str | None = None

    @property
    def moved(self) -> tuple[Wave, ...]:
        """The waves up to the chosen one."""
        names = [wave.name for wave in self.every]
        return self.every[: names.index(self.chosen) + 1] if self.chosen in names else ()

    def first_of(self, *names: str) -> str:
        """The first wave that names one of these; empty if none does."""
        return next((w.name for w in self.every if any(map(w.matches, names))), "")

    def wave_of(self, top: str, members: Sequence[str]) -> str:
        """The wave of a unit: the first that names it, or else a member; empty if none does."""
        return self.first_of(top) or self.first_of(*members)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A condition of `job` on `upstream`, which runs on the other side.

    `moved` is True if `job` runs on the platform. `until` is the wave in which both do; it is empty
    if no wave moves the one that stays.
    """

    job: str
    upstream: str
    moved: bool
    until: str
    span: Span

    @property
    def staying(self) -> str:
        """The one of both that stays on the legacy side."""
        return self.upstream if self.moved else self.job


@dataclass(frozen=True, slots=True)
class Heard:
    """A moved job or box whose status a command tells the legacy side, every `interval` seconds.

    `listeners` are the staying jobs that name it. When a top-level box begins, the statuses of the
    jobs `inside` it are reset. Without listeners, that is all that the legacy side hears of it.
    """

    job: str
    command: str
    interval: int
    listeners: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """What crosses between both sides once a wave has moved.

    Conditions of staying jobs name the moved jobs `heard`. The legacy side starts the moved units
    `started`. Moved jobs have so many conditions that `ask` there, staying jobs so many that `hear`
    of moved ones.
    """

    wave: str
    heard: frozenset[str]
    started: frozenset[str]
    ask: int = 0
    hear: int = 0


@dataclass(frozen=True, slots=True)
class Sides:
    """Where the jobs of a network run while the estate moves.

    `stays` has the jobs that still run on the legacy side, `wave_of` the wave of each other job.
    The legacy side is told about the jobs and boxes `heard`, and starts the workflows of the units
    `started` when their conditions come true. `stages` has one for each wave that has moved; if
    none is chosen, one for each wave.
    """

    stays: frozenset[str] = frozenset()
    crossings: tuple[Crossing, ...] = ()
    bridge: Bridge = Bridge()
    wave_of: tuple[tuple[str, str], ...] = ()
    heard: tuple[Heard, ...] = ()
    started: frozenset[str] = frozenset()
    stages: tuple[Stage, ...] = ()

    def part(self, jobs: Collection[str]) -> "Sides":
        """What concerns these jobs alone."""
        heard = tuple(each for each in self.heard if each.job in jobs)
        if self == ONE_SIDE:
            return self
        stays, started = self.stays.intersection(jobs), self.started.intersection(jobs)
        return Sides(stays, bridge=self.bridge, heard=heard, started=started)


ALL_AT_ONCE, ONE_SIDE = Waves(), Sides()


def is_safe_name(job: str) -> bool:
    """True if a command may name the job, whatever shells it passes on the way."""
    return _SAFE.fullmatch(job) is not None
