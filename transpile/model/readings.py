"""Readings: what a source's documents leave open, and which answer is taken."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """An open question of a source; the first of its `answers` is the default.

    `name` is the key in the [readings] table of transpile.toml and unique among all dialects.
    """

    name: str
    question: str
    answers: tuple[str, ...]

    @property
    def default(self) -> str:
        """The answer without a setting."""
        return self.answers[0]


def taken(readings: tuple[Reading, ...], chosen: Mapping[str, str]) -> dict[str, str]:
    """The answer to each question."""
    return {reading.name: chosen.get(reading.name, reading.default) for reading in readings}
