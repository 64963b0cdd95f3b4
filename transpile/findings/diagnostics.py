"""The findings of a conversion: collected, never raised, and sorted by place."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from transpile.findings.finding import CODES, Finding, Level
from transpile.sources.printable import printable
from transpile.sources.text import Span

_SNIPPET, _MESSAGE = 160, 400
"""Greatest lengths of source text in a finding: alone, and as a field of the message."""

_LONG = {"cycle": 1_000_000}
"""Fields with another greatest length."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding at its place, with its text for readers.

    `text` is the offending text. `accepted` is the reason why a team accepts the finding; it is
    empty for findings that count. `need` is the name of the need that the finding is about.
    `statement` is all that the source says there, if nothing else keeps it; reports do not show
    it.
    """

    code: str
    level: Level
    span: Span
    message: str
    help: str
    job: str | None
    text: str
    accepted: str = ""
    need: str = ""
    statement: str = field(default="", compare=False, repr=False)

    @property
    def kind(self) -> type[Finding]:
        """The code's entry in the catalogue."""
        return CODES[self.code]

    def __str__(self) -> str:
        place = self.span
        where = f"{place.file}:{place.line}:{place.column}"
        return f"{where}: {self.level.value}[{self.code}]: {self.message}"


Judge: TypeAlias = Callable[[Diagnostic], Diagnostic]
"""Gives a finding its level, and accepts it."""


