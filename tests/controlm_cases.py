"""Plans of Control-M written by hand, and what their engine over days makes of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from tests.day_cases import Ends, timeline
from transpile.analysis import analyse
from transpile.dialects import SCHEDULERS
from transpile.dialects.controlm.day_engine import ControlMDays
from transpile.dialects.controlm.plan import (
    NOTHING,
    Change,
    End,
    Event,
    EventDate,
    Every,
    On,
    Plan,
    Planned,
    Some,
    Wait,
)
from transpile.dialects.kit.engine import PlainEngine
from transpile.findings.diagnostics import Diagnostics
from transpile.model import DayRule, Days, Facts, Network, Rules
from transpile.model.run_log import Period, RunEnd, RunLog
from transpile.sources.text import Span

DAILY = Days()
WEEKDAYS = Days((DayRule(week=(1, 2, 3, 4, 5)),))
CODES: frozenset[int | None] = frozenset((*range(256), None))
OK, NOTOK = frozenset((0,)), CODES - {0}


def on(*days: int) -> Days:
    """Days of a month."""
    return Days((DayRule(month_days=days),))


def event(text: str) -> Event:
    """An event from `NAME` or `NAME DATE`, with the date as XML spells it."""
    name, _, word = text.partition(" ")
    place = Span("a.xml", 1)
    if word[:1] in ("+", "-"):
        return Event(name, EventDate(On.OFFSET, int(word)), place)
    if word.isdigit():
        return Event(name, EventDate(On.FIXED, int(word)), place)
    return Event(name, EventDate(On(word or "ODAT")), place)


def either(*texts: str) -> Wait:
    """Alternatives."""
    return Some(tuple(map(event, texts)))


def changes(texts: Sequence[str]) -> tuple[Change, ...]:
    """Changes from `+NAME DATE` and `-NAME DATE`."""
    return tuple(Change(event(text[1:]), text[0] == "+") for text in texts)


def end(codes: frozenset[int | None], *texts: str, **more: Any) -> End:
    """What follows from some codes: OK if 0 is among them, unless it says otherwise."""
    return End(codes, more.pop("is_ok", 0 in codes), changes(texts), **more)


def job(
    name: str, waits: Sequence[str] | Wait = (), does: Sequence[str] = (), **more: Any
) -> Planned:
    """A job that waits for events; `does` are changes if it ends OK, unless there are `ends`."""
    if isinstance(waits, Event | Every | Some):
        wait: Wait = waits
    else:
        wait = Every(tuple(map(event, waits))) if waits else NOTHING
    folder = more.pop("folder", None)
    given = {
        "days": DAILY if folder is None else None,
        "is_ordered": True,
        "is_folder": False,
        "ends": (end(OK, *does), end(NOTOK)),
        **more,
    }
    return Planned(name=name, folder=folder, wait=wait, **given)


def folder(name: str, waits: Sequence[str] = (), does: Sequence[str] = (), **more: Any) -> Planned:
    """A folder that runs as a whole."""
    more["folder"] = more.pop("inside", None)
    return job(name, waits, does, is_folder=True, **more)


def clock(text: str) -> int:
    """Minutes after midnight."""
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)


def period_of(first: str = "2026-11-02", days: int = 2, zone: str = "UTC") -> Period:
    """So many days; 2 November 2026 is a Monday."""
    begin = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(zone))
    last = begin + timedelta(days=days)
    return Period(zone, begin.astimezone(timezone.utc), last.astimezone(timezone.utc))


def facts_of(plan: Plan) -> Facts:
    """The facts about a network without jobs that has a plan."""
    network = Network({}, {}, PlainEngine, plan=plan)
    return analyse(network, Rules(), SCHEDULERS, Diagnostics())


def log_of(
    plan: Sequence[Planned],
    ends: Mapping[str, list[RunEnd]] | None = None,
    period: Period | None = None,
    **readings: str,
) -> RunLog:
    """What the engine makes of a plan; New Day is at midnight, unless a reading says otherwise."""
    given = {"new_day": "00:00", **readings}
    chosen = {f"controlm_{name}": answer for name, answer in given.items()}
    engine = ControlMDays(facts_of(tuple(plan)), period or period_of(), chosen)
    return engine.play(Ends(ends or {}))


def lines_of(
    plan: Sequence[Planned],
    ends: Mapping[str, list[RunEnd]] | None = None,
    period: Period | None = None,
    **readings: str,
) -> list[str]:
    """The timeline of a plan, without the readings that decided something."""
    period = period or period_of()
    log = log_of(plan, ends, period, **readings)
    found = timeline(log, period)
    return found[: len(found) - len(log.readings)]


def takes(minutes: float, code: int | None = 0) -> list[RunEnd]:
    """All runs of a job take so long and end so."""
    return [RunEnd(60 * minutes, code)]


Row = tuple[str, list[Planned], dict[str, Any], list[str]]
"""A title, a plan, what else `lines_of` is told, and the timeline that is expected."""


def titles(table: Sequence[Row]) -> list[str]:
    """The titles of a table of cases."""
    return [row[0] for row in table]
