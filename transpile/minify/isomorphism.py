"""Compares what two estates were read to: equal up to a renaming, or where they differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import Any

from transpile.findings.codes.limits import CommonNames
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Job, Network
from transpile.sources.text import Span

_SAME = (int, float, bytes, Enum, date, time, timedelta, type, type(None))
"""Types of values that have to be equal."""

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
        return (
            self._to.setdefault(one, other) == other and self._back.setdefault(other, one) == one
        )

    def networks(self, ones: Iterable[Network], others: Iterable[Network]) -> None:
        """Compare the networks in order. Raises Differs."""
        stack = [_Pair(tuple(ones), tuple(others), "", "networks")]
        while stack:
            pair = stack.pop()
            found = list(self._parts(pair))
            stack += reversed(found)

    def _parts(self, pair: _Pair) -> Iterator[_Pair]:
        """The parts of two values that still have to be compared. Raises Differs."""
        one, other = pair.one, pair.other
        if type(one) is not type(other):
            raise self._error(pair)
        if isinstance(one, str):
            if not self.relates(one, other):
                raise self._error(pair)
        elif isinstance(one, Span):
            if one.line != other.line or not self.relates(one.file, other.file):
                raise self._error(pair)
        elif isinstance(one, _SAME):
            if one != other:
                raise self._error(pair)
        elif isinstance(one, set | frozenset):
            if len(one) != len(other):
                raise self._error(pair)
        elif isinstance(one, Mapping):
            yield from self._items(pair, [*one, *one.values()], [*other, *other.values()])
        elif isinstance(one, tuple | list):
            yield from self._items(pair, one, other)
        elif is_dataclass(one):
            job = f"{one.name} at {one.span.file}:{one.span.line}" if isinstance(one, Job) else pair.job
            for each in fields(one):
                if each.name not in _APART:
                    values = getattr(one, each.name), getattr(other, each.name)
                    yield _Pair(*values, job, each.name)

    def _items(self, pair: _Pair, ones: Any, others: Any) -> Iterator[_Pair]:
        if len(ones) != len(others):
            raise self._error(pair)
        for one, other in zip(ones, others, strict=True):
            yield _Pair(one, other, pair.job, pair.field)

    @staticmethod
    def _error(pair: _Pair) -> Differs:
        where = f"job {pair.job}: " if pair.job else ""
        return Differs(f"{where}{pair.field} is {_shown(pair.one)}, in the copy {_shown(pair.other)}")

    def findings(self, ones: Diagnostics, others: Diagnostics) -> None:
        """Compare the findings by code, level, file and line. Raises Differs."""
        expected = Counter(
            (d.code, d.level, self._labels.get(d.span.file, ""), d.span.line)
            for d in ones
            if d.code not in _ABOUT_NAMES
        )
        known = self._labels.values()
        found = Counter(
            (d.code, d.level, d.span.file if d.span.file in known else "", d.span.line)
            for d in others
            if d.code not in _ABOUT_NAMES
        )
        back = {new: old for old, new in self._labels.items()}
        for which, counts in (("only the original has", expected - found), ("only the copy has", found - expected)):
            for code, _, file, line in counts:
                raise Differs(f"{which} the finding {code} of {back.get(file, 'sources')}:{line}")


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple | Mapping | set | frozenset):
        return f"{len(value)} values"
    text = repr(value)
    return text if len(text) < 80 else f"{text[:77]}..."
