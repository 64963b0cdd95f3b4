"""Finds commands that cannot run, and reports those that drive or ask a scheduler."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from transpile.analysis.grouping import heads
from transpile.analysis.invoked import programs
from transpile.findings.codes.jobs import CommandAsksScheduler, CommandDrivesScheduler
from transpile.findings.codes.reading import NulCharacter, UnknownPlaceholder
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import (
    Blocked,
    Command,
    Facts,
    FileWatch,
    InitialStatus,
    Job,
    Steps,
    Text,
    plain,
)
from transpile.model.programs import Schedulers
from transpile.sources.text import Span

_PLACEHOLDER = re.compile(r"~\{\$([^\n]*?)\}~")
_RESTS = (InitialStatus.ON_ICE, InitialStatus.ON_NOEXEC)


def _parts(job: Job) -> tuple[Command, ...]:
    if isinstance(job.action, Steps):
        return job.action.parts
    return (job.action,) if isinstance(job.action, Command) else ()


def find_unusable(jobs: Mapping[str, Job], diagnostics: Diagnostics) -> dict[str, Blocked]:
    """The jobs with a text that cannot run: with a NUL character, or an unfilled placeholder."""
    found = {n: _unusable(job, diagnostics) for n, job in jobs.items() if job.blocked is None}
    return {name: blocked for name, blocked in found.items() if blocked is not None}


def _unusable(job: Job, diagnostics: Diagnostics) -> Blocked | None:
    for texts, place in _texts(job):
        for text in texts:
            found = _problem(plain(text))
            if found is not None:
                finding, reason = found
                shown = None if isinstance(finding, UnknownPlaceholder) else plain(text)
                diagnostics.add(finding, place or job.span, job=job.name, text=shown)
                return Blocked(type(finding), reason)
    return None


def _texts(job: Job) -> Iterable[tuple[Iterable[Text], Span | None]]:
    """Every text that reaches the system, with the place of its command."""
    for part in _parts(job):
        names: Iterable[Text] = ((name,) for name, _ in part.environment)
        yield (*part.texts, *names), part.place
    if isinstance(job.action, FileWatch):
        yield job.action.texts, None


def _problem(text: str) -> tuple[Finding, str] | None:
    """What is wrong with a text, and the reason for its job."""
    if "\0" in text:
        return NulCharacter(key="the command or a file name"), "a text holds a NUL character"
    if "~{$" in text and (match := _PLACEHOLDER.search(text)):
        reason = f"a placeholder without a value: {match[1]}"
        return UnknownPlaceholder(text=match[0]), reason
    return None


def report_scheduler_calls(facts: Facts, schedulers: Schedulers, diagnostics: Diagnostics) -> None:
    """Report each command that drives or asks a scheduler: an edge that no condition shows."""
    places = _Places(facts)
    for job in facts.jobs.values():
        if job.call is None and job.status not in _RESTS:
            for part in _parts(job):
                _report(part, job, places, schedulers, diagnostics)


def _report(
    part: Command, job: Job, places: "_Places", schedulers: Schedulers, diagnostics: Diagnostics
) -> None:
    text = plain(part.text)
    if not schedulers.mentioned(text):
        return
    variables = {key: plain(value) for key, value in part.environment}
    for program in programs(text, variables):
        for call in schedulers.calls(program):
            target = _joined(places.described(target, job.name) for target in call.targets)
            kind = CommandDrivesScheduler if call.drives else CommandAsksScheduler
            shown = " ".join((program.name, *program.arguments))
            diagnostics.add(
                kind(program=call.program, event=call.event, target=target),
                part.place or job.span,
                job=job.name,
                text=shown,
            )


def _joined(targets: Iterable[str]) -> str:
    return ", ".join(targets) or "what the text does not name"


class _Places:
    """Where jobs stand."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @cached_property
    def _heads(self) -> dict[str, str]:
        return heads(self._facts.jobs, self._facts.order, self._facts.groups)

    @cached_property
    def _names(self) -> dict[str, str]:
        """The jobs by other names that the scheduler accepts."""
        found: dict[str, str] = {}
        for name in self._facts.jobs:
            for other in self._facts.said.engine.other_names(name):
                found.setdefault(other, name)
        return found

    def described(self, target: str, asking: str) -> str:
        """The target, and where it stands if it is a job of the estate."""
        known = target if target in self._facts.jobs else self._names.get(target.upper())
        if known is None:
            return target
        if known == asking:
            return f"{target} (this job itself)"
        head, here = self._heads.get(known), self._heads.get(asking)
        if head is None:
            return f"{target} (a job of this estate)"
        if head == here or self._facts.title:
            return f"{target} (a job of the same workflow)"
        if head == known:
            return f"{target} (it heads a workflow of this estate)"
        return f"{target} (a job of the workflow of {head})"
