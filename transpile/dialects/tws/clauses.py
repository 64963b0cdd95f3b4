"""Readers of clauses: each clause of a job or stream is translated, noted or reported."""

from dataclasses import dataclass, field
from typing import Protocol

from transpile.dialects.tws.codes.dependencies import (
    DeadlineIgnored,
    LatestStartIgnored,
    RepetitionIgnored,
)
from transpile.dialects.tws.units import Unit
from transpile.dialects.tws.values import Clause, first, keyword, one_line, span_of, spelled, string
from transpile.findings.codes.jobs import ResourceIgnored
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Blocked, Command, InitialStatus, Tally
from transpile.sources.text import Span


class Loss(Protocol):
    """Makes the finding about a clause that is ignored."""

    def __call__(self, *, name: str, value: str) -> Finding:
        """The finding: `name` is the job or stream, `value` the clause."""


def _resource(*, name: str, value: str) -> Finding:
    return ResourceIgnored(value=value)


LOSSES: dict[str, Loss] = {
    "deadline": DeadlineIgnored,
    "every": RepetitionIgnored,
    "needs": _resource,
    "onlate": DeadlineIgnored,
    "until": LatestStartIgnored,
}
"""Clauses that are ignored at a job as well as at a stream."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Reports findings about one job or stream, whose text begins at `origin`."""

    name: str
    origin: Span
    diagnostics: Diagnostics

    def report(self, finding: Finding, clause: Clause, text: str | None = None) -> None:
        """Report a finding at a clause; `text` is the offending text, by default the clause."""
        shown = spelled(clause) if text is None else text
        self.diagnostics.add(finding, self.span(clause), job=self.name, text=shown)

    def lose(self, loss: Loss, clause: Clause) -> None:
        """Report that a clause is ignored."""
        self.report(loss(name=self.name, value=spelled(clause)), clause)

    def span(self, clause: Clause) -> Span:
        """The place of a clause."""
        return span_of(first(clause), self.origin)


@dataclass(slots=True)
class Payload:
    """What the clauses of a job or stream say; `notes` only inform the reader of the output."""

    action: Command | None = None
    description: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    status: InitialStatus = InitialStatus.ACTIVE
    time_limit: int | None = None
    blocked: Blocked | None = None


class ClauseReader:
    """Reads the clauses of one job or stream into a payload, and counts them."""

    def __init__(self, name: str, unit: Unit, diagnostics: Diagnostics, tally: Tally) -> None:
        self._name = name
        self._unit = unit
        self._reporter = Reporter(name, unit.stream.span, diagnostics)
        self._tally = tally
        self._payload = Payload()

    def _describe(self, clause: Clause) -> None:
        """Take the description."""
        self._payload.description = one_line(string(clause))
        self._tally.translated += 1

    def _note(self, clause: Clause) -> None:
        """Turn the clause into a note."""
        word, _, value = spelled(clause).partition(" ")
        self._payload.notes.append((word.lower(), value or "yes"))
        self._tally.noted += 1

    def _lose(self, loss: Loss, clause: Clause) -> None:
        """Report and count a clause that is ignored."""
        self._reporter.lose(loss, clause)
        self._tally.unsupported += 1


def starts_late(clauses: list[Clause]) -> bool:
    """True if ONUNTIL CONT lets a job or stream start after its latest start time."""
    return any(c.data == "onuntil" and keyword(c, "UNTIL_ACTION") == "CONT" for c in clauses)
