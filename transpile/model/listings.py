"""Listings: text files in which a scheduler says when jobs ran, or when it plans to run them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from enum import Enum
from zoneinfo import ZoneInfo

from transpile.model.run_log import JobRun, RunLog


class Extent(Enum):
    """Which runs a listing has: all in a period, some such as the latest ones, or planned ones."""

    ALL = "all runs"
    SOME = "some runs"
    FORECAST = "planned runs"


@dataclass(frozen=True, slots=True)
class ListingSetting:
    """What listings leave out: the zone of their times, and a day near dates without a year."""

    zone: str
    near: date

    def moment(self, wall: datetime, since: datetime | None = None) -> datetime:
        """The moment (UTC) of a time; without a zone of its own, it is in that of the setting.

        Of a time that happens twice it is the first one that is not before `since`.
        """
        local = wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(self.zone))
        found = local.astimezone(timezone.utc)
        if since is not None and found < since and wall.tzinfo is None:
            return max(found, local.replace(fold=1).astimezone(timezone.utc))
        return found

    def day(self, month: int, day: int) -> date:
        """The date of this month and day that is nearest. Raises ValueError for no date."""
        found = []
        for year in (self.near.year - 1, self.near.year, self.near.year + 1):
            try:
                found.append(date(year, month, day))
            except ValueError:
                continue
        if not found:
            raise ValueError(f"{month}/{day} is no date")
        return min(found, key=lambda each: abs(each - self.near))


@dataclass(frozen=True, slots=True)
class Listed:
    """The content of a listing.

    Its runs are not numbered yet. A run with an end and no state ended in an unknown way. `idle` is
    the number of rows about jobs that did not run, `unread` has the lines that were not understood.
    """

    extent: Extent
    runs: tuple[JobRun, ...]
    idle: int = 0
    unread: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListingFormat:
    """A kind of listing. `layout` and `evidence` document it, in Markdown.

    `recognises` decides by the whole text. `read` never raises. `cut` is the mark at which the
    format cuts long names short.
    """

    title: str
    layout: str
    evidence: str
    recognises: Callable[[str], bool]
    read: Callable[[str, ListingSetting], Listed]
    cut: str = ""


def log_of(runs: Iterable[JobRun]) -> RunLog:
    """The runs in order of their starts, numbered by job; of equal starts of a job the fullest."""
    fullest: dict[tuple[str, datetime], JobRun] = {}
    for run in runs:
        known = fullest.setdefault((run.job, run.start), run)
        if _fullness(run) > _fullness(known):
            fullest[run.job, run.start] = run
    numbers: dict[str, int] = {}
    found = []
    for run in sorted(fullest.values(), key=lambda run: (run.start, run.job)):
        numbers[run.job] = numbers.get(run.job, 0) + 1
        found.append(replace(run, number=numbers[run.job]))
    return RunLog(tuple(found))


def _fullness(run: JobRun) -> int:
    return sum(value is not None for value in (run.end, run.state, run.code))
