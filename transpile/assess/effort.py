"""Grades of workflows, and the rule that estimates the minutes of work on them."""

from collections.abc import Mapping
from enum import Enum

from transpile.findings.need import Need


class Grade(Enum):
    """What is left to do about a workflow once it is converted."""

    AUTOMATIC = "automatic"
    REVIEW = "review"
    MANUAL = "manual"

    @property
    def meaning(self) -> str:
        """The grade in words."""
        return _MEANINGS[self]


_MEANINGS = {
    Grade.AUTOMATIC: "no error, no warning: look at it",
    Grade.REVIEW: "a warning or a thing to read: decide",
    Grade.MANUAL: "an error: left out, or differs",
}

MINUTES: Mapping[str, int] = {
    "workflow": 10,
    "job": 1,
    "watched job": 3,
    "wait or start": 5,
    "thing to read": 15,
    "kind of warning": 10,
    "further warning": 2,
    "kind of error": 30,
    "further error": 10,
    "need": 10,
}
"""Minutes of work for each of these; all but needs are counted in each workflow."""

SETTLED = (
    Need.HOST,
    Need.USER,
    Need.PROFILE,
    Need.IMAGE,
    Need.SECRET,
    Need.VARIABLE,
    Need.CALENDAR,
    Need.OUTSIDE,
    Need.RESOURCE,
)
"""Needs that somebody has to settle, once for the estate; only these take minutes."""


def minutes_of(parts: Mapping[str, int]) -> int:
    """The minutes for so many of each part."""
    return sum(MINUTES[part] * number for part, number in parts.items())


def parts_of_findings(errors: Mapping[str, int], warnings: Mapping[str, int]) -> dict[str, int]:
    """The parts of the effort for findings, which are counted by code."""
    return {
        "kind of error": len(errors),
        "further error": sum(errors.values()) - len(errors),
        "kind of warning": len(warnings),
        "further warning": sum(warnings.values()) - len(warnings),
    }
