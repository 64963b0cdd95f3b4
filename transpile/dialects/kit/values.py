"""Values that occur in several formats."""

from collections.abc import Iterable
from typing import NamedTuple

from transpile.sources.text import Span


class Value(NamedTuple):
    """A text with its position."""

    text: str
    span: Span


def time_of_day(hour: int, minute: int) -> tuple[int, int] | None:
    """The time as (hour, minute); None if it does not exist."""
    return (hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None


def runs(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The runs of consecutive numbers in sorted ones, as pairs (first, last)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
