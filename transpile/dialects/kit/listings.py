"""What the readers of listings share: dates and times as listings write them, words for states."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime

from transpile.model.listings import Extent, Listed, ListingSetting
from transpile.model.outcome import State
from transpile.model.run_log import JobRun

TIME = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[T ]+\d{1,2}:\d\d(?::\d\d)?"
"""A date with a time of day; the order of day and month is another question."""

_PARTS = re.compile(
    r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?"
)
_RULE = re.compile(r"[-_=* \t\r\f]*")
"""A blank line, or one that only underlines."""

_LONGEST = 1000
"""Maximum length of a row."""


def is_rule(line: str) -> bool:
    """True for a blank line, and for one of dashes or underscores."""
    return _RULE.fullmatch(line) is not None


@dataclass(slots=True)
class LineReader(ABC):
    """The runs of a listing while it is read line by line; `idle` counts rows without a run."""

    runs: list[JobRun] = field(default_factory=list, init=False)
    idle: int = field(default=0, init=False)
    unread: list[tuple[int, str]] = field(default_factory=list, init=False)

    @abstractmethod
    def take(self, number: int, line: str) -> None:
        """Read a line."""

    def read(self, text: str) -> None:
        """Read all lines; those too long for a row are not understood, and come first."""
        lines = [*enumerate(text.split("\n"), 1)]
        self.unread += [(number, line[:_LONGEST]) for number, line in lines if len(line) > _LONGEST]
        for number, line in lines:
            if len(line) <= _LONGEST:
                self.take(number, line)

    def listed(self, extent: Extent) -> Listed:
        """What was read."""
        return Listed(extent, tuple(self.runs), self.idle, tuple(self.unread))


class Times:
    """Reads the dates and times of one listing.

    Month comes before day, unless some date of the listing only makes sense the other way round.
    """

    def __init__(self, text: str, setting: ListingSetting) -> None:
        found = [(int(a), int(b)) for a, b, *_ in _PARTS.findall(text)]
        self._setting = setting
        self._day_first = any(12 < a < 32 for a, _ in found) and not any(b > 12 for _, b in found)

    def moment(self, text: str, since: datetime | None = None) -> datetime | None:
        """The moment (UTC) that a text names; None if it names none."""
        try:
            wall = self._wall(text.strip())
            return None if wall is None else self._setting.moment(wall, since)
        except (ValueError, OverflowError):
            return None

    def _wall(self, text: str) -> datetime | None:
        match = _PARTS.fullmatch(text)
        if match is None:
            # Texts in ISO format may end with an offset.
            iso = re.sub(r"[zZ]$", "+00:00", text.replace(",", "."))
            return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", iso))
        first, second, third = match[1], match[2], match[3]
        if len(first) > 2:
            year, month, day = first, second, third
        elif self._day_first:
            day, month, year = first, second, third
        else:
            month, day, year = first, second, third
        full = int(year) + (2000 if len(year) <= 2 else 0)
        clock = (int(match[4]), int(match[5]), int(match[6] or 0))
        return datetime(full, int(month), int(day), *clock)


_WORDS = {
    State.SUCCEEDED: "su succ success succeeded successful ok complete completed 0 4",
    State.FAILED: "fa fail failure failed abend abended error err ko 5",
    State.TERMINATED: "te term terminated kill killed cancelled canceled 6",
}
_STATES = {word: state for state, words in _WORDS.items() for word in words.split()}
_RUNNING = frozenset("ru running st starting exec executing in_progress active".split())


def state_of(word: str) -> State | None:
    """The state that a scheduler's word means; None for words about jobs that have not ended."""
    return _STATES.get(word.strip().lower())


def is_running(word: str) -> bool:
    """True for a scheduler's word about a job that runs."""
    return word.strip().lower() in _RUNNING
