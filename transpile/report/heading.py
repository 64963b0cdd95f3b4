"""Headings of reports: the title of an estate, the date of its sources."""

from dataclasses import dataclass

from transpile import __version__


@dataclass(frozen=True, slots=True)
class Heading:
    """What a report begins with; `date` is an ISO date, empty if nobody gives one.

    `wave` is the one that is converted last, empty for a whole estate.
    """

    title: str
    date: str = ""
    wave: str = ""
    version: str = __version__

    def __str__(self) -> str:
        """Who made the report from what, in words."""
        dated = f" from the sources of {self.date}" if self.date else ""
        moved = f" for wave {self.wave}" if self.wave else ""
        return f"made by transpile {self.version}{moved}{dated}"
