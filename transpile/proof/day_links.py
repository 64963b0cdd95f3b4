"""What the jobs of an estate depend on, for explaining their differences over days."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transpile.model import (
    All,
    AnyOf,
    Condition,
    Facts,
    Job,
    Status,
    StatusTest,
    Steps,
    atoms,
    label_of,
)
from transpile.model.condition import GlobalValue

_SELDOM = 240
"""Seconds between questions after which starts come so late that they count as others."""


@dataclass(frozen=True, slots=True)
class Links:
    """What is known of jobs beside their runs.

    `above` are the compared jobs that a job depends on: those that its condition names, its boxes,
    and the members of a box. `around` are the boxes around it. `choices` have alternatives in their
    conditions, `apart` ones must not run beside others, `serial` ones have several commands. `aged`
    ones ask for a young status of a job in their own workflow. `known` has the text of an error
    about a job. `members` are all jobs and boxes in a box. `asking` ones wait for a job of the
    legacy side, about which tasks ask so seldom that they start late.
    """

    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    around: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    serial: frozenset[str] = frozenset()
    aged: frozenset[str] = frozenset()
    known: Mapping[str, str] = field(default_factory=dict)
    asking: frozenset[str] = frozenset()


def links_of(
    networks: Sequence[Facts],
    known: Mapping[str, str],
    compared: Collection[str],
    homes: Mapping[str, str],
    *,
    joins: bool,
) -> Links:
    """The links of the compared jobs.

    `known` has the text of an error about a job, `homes` the workflow of each job. With `joins` the
    platform lets a job wait for all its alternatives.
    """
    graph = _Graph({}, {}, {}, compared)
    jobs: dict[str, Job] = {}
    for facts in networks:
        jobs |= facts.said.jobs
        for name, job in facts.said.jobs.items():
            before = facts.said.jobs if job.runs_last else ()
            graph.asked[name] = (*_named(job), *before)
            graph.around[name] = tuple(facts.graph.ancestors(name)) if name in facts.jobs else ()
            graph.members[name] = tuple(facts.members.get(name, ()))
    return Links(
        above={name: tuple(graph.above(name)) for name in compared},
        around=graph.around,
        members={name: tuple(graph.inside(name)) for name in compared if graph.members.get(name)},
        choices=frozenset(n for n, job in jobs.items() if joins and _may_be_early(job, jobs)),
        apart=frozenset(name for name, job in jobs.items() if _is_apart(job)),
        serial=frozenset(name for name, job in jobs.items() if _is_serial(job)),
        aged=frozenset(name for name, job in jobs.items() if _is_aged(job, homes)),
        known=known,
        asking=frozenset(
            cut.job
            for facts in networks
            for cut in facts.cuts.values()
            if cut.legacy and cut.interval > _SELDOM
        ),
    )


@dataclass(slots=True)
class _Graph:
    """The jobs that conditions name, the boxes around jobs, and the members of boxes."""

    asked: dict[str, tuple[str, ...]]
    around: dict[str, tuple[str, ...]]
    members: dict[str, tuple[str, ...]]
    compared: Collection[str]

    def inside(self, name: str) -> Iterator[str]:
        """All jobs and boxes in a box."""
        for member in self.members.get(name, ()):
            yield member
            yield from self.inside(member)

    def above(self, name: str) -> Iterator[str]:
        """The compared jobs that a job depends on, also by way of jobs that are not compared.

        The status of a box depends on its members; whether it runs does not.
        """
        found: dict[str, None] = {}
        pending, seen = [(name, True)], {(name, True)}
        while pending:
            one, ended = pending.pop()
            inside = self.members.get(one, ()) if ended else ()
            below = [(other, True) for other in (*self.asked.get(one, ()), *inside)]
            for other in (*below, *((box, False) for box in self.around.get(one, ()))):
                if other[0] in self.compared:
                    found[other[0]] = None
                elif other not in seen:
                    seen.add(other)
                    pending.append(other)
        found.pop(name, None)
        return iter(found)


def _named(job: Job) -> Iterator[str]:
    """The jobs that its conditions name, each once."""
    found = (atom for condition in job.conditions for atom in atoms(condition))
    names = (label_of(atom) for atom in found if not isinstance(atom, GlobalValue))
    return iter(dict.fromkeys(names))


def _may_be_early(job: Job, jobs: Mapping[str, Job]) -> bool:
    """True if the source may start a job before all have ended that its start depends on.

    Its condition has alternatives, or holds once a job will not run that waits for several others.
    """
    if any(map(_has_choice, job.conditions)):
        return True
    asked = (atom for atom in atoms(job.condition) if isinstance(atom, Status))
    tests = (StatusTest.OVER, StatusTest.NOT_SUCCEEDED)
    above = (jobs[atom.job] for atom in asked if atom.test in tests and atom.job in jobs)
    return any(len(set(_named(other))) > 1 for other in above)


def _has_choice(condition: Condition) -> bool:
    if isinstance(condition, All):
        return any(map(_has_choice, condition.terms))
    return isinstance(condition, AnyOf)


def _is_apart(job: Job) -> bool:
    found = (atom for atom in atoms(job.condition) if isinstance(atom, Status))
    return any(atom.test is StatusTest.NOT_RUNNING for atom in found)


def _is_aged(job: Job, homes: Mapping[str, str]) -> bool:
    home = homes.get(job.name)
    asked = (atom for atom in atoms(job.condition) if not isinstance(atom, GlobalValue))
    return any(a.lookback is not None and homes.get(label_of(a), "") == home for a in asked)


def _is_serial(job: Job) -> bool:
    return isinstance(job.action, Steps) and len(job.action.commands) > 1
