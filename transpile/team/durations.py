"""Durations of jobs, from the table [durations] of transpile.toml."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from transpile.sources.text import Span

_PATTERN_SIGNS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Duration:
    """The seconds that jobs take whose names match `pattern`."""

    pattern: str
    seconds: float
    span: Span


class Durations:
    """All durations: that of a job's very name counts, else the first pattern that matches it."""

    def __init__(self, every: Sequence[Duration] = ()) -> None:
        self._exact = {duration.pattern: duration for duration in every}
        self._patterns = [each for each in every if not _PATTERN_SIGNS.isdisjoint(each.pattern)]

    def of(self, job: str) -> float | None:
        """The seconds of a job; None if they are not known."""
        found = self._exact.get(job) or next(
            (each for each in self._patterns if fnmatchcase(job, each.pattern)), None
        )
        return None if found is None else found.seconds

    def unused(self, jobs: Collection[str]) -> Iterator[Duration]:
        """The durations that match no job."""
        names, used = {*jobs}, set[str]()
        for each in self._patterns:
            if any(fnmatchcase(name, each.pattern) for name in names):
                used.add(each.pattern)
        yield from (d for name, d in self._exact.items() if name not in names and name not in used)
