"""What commands hold that no system runs, and what they do with a scheduler."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from transpile.analysis.drivers import MENTIONS, uses
from transpile.analysis.invoked import programs
from transpile.findings.codes.jobs import CommandAsksScheduler, CommandDrivesScheduler
from transpile.findings.codes.reading import NulCharacter, UnknownPlaceholder
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import (
    Blocked,
    Command,
    FileWatch,
    InitialStatus,
    Job,
    Network,
    Steps,
    Text,
    plain,
)
from transpile.sources.text import Span

_PLACEHOLDER = re.compile(r"~\{\$([^\n]*?)\}~")
_RESTS = (InitialStatus.ON_ICE, InitialStatus.ON_NOEXEC)


def _parts(job: Job) -> tuple[Command, ...]:
    if isinstance(job.action, Steps):
        return job.action.parts
    return (job.action,) if isinstance(job.action, Command) else ()


def block_unusable(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass no job runs a text with a NUL character, or with an unfilled placeholder."""
    jobs = {name: _checked(job, diagnostics) for name, job in network.jobs.items()}
    return replace(network, jobs=jobs)


def _checked(job: Job, diagnostics: Diagnostics) -> Job:
    if job.blocked is not None:
        return job
    for texts, place in _texts(job):
        for text in texts:
            found = _problem(plain(text))
            if found is not None:
                finding, reason = found
                shown = None if isinstance(finding, UnknownPlaceholder) else plain(text)
                diagnostics.add(finding, place or job.span, job=job.name, text=shown)
                return replace(job, blocked=Blocked(type(finding), reason))
    return job


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
    if match := _PLACEHOLDER.search(text):
        reason = f"a placeholder without a value: {match[1]}"
        return UnknownPlaceholder(text=match[0]), reason
    return None


def report_drivers(network: Network, diagnostics: Diagnostics) -> Network:
    """Report each command that has a scheduler do something, or asks it; the network is the same.

    Such a command is an edge that no condition shows.
    """
    places = _Places(network)
    for job in network.jobs.values():
        if job.call is None and job.status not in _RESTS:
            for part in _parts(job):
                _report(part, job, places, diagnostics)
    return network


def _report(part: Command, job: Job, places: "_Places", diagnostics: Diagnostics) -> None:
    text = plain(part.text)
    if not MENTIONS.search(text):
        return
    variables = {key: plain(value) for key, value in part.environment}
    for program in programs(text, variables):
        for use in uses(program):
            target = _joined(places.described(target, job.name) for target in use.targets)
            kind = CommandDrivesScheduler if use.drives else CommandAsksScheduler
            shown = " ".join((program.name, *program.arguments))
            diagnostics.add(
                kind(program=use.program, event=use.event, target=target),
                part.place or job.span,
                job=job.name,
                text=shown,
            )


def _joined(targets: Iterable[str]) -> str:
    return ", ".join(targets) or "what the text does not name"


class _Places:
    """Where the jobs of a network stand."""

    def __init__(self, network: Network) -> None:
        self._network = network

    @cached_property
    def _heads(self) -> dict[str, str]:
        """For each job, the first job of its workflow."""
        groups = self._network.groups
        heads = {name: group[0] for group in groups for name in group}
        for name in self._network.order:
            box = self._network.jobs[name].box
            if box in heads:
                heads[name] = heads[box]
        return heads

    @cached_property
    def _names(self) -> dict[str, str]:
        """The jobs by other names: TWS knows no case, and may leave the workstation out."""
        found: dict[str, str] = {}
        for name in self._network.jobs:
            if "#" in name:
                found.setdefault(name.upper(), name)
                found.setdefault(f"@#{name.partition('#')[2].upper()}", name)
                found.setdefault(name.partition("#")[2].upper(), name)
        return found

    def described(self, target: str, asking: str) -> str:
        """The target, and where it stands if it is a job of the estate."""
        known = target if target in self._network.jobs else self._names.get(target.upper())
        if known is None:
            return target
        if known == asking:
            return f"{target} (this job itself)"
        head, here = self._heads.get(known), self._heads.get(asking)
        if head is None:
            return f"{target} (a job of this estate)"
        if head == here or self._network.title:
            return f"{target} (a job of the same workflow)"
        if head == known:
            return f"{target} (it heads a workflow of this estate)"
        return f"{target} (a job of the workflow of {head})"
