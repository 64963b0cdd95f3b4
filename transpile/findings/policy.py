"""The policy of a team: the levels of findings, and which ones it accepts."""

from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import Level
from transpile.sources.text import Span

_IN_BASELINE = "it is in the baseline"

Fingerprint = tuple[str, str, str, str]
"""Code, file, job and message of a finding, which stay the same if lines move."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Accepts findings with this code, job and file; `job` and `file` are patterns."""

    code: str
    job: str
    file: str
    reason: str
    span: Span

    def matches(self, found: Diagnostic) -> bool:
        """True if the suppression accepts the finding."""
        return (
            self.code == found.code
            and fnmatchcase(found.job or "", self.job)
            and fnmatchcase(found.span.file, self.file)
        )

    def __str__(self) -> str:
        parts = [f"code {self.code}"]
        parts += [f"job {self.job}"] if self.job != "*" else []
        parts += [f"file {self.file}"] if self.file != "*" else []
        return ", ".join(parts)


@dataclass(slots=True)
class Policy:
    """Gives findings their level, and accepts those that are suppressed or in the baseline."""

    levels: Mapping[str, Level] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    baseline: Mapping[Fingerprint, int] = field(default_factory=dict)
    _seen: Counter[Fingerprint] = field(default_factory=Counter)
    _used: set[Suppression] = field(default_factory=set)
    _known: dict[str, dict[Fingerprint, int]] = field(default_factory=dict)

    def judge(self, found: Diagnostic) -> Diagnostic:
        """The finding with the level that the team gives it and the reason to accept it."""
        level = self.levels.get(found.code, found.level)
        fingerprint = fingerprint_of(found)
        self._seen[fingerprint] += 1
        matching = [s for s in self.suppressions if s.matches(found)]
        self._used.update(matching)
        known = self._seen[fingerprint] <= self.baseline.get(fingerprint, 0)
        accepted = matching[0].reason if matching else _IN_BASELINE if known else ""
        if level is found.level and not accepted:
            return found
        return replace(found, level=level, accepted=accepted)

    def about(self, jobs: Iterable[str]) -> "Policy":
        """The policy for findings about these jobs, for another process."""
        if self.baseline and not self._known:
            for fingerprint, count in self.baseline.items():
                self._known.setdefault(fingerprint[2], {})[fingerprint] = count
        known = (self._known[job] for job in jobs if job in self._known)
        return Policy(self.levels, self.suppressions, dict(ChainMap(*known)))

    def unused(self) -> Iterator[Suppression]:
        """The suppressions that have matched no finding."""
        return (s for s in self.suppressions if s not in self._used)


def fingerprint_of(found: Diagnostic) -> Fingerprint:
    """The fingerprint by which a baseline identifies the finding."""
    return (found.code, found.span.file, found.job or "", found.message)
