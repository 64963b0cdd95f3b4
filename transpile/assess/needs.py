"""Finds what the jobs of a workflow need outside of their definitions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from transpile.assess.commands import (
    Found,
    is_secret,
    needs_of_command,
    needs_of_text,
    without_secrets,
)
from transpile.findings.diagnostics import Diagnostic
from transpile.findings.need import Need
from transpile.model import (
    Alert,
    Command,
    Facts,
    FileWatch,
    GlobalValue,
    Kind,
    SettledJob,
    Steps,
    Text,
    VariableRef,
    atoms,
    plain,
)
from transpile.model.programs import Schedulers
from transpile.sources.text import Span

MOST_NAME = 160
"""Maximum length of the name of a need."""


@dataclass(frozen=True, slots=True)
class Use:
    """The number of jobs with a need, and the place of the first one.

    `in_clear`: a value of the secret stands in the sources.
    """

    jobs: int
    first: Span
    in_clear: bool = False

    def __add__(self, other: "Use") -> "Use":
        first = min(self.first, other.first)
        return Use(self.jobs + other.jobs, first, self.in_clear or other.in_clear)


Uses = Mapping[Found, Use]


def merged(found: Iterable[Uses]) -> dict[Found, Use]:
    """The uses of all, added up."""
    total: dict[Found, Use] = {}
    for uses in found:
        for need, use in uses.items():
            total[need] = total[need] + use if need in total else use
    return total


def needs_of(
    facts: Facts, schedulers: Schedulers, findings: Mapping[str, Iterable[Diagnostic]]
) -> dict[Found, Use]:
    """The needs of all jobs of a workflow."""
    outside: dict[str, set[str]] = defaultdict(set)
    for dependency in (*facts.dependencies, *facts.far):
        if dependency.missing:
            outside[dependency.downstream].add(dependency.upstream)
    total: dict[Found, Use] = {}
    for name, job in facts.jobs.items():
        reader = _Reader(facts, schedulers)
        reader.read(job, outside.get(name, ()), findings.get(name, ()))
        for need in reader.found:
            use = Use(1, job.span, need[0] is Need.SECRET and need[1] in reader.in_clear)
            total[need] = total[need] + use if need in total else use
    return total


class _Reader:
    """Collects the needs of one job."""

    def __init__(self, facts: Facts, schedulers: Schedulers) -> None:
        self._facts = facts
        self._schedulers = schedulers
        self._keys = dict(facts.said.engine.needs)
        self.found: dict[Found, None] = {}
        self.in_clear: set[str] = set()

    def read(self, job: SettledJob, outside: Iterable[str], findings: Iterable[Diagnostic]) -> None:
        """Collect what the job needs."""
        for name in (*sorted(outside), *((job.name,) if self._stands_for_another(job) else ())):
            self._add(Need.OUTSIDE, name)
        for finding in findings:
            if finding.kind.need is not None:
                for name in finding.need.split(", "):
                    self._add(finding.kind.need[0], name)
        self._add(Need.IMAGE, job.image or "")
        self._read_notes(job)
        self._read_alerts(job.alerts)
        self._read_action(job)
        for condition in job.conditions:
            for atom in atoms(condition):
                if isinstance(atom, GlobalValue):
                    self._read_variable(atom.name)

    def _read_notes(self, job: SettledJob) -> None:
        for key, value in job.notes:
            if need := self._keys.get(key):
                for name in value.split(","):
                    self._add(need, name.strip(" \"'"))

    def _stands_for_another(self, job: SettledJob) -> bool:
        return job.kind is Kind.EXTERNAL or job.name in self._facts.externals

    def _add(self, need: Need, name: str) -> None:
        if name:
            short = name if len(name) <= MOST_NAME else name[:MOST_NAME] + "..."
            self.found[need, short] = None

    def _read_alerts(self, alerts: Iterable[Alert]) -> None:
        for alert in alerts:
            for recipient in alert.recipients:
                self._add(Need.MAIL, recipient)

    def _read_action(self, job: SettledJob) -> None:
        action = job.action
        if isinstance(action, Command | Steps | FileWatch):
            self._read_references(action.texts)
        for part in _commands(job):
            self._read_command(part)
        if isinstance(action, FileWatch):
            path = without_secrets(plain(action.path))
            self._add(Need.FILE, path)
            self._read_text(path)
        if isinstance(action, Command | FileWatch) and action.profile:
            self._add(Need.PROFILE, without_secrets(plain(action.profile)))

    def _read_command(self, part: Command) -> None:
        variables = {key: plain(value) for key, value in part.environment}
        found, in_clear = needs_of_command(plain(part.text), variables, self._schedulers)
        self.found |= found
        self.in_clear |= in_clear
        for name, value in variables.items():
            if is_secret(name):
                self._add(Need.SECRET, name)
                if value and "$" not in value and "%" not in value:
                    self.in_clear.add(name)
            else:
                self._read_text(without_secrets(value))
        redirects = tuple(plain(r.path) for r in (part.stdout, part.stderr) if r)
        for text in (*redirects, plain(part.stdin or ())):
            self._read_text(without_secrets(text))

    def _read_text(self, text: str) -> None:
        self.found |= dict.fromkeys(needs_of_text(text))

    def _read_references(self, texts: Iterable[Text]) -> None:
        for text in texts:
            for part in text:
                if isinstance(part, VariableRef) and not part.jobs:
                    self._read_variable(part.name)

    def _read_variable(self, name: str) -> None:
        variable = self._facts.said.variables.get(name)
        value = variable.value if variable else None
        if value is None and not (variable and variable.is_start):
            self._add(Need.VARIABLE, name)
        if is_secret(name):
            self._add(Need.SECRET, name)
            if value:
                self.in_clear.add(name)


def _commands(job: SettledJob) -> Iterator[Command]:
    if isinstance(job.action, Steps):
        yield from job.action.parts
    elif isinstance(job.action, Command):
        yield job.action
