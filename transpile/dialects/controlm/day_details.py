"""What the plan says of jobs and folders: order dates as clocks, and the rest in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.dialects.controlm.plan import Event, Every, Planned, Wait
from transpile.model import Days
from transpile.model.day_engine import WAITS, Clocks, Details
from transpile.model.words import NOTHING, details_of, in_words

_DAY = timedelta(days=1)
_APART = ("name", "folder", "is_folder", "days", "is_ordered", "start", "zone", "wait", "ends")


@dataclass(frozen=True, slots=True)
class OrderClock:
    """The order dates of a job, each at so many `minutes` after midnight.

    A time before New Day counts as one of the order date here, too.
    """

    days: Days
    minutes: int = 0
    zone: str | None = None

    def __str__(self) -> str:
        hour, minute = divmod(self.minutes, 60)
        return " ".join(filter(None, (f"{hour:02}:{minute:02}", str(self.days), self.zone)))

    def fires(self, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
        """The moments (UTC) from `begin` until before `end`, in order."""
        info = ZoneInfo(self.zone or zone)
        later, minute = divmod(self.minutes, 24 * 60)
        wall = time(*divmod(minute, 60), tzinfo=info)
        day, last = begin.date() - (later + 2) * _DAY, end.date() + 2 * _DAY
        while day <= last:
            if day in self.days:
                moment = datetime.combine(day + later * _DAY, wall).astimezone(timezone.utc)
                if begin <= moment < end:
                    yield moment
            day += _DAY


def clocks_of(plan: Iterable[Planned]) -> Clocks:
    """The clock of everything that has order dates of its own."""
    return {
        one.name: (OrderClock(one.days, one.start or 0, one.zone),)
        for one in plan
        if one.days is not None and (one.is_ordered or one.folder is not None)
    }


def details_of_plan(plan: Iterable[Planned]) -> Details:
    """The details of all jobs and folders, without names, order dates and exit codes."""
    found: dict[str | None, dict[str, str]] = {}
    for one in plan:
        own = details_of(one, _APART)
        if one.start is not None and one.days is None:
            hour, minute = divmod(one.start, 60)
            own["earliest start"] = f"{hour:02}:{minute:02}"
        if one.wait != Every(()):
            own[WAITS] = _waits(one.wait)
        ends = [(_codes(end.codes), in_words(end, ("codes", "is_ok"))) for end in one.ends]
        if told := [f"{codes}: {what}" for codes, what in ends if what != NOTHING]:
            own["what follows"] = "; ".join(told)
        found[one.name] = own
    return found


def _codes(codes: frozenset[int | None]) -> str:
    numbers = in_words({code for code in codes if code is not None}) if codes - {None} else ""
    killed = "a kill" if None in codes else ""
    return " or ".join(filter(None, (f"exit code {numbers}" if numbers else "", killed)))


def _waits(wait: Wait) -> str:
    """The events of a condition; the order of terms has no meaning."""
    if isinstance(wait, Event):
        return f"{wait.name} {wait.date}"
    word = " and " if isinstance(wait, Every) else " or "
    terms = sorted({_waits(term) for term in wait.terms})
    return terms[0] if len(terms) == 1 else f"({word.join(terms)})"
