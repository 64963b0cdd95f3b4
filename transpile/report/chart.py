"""Charts: the jobs of a workflow, their dependencies and marks, as reports draw them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import NamedTuple

from transpile.findings.diagnostics import Diagnostics
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
from transpile.targets.flyte.model import ModulePlan


class Asked(Enum):
    """What a dependency asks of its upstream job."""

    SUCCESS = "success"
    END = "end"
    FAILURE = "failure"
    CODE = "code"
    ORDER = "order"


class Mark(Enum):
    """What is unusual about a job.

    MISSING: it is not defined in the estate. BLOCKED: it never starts, or never ends. IDLE: it does
    not run its command. WATCHED: it reports a status.
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
    """One workflow; `path` is that of its module.

    `missing` are the upstream jobs that are not in the workflow. `levels` has the most severe level
    of the findings about each job, without accepted ones.
    """

    title: str
    module: str
    path: str
    facts: Facts
    watched: frozenset[str] = frozenset()
    levels: dict[str, Level] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every drawn name: jobs, members of boxes that were left out, missing jobs."""
        members = (name for box in self.facts.order for name in self.members(box))
        return tuple(dict.fromkeys((*self.facts.order, *members, *self.missing)))

    def numbers(self) -> dict[str, int]:
        """The position of each job; missing jobs come last."""
        names = (*self.facts.jobs, *self.missing)
        return {name: place for place, name in enumerate(names)}

    def mark(self, name: str) -> Mark | None:
        """The most serious mark of a job; None if it has none."""
        job = self.facts.jobs.get(name)
        if job is None:
            return Mark.MISSING
        if job.held_up or job.never_ends:
            return Mark.BLOCKED
        if job.status is not InitialStatus.ACTIVE:
            return Mark.IDLE
        return Mark.WATCHED if name in self.watched else None

    def worst_inside(self, box: str) -> Level | None:
        """The most severe level of the findings about a box and the jobs in it, at any depth."""
        found, pending = set(), [box]
        while pending:
            name = pending.pop()
            pending += self.members(name)
            found.add(self.levels.get(name))
        return next((level for level in Level if level in found), None)

    def members(self, box: str) -> tuple[str, ...]:
        """The jobs in a box; empty for other jobs."""
        return self.facts.members.get(box, ())


def charts(
    planned: Iterable[tuple[ModulePlan, Facts]], diagnostics: Diagnostics
) -> Iterator[Chart]:
    """A chart for each workflow, in the order of the modules."""
    for module, facts in planned:
        diagnostics.scope = facts.title
        levels = {}
        for name in facts.jobs:
            found = {f.level for f in diagnostics.judged(name) if not f.accepted}
            if found:
                levels[name] = next(level for level in Level if level in found)
        yield chart_of(facts, module.title, module, levels)


def chart_of(
    facts: Facts,
    title: str,
    module: ModulePlan | None = None,
    levels: dict[str, Level] | None = None,
) -> Chart:
    """The chart of one workflow."""
    edges = tuple(_edges(facts))
    names = (edge.upstream for edge in edges if edge.upstream not in facts.jobs)
    return Chart(
        title,
        module.module if module else "",
        module.path if module else "",
        facts,
        module.watched if module else frozenset(),
        levels or {},
        edges,
        tuple(dict.fromkeys(names)),
    )


def _edges(facts: Facts) -> Iterator[Edge]:
    """The dependencies; each pair of jobs once."""
    pairs: dict[tuple[str, str], bool] = {}
    for dependency in facts.dependencies:
        if dependency.edge:
            pair = (dependency.upstream, dependency.downstream)
            pairs.setdefault(pair, dependency.exclusion)
    asked = cache(lambda name: _asked(facts.jobs[name]))
    for (upstream, downstream), exclusion in pairs.items():
        known = {} if exclusion else asked(downstream)
        yield Edge(upstream, downstream, known.get(upstream, Asked.ORDER))


def _asked(job: Job) -> dict[str, Asked]:
    """What a job asks of each job that it names; the first atom counts."""
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
    """The text with its middle cut out if it is longer than `most` characters."""
    if len(text) <= most:
        return text
    tail = (most - 1) // 2
    return f"{text[: most - 1 - tail]}…{text[len(text) - tail :]}"
