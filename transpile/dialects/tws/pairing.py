"""Pairs instances of streams: which instance a reference means, which streams run together.

Composer: without a criterion, or with PREVIOUS, a reference means the closest instance before, or
due at the same time; with SAMEDAY the instance of the day; with RELATIVE one due within a span of
time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from transpile.dialects.tws.units import Unit
from transpile.dialects.tws.values import Clause, signed, tokens


@dataclass(frozen=True, slots=True)
class Link:
    """A stream that waits for another one in the same run; `is_whole` if all its jobs wait."""

    unit: Unit
    other: Unit
    is_whole: bool


def is_same_run(unit: Unit, other: Unit, criteria: list[Clause]) -> bool:
    """True if each instance of `unit` refers to exactly one instance of `other`."""
    apart = _distance(unit, other)
    if apart is None:
        return False
    found = [t for criterion in criteria[:1] for t in tokens(criterion)]
    kinds = {t.type for t in found}
    if "RELATIVE" in kinds:
        low, high = (_minutes(t) for t in found if t.type in ("OFFSET", "NUMBER"))
        return low <= apart <= high
    if "SAMEDAY" in kinds:
        return True
    return "FROM" not in kinds and apart <= 0


def _distance(unit: Unit, other: Unit) -> int | None:
    """Minutes from the start of `unit` to that of `other`; None if their days differ."""
    if unit.when == other.when:
        return 0
    if unit.due is None or other.due is None or unit.due.days != other.due.days:
        return None
    return other.due.minute - unit.due.minute


def _minutes(word: str) -> int:
    number = signed(word)
    hours, rest = divmod(abs(number), 100)
    return (hours * 60 + rest) * (-1 if number < 0 else 1)


def running_together(units: Iterable[Unit], links: Iterable[Link]) -> frozenset[str]:
    """The streams that may wait in one run for streams that are due earlier.

    All streams at the beginning of such a run are due at the same time, so one clock starts it.
    """
    leader = {unit.name: unit.name for unit in units}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    waiting = set()
    for link in links:
        leader[find(link.unit.name)] = find(link.other.name)
        if link.is_whole:
            waiting.add(link.unit.name)
    begins: dict[str, set[frozenset[str] | None]] = {}
    for unit in units:
        if unit.name not in waiting:
            begins.setdefault(find(unit.name), set()).add(unit.when)
    return frozenset(name for name in leader if len(begins.get(find(name), ())) == 1)
