"""Compares what two estates were read to: equal up to a renaming, or where they differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, time, timedelta
from enum import Enum
from typing import Any

from transpile.findings.codes.limits import CommonNames
from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.model import Job, Network
from transpile.sources.text import Span

_SAME = (int, float, bytes, Enum, date, time, timedelta, type, type(None))
"""Types of values that have to be equal."""

_SIZED = (tuple, list, set, frozenset, Mapping)

_APART = frozenset("description offset column side_files side_texts".split())
"""Fields that may differ: text for readers, columns, and what stands in other files."""

_ABOUT_NAMES = (CommonNames.code,)
"""Findings that follow from the words in names."""


class Differs(Exception):
    """The estates are not equal up to a renaming; the message says where and in what."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two values to compare, the job that they are part of, and the name of their field."""

    one: Any
    other: Any
    job: str
    field: str


class Renaming:
    """The texts of two estates that stand for one another; each for one other only.

    `labels` are the known names of files.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._to: dict[str, str] = {}
        self._back: dict[str, str] = {}

    def relates(self, one: str, other: str) -> bool:
        """True if the texts may stand for one another, which counts from then on."""
        if one in self._labels:
            return self._labels[one] == other
        if not one.strip() or not other.strip():
            return one == other
        return self._to.setdefault(one, other) == other and self._back.setdefault(other, one) == one

    def networks(self, ones: Iterable[Network], others: Iterable[Network]) -> None:
        """Compare the networks, in the order of the places of their jobs. Raises Differs."""
        back = {new: old for old, new in self._labels.items()}
        one = sorted(map(_placed, ones), key=_place_of)
        other = sorted((_placed(each, back) for each in others), key=lambda n: _place_of(n, back))
        stack = [_Pair(one, other, "", "networks")]
        while stack:
            pair = stack.pop()
            found = list(self._parts(pair))
            stack += reversed(found)

    def _parts(self, pair: _Pair) -> Iterator[_Pair]:
        """The parts of two values that still have to be compared. Raises Differs."""
        one, other = pair.one, pair.other
        if type(one) is not type(other) or not self._may_match(one, other):
            raise self._error(pair)
        if isinstance(one, Mapping):
            yield from _zipped(pair, [*one, *one.values()], [*other, *other.values()])
        elif isinstance(one, tuple | list) and not isinstance(one, Span):
            yield from _zipped(pair, one, other)
        elif is_dataclass(one):
            job = pair.job
            if isinstance(one, Job):
                job = f"{one.name} at {one.span.file}:{one.span.line}"
            for each in fields(one):
                if each.name not in _APART:
                    values = getattr(one, each.name), getattr(other, each.name)
                    yield _Pair(*values, job, each.name)

    def _may_match(self, one: Any, other: Any) -> bool:
        """True if two values of one type match, apart from their parts."""
        if isinstance(one, str):
            return self.relates(one, other)
        if isinstance(one, Span):
            return one.line == other.line and self.relates(one.file, other.file)
        if isinstance(one, _SAME):
            return bool(one == other)
        return not isinstance(one, _SIZED) or len(one) == len(other)

    @staticmethod
    def _error(pair: _Pair) -> Differs:
        where = f"job {pair.job}: " if pair.job else ""
        return Differs(
            f"{where}{pair.field} is {_shown(pair.one)}, in the copy {_shown(pair.other)}"
        )

    def findings(self, ones: Diagnostics, others: Diagnostics, *, places: bool) -> None:
        """Compare the findings by code and level, with `places` also by file and line.

        Raises Differs.
        """
        back = {new: old for old, new in self._labels.items()}
        expected = Counter(_key(found, self._labels, places) for found in ones)
        got = Counter(_key(found, {new: new for new in back}, places) for found in others)
        for who, counts in (("original", expected - got), ("copy", got - expected)):
            for code, _, file, line in sorted(counts):
                if code not in _ABOUT_NAMES:
                    where = f" at {back[file]}:{line}" if file in back else ""
                    raise Differs(f"only the {who} has the finding {code}{where}")


def _key(found: Diagnostic, labels: Mapping[str, str], places: bool) -> tuple[str, str, str, int]:
    """What findings are compared by."""
    file, line = (labels.get(found.span.file, ""), found.span.line) if places else ("", 0)
    return found.code, found.level.value, file, line


def _zipped(pair: _Pair, ones: Iterable[Any], others: Iterable[Any]) -> Iterator[_Pair]:
    return (
        _Pair(one, other, pair.job, pair.field) for one, other in zip(ones, others, strict=True)
    )


def _placed(network: Network, back: Mapping[str, str] | None = None) -> Network:
    """The network with its jobs in the order of their places."""
    items = sorted(network.jobs.items(), key=lambda item: _named(item[1].span, back))
    return replace(network, jobs=dict(items))


def _place_of(network: Network, back: Mapping[str, str] | None = None) -> tuple[str, int]:
    """The place of the first job."""
    return next((_named(job.span, back) for job in network.jobs.values()), ("", 0))


def _named(span: Span, back: Mapping[str, str] | None) -> tuple[str, int]:
    """A place, by the file's name in the original."""
    return (back or {}).get(span.file, span.file), span.line


def _shown(value: Any) -> str:
    if isinstance(value, Span):
        return f"{value.file}:{value.line}"
    if isinstance(value, list | tuple | Mapping | set | frozenset):
        return f"{len(value)} values"
    text = repr(value)
    return text if len(text) < 80 else f"{text[:77]}..."
