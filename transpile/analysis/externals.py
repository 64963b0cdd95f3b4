"""Binds jobs outside of the estate to what stands for them on the platform."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from transpile.findings.codes.mapping import BoundElsewhere
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    Approval,
    Atom,
    Condition,
    ExternalRule,
    FileWatch,
    GlobalValue,
    InitialStatus,
    Job,
    Kind,
    Network,
    PlatformRun,
    Site,
    Status,
    StatusTest,
    label_of,
    replaced,
)


class Binding(NamedTuple):
    """The jobs, including those that stand for outside jobs, and the rule of each stand-in."""

    jobs: Mapping[str, Job]
    externals: Mapping[str, ExternalRule]


def bind_externals(network: Network, site: Site, diagnostics: Diagnostics) -> Binding:
    """After this pass a job of its own stands for each outside job that a rule binds.

    It stands in the box of the job that names it, so that each box waits for what it needs.
    """
    if not site.externals:
        return Binding(network.jobs, {})
    return _Binder(network.jobs, site, diagnostics).bind()


class _Binder:
    def __init__(
        self,
        said: Mapping[str, Job],
        site: Site,
        diagnostics: Diagnostics,
    ) -> None:
        self._said = said
        self._site = site
        self._diagnostics = diagnostics
        self._names: dict[tuple[str, str, int | None], str] = {}
        self._jobs: dict[str, Job] = {}
        self._used: dict[str, ExternalRule] = {}

    def bind(self) -> Binding:
        for name, job in self._said.items():
            condition = self._bound(job, job.condition)
            rule = job.box_rule
            if rule is not None:
                success, failure = self._bound(job, rule.success), self._bound(job, rule.failure)
                rule = replace(rule, success=success, failure=failure)
            self._jobs[name] = replace(job, condition=condition, box_rule=rule)
        return Binding(self._jobs, self._used)

    def _bound(self, job: Job, condition: Condition | None) -> Condition | None:
        if condition is None:
            return None
        return replaced(condition, lambda atom: self._bound_atom(job, atom))

    def _bound_atom(self, job: Job, atom: Atom) -> Atom:
        """The atom, about the job that stands for an outside one."""
        if isinstance(atom, GlobalValue):
            return atom
        asks_nothing = isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING
        known = atom.instance is None and atom.job in self._said
        if known or asks_nothing:
            return atom
        label = label_of(atom)
        rule = self._site.external(label)
        if rule is None:
            return atom
        # The window of a look-back is what the platform is asked for.
        window = atom.lookback if isinstance(rule.action, PlatformRun) else None
        name = self._stand_in(job, label, rule, window)
        lookback = None if window else atom.lookback
        return replace(atom, job=name, instance=None, lookback=lookback)

    def _stand_in(self, job: Job, label: str, rule: ExternalRule, window: int | None) -> str:
        """The name of the job that stands for an outside job; adds it at the first call."""
        around = job.box or job.name
        key = (label, around, window)
        if key not in self._names:
            name = next(name for name in _names(label, around) if self._is_free(name))
            action = rule.action
            if isinstance(action, PlatformRun) and window:
                action = replace(action, within=window)
            place = job.condition_place
            self._names[key] = name
            self._used[name] = rule
            self._jobs[name] = Job(
                name=name,
                span=place,
                kind=Kind.EXTERNAL,
                box=job.box,
                action=action,
                status=InitialStatus.ACTIVE if action else InitialStatus.ON_NOEXEC,
                description=f"{label} is nowhere in the estate: {_how(rule)}",
            )
            self._diagnostics.add(
                BoundElsewhere(name=label, how=_how(rule)), place, job=name, text=label
            )
        return self._names[key]

    def _is_free(self, name: str) -> bool:
        return name not in self._said and name not in self._jobs


def _names(label: str, around: str) -> Iterator[str]:
    yield label
    yield f"{label} for {around}"
    for number in itertools.count(2):
        yield f"{label} for {around} {number}"


def _how(rule: ExternalRule) -> str:
    if isinstance(rule.action, PlatformRun):
        return f"the latest run of {rule.action.workflow} on the platform stands for it"
    if isinstance(rule.action, FileWatch):
        return "a file stands for it"
    if isinstance(rule.action, Approval):
        return f"an approval stands for it: {rule.action.question}"
    return f"taken to have succeeded: {rule.reason}"
