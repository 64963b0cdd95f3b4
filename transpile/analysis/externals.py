"""Jobs that are nowhere in the estate, bound to what stands for them on the platform."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from transpile.findings.codes.mapping import BoundElsewhere
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    All,
    AnyOf,
    Approval,
    Condition,
    ExternalRule,
    FileWatch,
    GlobalValue,
    InitialStatus,
    Job,
    Kind,
    Network,
    PlatformRun,
    Rules,
    Status,
    StatusTest,
    label_of,
)


def bind_externals(network: Network, rules: Rules, diagnostics: Diagnostics) -> Network:
    """After this pass a job stands in the place of each one that is nowhere and that a rule binds.

    It stands in the box of the job that names it: each box waits for what it needs itself.
    """
    if not rules.externals:
        return network
    return _Binder(network, rules, diagnostics).bind()


class _Binder:
    def __init__(self, network: Network, rules: Rules, diagnostics: Diagnostics) -> None:
        self._network = network
        self._rules = rules
        self._diagnostics = diagnostics
        self._names: dict[tuple[str, str, int | None], str] = {}
        self._jobs: dict[str, Job] = {}
        self._used: dict[str, ExternalRule] = {}

    def bind(self) -> Network:
        for name, job in self._network.jobs.items():
            condition = self._bound(job, job.condition)
            rule = job.box_rule
            if rule is not None:
                success, failure = self._bound(job, rule.success), self._bound(job, rule.failure)
                rule = replace(rule, success=success, failure=failure)
            self._jobs[name] = replace(job, condition=condition, box_rule=rule)
        return replace(self._network, jobs=self._jobs, externals=self._used)

    def _bound(self, job: Job, condition: Condition | None) -> Condition | None:
        if isinstance(condition, All | AnyOf):
            terms = (self._bound(job, term) for term in condition.terms)
            return type(condition)(tuple(term for term in terms if term is not None))
        if condition is None or isinstance(condition, GlobalValue):
            return condition
        asks_nothing = isinstance(condition, Status) and condition.test is StatusTest.NOT_RUNNING
        known = condition.instance is None and condition.job in self._network.jobs
        if known or asks_nothing:
            return condition
        label = label_of(condition)
        rule = next((r for r in self._rules.externals if r.matches(label)), None)
        if rule is None:
            return condition
        outside = self._network.outside.get(label)
        if outside is not None:
            self._diagnostics.withdraw(outside.code, job.name, condition.span)
        # The window of a look-back is what the platform is asked for.
        window = condition.lookback if isinstance(rule.action, PlatformRun) else None
        name = self._stand_in(job, label, rule, window)
        lookback = None if window else condition.lookback
        return replace(condition, job=name, instance=None, lookback=lookback)

    def _stand_in(self, job: Job, label: str, rule: ExternalRule, window: int | None) -> str:
        """The name of the job that stands for what is nowhere, made if need be."""
        around = job.box or job.name
        key = (label, around, window)
        if key not in self._names:
            name = next(name for name in _names(label, around) if self._is_free(name))
            action = rule.action
            if isinstance(action, PlatformRun) and window:
                action = replace(action, within=window)
            place = job.condition_span or job.span
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
        return name not in self._network.jobs and name not in self._jobs


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