class Diagnostics:
    """The findings of one conversion.

    `scope` is the title of the current network; names of jobs are unique within it. `judge` may
    change the level of a finding and accept it. Reports show the judged findings; emitted text
    shows the original ones. A finding about the action of a job counts as soon as it is known that
    no entity stands for the job. Findings about jobs that are not in `only`, if set, do not count.
    """

    def __init__(self, judge: Judge = lambda found: found) -> None:
        self.scope: str | None = None
        self.only: Collection[str] | None = None
        self._judge = judge
        self._found: dict[Diagnostic, Diagnostic] = {}
        self._undecided: dict[Diagnostic, None] = {}
        self._mapped: dict[Diagnostic, None] = {}
        self._by_job: dict[tuple[str | None, str], dict[Diagnostic, None]] = {}

    def add(
        self,
        finding: Finding,
        span: Span,
        *,
        job: str | None = None,
        text: str | None = None,
        help: str | None = None,
        statement: str = "",
    ) -> None:
        """Record a finding at `span`.

        `text` is the offending text, by default the field `text`. `help` replaces the help of the
        code. `statement` is all that the source says there, if nothing else keeps it.
        """
        values = vars(finding)
        shown = {key: _shown(str(v), _LONG.get(key, _MESSAGE)) for key, v in values.items()}
        message = finding.message.format_map(shown)
        snippet = _shown(values.get("text", "") if text is None else text, _SNIPPET)
        need = shown[finding.need[1]] if finding.need else ""
        found = Diagnostic(
            finding.code,
            finding.level,
            span,
            message,
            help or finding.help,
            job,
            snippet,
            need=need,
            statement=statement,
        )
        self.record(found)

    def extend(self, others: "Diagnostics") -> None:
        """Record the findings of others."""
        for found in others._found:
            self.record(found)

    def record(self, found: Diagnostic) -> None:
        """Record a finding; equal findings count once."""
        new = found not in self._found
        if new:
            self._found[found] = self._judge(found)
        if found.job is None:
            return
        if found.kind.of_action and (new or found in self._mapped):
            self._mapped.pop(found, None)
            self._undecided[found] = None
        # A job may be in several networks: each of them shows the finding.
        self._by_job.setdefault((self.scope, found.job), {}).setdefault(found)

    def decide(self, mapped: Collection[tuple[str, str]] = ()) -> None:
        """Let findings about actions count, except those of the jobs and codes in `mapped`."""
        for found in self._undecided:
            if (found.job, found.code) in mapped:
                self._mapped[found] = None
        self._undecided.clear()

    def unmap(self, jobs: Collection[str]) -> None:
        """Let findings about the actions of these jobs count: no entity stands for them."""
        for name in jobs:
            for found in self._about(name):
                self._mapped.pop(found, None)

    def excerpt(self, scope: str | None, jobs: Iterable[str], judge: Judge) -> "Excerpt":
        """The findings about these jobs of a network, for another process; `judge` is for them."""
        found = {name: tuple(self._by_job.get((scope, name), ())) for name in jobs}
        found = {name: each for name, each in found.items() if each}
        mapped = tuple(d for each in found.values() for d in each if d in self._mapped)
        return Excerpt(scope, found, mapped, judge)

    def complete(self, added: "Added") -> None:
        """Record what was added to an excerpt."""
        self.scope = added.scope
        self.unmap(added.unmapped)
        for found in added.found:
            self.record(found)

    def _counts(self, found: Diagnostic) -> bool:
        if self.only is not None and found.job is not None and found.job not in self.only:
            return False
        # Most estates map no job: hashing each finding for nothing is slow.
        return not any(found in silent for silent in (self._undecided, self._mapped) if silent)

    def _all(self) -> Iterator[Diagnostic]:
        return (judged for found, judged in self._found.items() if self._counts(found))

    def __iter__(self) -> Iterator[Diagnostic]:
        """The judged findings, sorted by file, line, column and code."""
        yield from sorted(self._all(), key=lambda d: (d.span, d.code, d.job or "", d.message))

    def __len__(self) -> int:
        """The number of findings, including accepted ones."""
        return sum(1 for _ in self._all())

    def count(self, level: Level) -> int:
        """The number of findings of this level, without accepted ones."""
        return sum(found.level is level and not found.accepted for found in self._all())

    def accepted(self) -> int:
        """The number of accepted findings."""
        return sum(bool(found.accepted) for found in self._all())

    def failed(self, *, strict: bool) -> bool:
        """True if there are errors or, with `strict`, warnings."""
        return bool(self.count(Level.ERROR) or (strict and self.count(Level.WARNING)))

    def about(self, job: str) -> tuple[Diagnostic, ...]:
        """The job's findings as they were recorded, in that order."""
        return tuple(filter(self._counts, self._about(job)))

    def _about(self, job: str) -> Iterable[Diagnostic]:
        return self._by_job.get((self.scope, job), ())

    def judged(self, job: str) -> tuple[Diagnostic, ...]:
        """The job's findings as judged."""
        return tuple(self._found[found] for found in self.about(job))

    def worst(self, job: str) -> Level | None:
        """The most severe level of the job's findings; None without findings."""
        levels = {found.level for found in self.about(job)}
        return next((level for level in Level if level in levels), None)

    def marks(self, job: str) -> tuple[str, ...]:
        """The job's errors and warnings as lines for the emitted text."""
        found = (d for d in self.about(job) if d.level is not Level.NOTE)
        return tuple(f"TODO[{d.code}] {d.message}" for d in found)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The findings about some jobs of the network `scope`, by job.

    Those that are `mapped` do not count, because an entity stands for the job.
    """

    scope: str | None
    about: Mapping[str, tuple[Diagnostic, ...]]
    mapped: tuple[Diagnostic, ...]
    judge: Judge

    def opened(self) -> "Supplement":
        """The findings, to be added to."""
        return Supplement(self)


@dataclass(frozen=True, slots=True)
class Added:
    """What was added to an excerpt; no entity stands for the jobs that are `unmapped`."""

    scope: str | None
    found: tuple[Diagnostic, ...]
    unmapped: tuple[str, ...]


class Supplement(Diagnostics):
    """The findings of an excerpt, and those that are added to them."""

    def __init__(self, excerpt: Excerpt) -> None:
        super().__init__(excerpt.judge)
        self.scope = excerpt.scope
        self._new: list[Diagnostic] = []
        self._unmapped: list[str] = []
        for found in excerpt.about.values():
            for each in found:
                super().record(each)
        self.decide()
        self._mapped.update(dict.fromkeys(excerpt.mapped))

    def record(self, found: Diagnostic) -> None:
        """Record a finding, and that it was added."""
        super().record(found)
        self._new.append(found)

    def unmap(self, jobs: Collection[str]) -> None:
        """Let findings about the actions of these jobs count, and keep their names."""
        super().unmap(jobs)
        self._unmapped += jobs

    @property
    def added(self) -> Added:
        """What was added to the excerpt."""
        return Added(self.scope, tuple(self._new), tuple(self._unmapped))


def _shown(text: str, most: int) -> str:
    """The text on one line, without control characters, cut after `most` characters."""
    clean = printable(text[: most + 1])
    return clean if len(text) <= most else clean[:most] + "..."
