"""Which instance of another stream is meant, and which streams run together.

Composer: without a criterion, or with PREVIOUS, it is the closest one before, one that is due at
the same time included; with SAMEDAY that of the day; with RELATIVE one due within a span of time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lark import Token

from transpile.dialects.tws.units import Unit
from transpile.dialects.tws.values import Clause, signed


@dataclass(frozen=True, slots=True)
class Link:
    """A stream that waits for another one in the same run; `is_whole`: all of it does."""

    unit: Unit
    other: Unit
    is_whole: bool


def is_same_run(unit: Unit, other: Unit, criteria: list[Clause]) -> bool:
    """True where the instance of `other` that is meant is due once for each one of `unit`."""
    apart = _distance(unit, other)
    if apart is None:
        return False
    kinds = {t.type for c in criteria[:1] for t in c.children if isinstance(t, Token)}
    if "RELATIVE" in kinds:
        words = (t for t in criteria[0].children if isinstance(t, Token))
        low, high = (_minutes(t) for t in words if t.type in ("OFFSET", "NUMBER"))
        return low <= apart <= high
    if "SAMEDAY" in kinds:
        return True
    return "FROM" not in kinds and apart <= 0


def _distance(unit: Unit, other: Unit) -> int | None:
    """How many minutes later the other stream is due on the same day; None where days differ."""
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
    """The streams that may wait in a run for others that are due earlier.

    All that such a run begins with has to be due at the same time: that starts it.
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
