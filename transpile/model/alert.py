"""Alarms and notifications that the source sends when a job ends."""

from dataclasses import dataclass
from enum import Enum


class End(Enum):
    """How a job, or the whole, may end."""

    SUCCESS = "success"
    FAILURE = "failure"
    TERMINATED = "terminated"


ANY_FAILURE = (End.FAILURE, End.TERMINATED)
"""The ends that a source means which calls both a failure."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A message to people that the source asks for at such an end.

    An alarm of that name, or, without one, a notification: a message that is mailed to
    `recipients`, who are none where only the old scheduler knows them.
    """

    on: End
    alarm: str = ""
    recipients: tuple[str, ...] = ()
    message: str = ""
