"""A workflow as the reports draw it: its jobs, what they wait for, and how each one is marked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from transpile.findings.finding import Level
from transpile.model import (
    ExitCode,
    Facts,
    GlobalValue,
    InitialStatus,
    Job,
    OutputValue,
    Status,
    StatusTest,
    atoms,
    label_of,
)
from transpile.pipeline import Estate
from transpile.targets.flyte.model import ModulePlan


class Asked(Enum):
    """What a job asks of one that it waits for."""

    SUCCESS = "success"
    END = "end"
    FAILURE = "failure"
    CODE = "code"
    ORDER = "order"


class Mark(Enum):
    """What is unusual about a job.

    MISSING: it is nowhere in the estate. BLOCKED: it never starts, or never ends. IDLE: it does not
    run its command. WATCHED: something looks at its failure, so that it reports a status.
    """

    MISSING = "missing"
    BLOCKED = "blocked"
    IDLE = "idle"
    WATCHED = "watched"


class Edge(NamedTuple):
    """`downstream` waits for `upstream`."""

    upstream: str
    downstream: str
    asked: Asked


_TESTS = {
    StatusTest.SUCCESS: Asked.SUCCESS,
    StatusTest.DONE: Asked.END,
    StatusTest.FAILURE: Asked.FAILURE,
    StatusTest.TERMINATED: Asked.FAILURE,
    StatusTest.NOT_SUCCEEDED: Asked.FAILURE,
    StatusTest.OVER: Asked.END,
    StatusTest.AWAITED: Asked.END,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """One workflow, of a module that stands at `path`.

    `missing` are names that are waited for and that are nowhere in it. `levels` has the most severe
    level of the findings about a job, where it has any that are not accepted.
    """

    title: str
    module: str
    path: str
    network: Facts
    watched: frozenset[str] = frozenset()
    levels: dict[str, Level] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that is drawn: jobs, members of boxes that were left out, missing names."""
        members = (name for box in self.network.order for name in self.members(box))
        return tuple(dict.fromkeys((*self.network.order, *members, *self.missing)))

    def numbers(self) -> dict[str, int]:
        """The place of each job among all, those that are missing last."""
        names = (*self.network.jobs, *self.missing)
        return {name: place for place, name in enumerate(names)}

    def mark(self, name: str) -> Mark | None:
        """The job's mark, the most serious one if it has several."""
        job = self.network.jobs.get(name)
        if job is None:
            return Mark.MISSING
        if job.held_up or job.never_ends:
            return Mark.BLOCKED
        if job.status is not InitialStatus.ACTIVE:
            return Mark.IDLE
        return Mark.WATCHED if name in self.watched else None

    def worst_inside(self, box: str) -> Level | None:
        """The most severe level of the findings about a box and all that stands in it."""
        found, pending = set(), [box]
        while pending:
            name = pending.pop()
            pending += self.members(name)
            found.add(self.levels.get(name))
        return next((level for level in Level if level in found), None)

    def members(self, box: str) -> tuple[str, ...]:
        """The jobs in a box; none for what is no box."""
        return self.network.members.get(box, ())


def charts(estate: Estate) -> Iterator[Chart]:
    """A chart for each workflow, in the order of the modules."""
    for module, network in estate.planned:
        estate.diagnostics.scope = network.title
        levels = {}
        for name in network.jobs:
            found = {f.level for f in estate.diagnostics.judged(name) if not f.accepted}
            if found:
                levels[name] = next(level for level in Level if level in found)
        yield chart_of(network, module.title, module, levels)


def chart_of(
    network: Facts,
    title: str,
    module: ModulePlan | None = None,
    levels: dict[str, Level] | None = None,
) -> Chart:
    """The chart of the network of one workflow."""
    edges = tuple(_edges(network))
    names = (edge.upstream for edge in edges if edge.upstream not in network.jobs)
    return Chart(
        title,
        module.module if module else "",
        module.path if module else "",
        network,
        module.watched if module else frozenset(),
        levels or {},
        edges,
        tuple(dict.fromkeys(names)),
    )


def _edges(network: Facts) -> Iterator[Edge]:
    """What each job waits for; a pair once."""
    pairs: dict[tuple[str, str], bool] = {}
    for dependency in network.dependencies:
        if dependency.edge:
            pair = (dependency.upstream, dependency.downstream)
            pairs.setdefault(pair, dependency.exclusion)
    asked = _Asked(network)
    for (upstream, downstream), exclusion in pairs.items():
        yield Edge(upstream, downstream, asked.of(upstream, downstream, exclusion))


class _Asked:
    """What jobs ask of one another; each condition is read once."""

    def __init__(self, network: Facts) -> None:
        self._network = network
        self._by_job: dict[str, dict[str, Asked]] = {}

    def of(self, upstream: str, downstream: str, exclusion: bool) -> Asked:
        if exclusion:
            return Asked.ORDER
        if downstream not in self._by_job:
            self._by_job[downstream] = _asked(self._network.jobs[downstream])
        return self._by_job[downstream].get(upstream, Asked.ORDER)


def _asked(job: Job) -> dict[str, Asked]:
    """For each job that this one names, what it asks of it first."""
    found: dict[str, Asked] = {}
    rule = job.box_rule
    for condition in (job.condition, *((rule.success, rule.failure) if rule else ())):
        for atom in atoms(condition):
            if not isinstance(atom, GlobalValue):
                name = label_of(atom)
                found.setdefault(name, _asks(atom))
    return found


def _asks(atom: ExitCode | Status | OutputValue) -> Asked:
    if isinstance(atom, OutputValue):
        return Asked.SUCCESS
    return Asked.CODE if isinstance(atom, ExitCode) else _TESTS.get(atom.test, Asked.ORDER)


def shortened(text: str, most: int) -> str:
    """At most so many characters: beginnings and ends of names tell them apart."""
    if len(text) <= most:
        return text
    tail = (most - 1) // 2
    return f"{text[: most - 1 - tail]}…{text[len(text) - tail :]}"
