"""Schedules: cron expressions of five fields, as Flyte reads them, and the clock that they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from transpile.dialects.joblist.codes.jobs import CronRead, CronRefused
from transpile.dialects.kit.cron import DAYS, MONTHS, NICKNAMES, CronError, Field, number_of
from transpile.dialects.kit.days import shown_moments
from transpile.dialects.kit.values import Value
from transpile.findings.codes.schedules import UnknownTimeZone
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Schedule
from transpile.model.days import week_day
from transpile.model.schedule import AtChange
from transpile.model.zones import Zones

_PART = re.compile(
    r"(?P<first>[*?]|[0-9]{1,3}|[a-z]{3})(?:-(?P<last>[0-9]{1,3}|[a-z]{3}))?(?:/(?P<step>[0-9]{1,3}))?"
)
_DAY = timedelta(days=1)


_FIELDS = (
    Field("minute", 0, 59),
    Field("hour", 0, 23),
    Field("day of the month", 1, 31),
    Field("month", 1, 12, MONTHS),
    Field("day of the week", 0, 7, DAYS),
)


@dataclass(frozen=True, slots=True)
class CronClock:
    """Fires whenever the local clock shows one of its times.

    Of the days of the month and of the week, None for all, a day of either kind is enough.
    """

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    month_days: frozenset[int] | None
    months: frozenset[int]
    week: frozenset[int] | None
    zone: str | None

    def fires(self, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
        """The moments (UTC) from `begin` until before `end`, in order.

        A time that the clock skips is none; one that it repeats is two.
        """
        yield from shown_moments(self.zone or zone, begin, end, self._walls)

    def _walls(self, day: date) -> Iterator[datetime]:
        if self._is_on(day):
            for hour in self.hours:
                for minute in self.minutes:
                    yield datetime(day.year, day.month, day.day, hour, minute)

    def _is_on(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        by_month = self.month_days is not None and day.day in self.month_days
        by_week = self.week is not None and week_day(day) in self.week
        is_free = self.month_days is None and self.week is None
        return is_free or by_month or by_week


class Timing(NamedTuple):
    """A schedule, and the clock of the engine over days."""

    schedule: Schedule
    clock: CronClock


def build_timing(
    cron: Value, zone: Value | None, job: str | None, zones: Zones, diagnostics: Diagnostics
) -> Timing | None:
    """The schedule of a cron expression in a time zone; None, with a finding, if it has none."""
    text = cron.text.strip()
    try:
        fields, reasons = _read(text)
    except CronError as error:
        refused = CronRefused(cron=text, reason=str(error))
        diagnostics.add(refused, cron.span, job=job, text=text)
        return None
    name = zones.default
    if zone is not None and zone.text:
        name = zones.find(zone.text)
        if name is None:
            unknown = UnknownTimeZone(timezone=zone.text)
            diagnostics.add(unknown, zone.span, job=job, text=zone.text)
            return None
    spelled = " ".join(fields)
    if reasons:
        read = CronRead(cron=text, reading=spelled, reason="; ".join(reasons))
        diagnostics.add(read, cron.span, job=job, text=text)
    schedule = Schedule(cron.span, timezone=name, cron=spelled, at_change=AtChange.SHOWN)
    return Timing(schedule, _clock(fields, name))


def _read(text: str) -> tuple[list[str], list[str]]:
    """The five fields in numbers, and what is worth knowing about them. Raises CronError."""
    reasons: list[str] = []
    words = NICKNAMES.get(text.lower(), text).lower().split()
    if text.startswith("@"):
        if text.lower() not in NICKNAMES:
            raise CronError(f"Flyte knows {', '.join(NICKNAMES)}")
        reasons.append("a launch plan has five fields")
    if len(words) != len(_FIELDS):
        raise CronError(f"it has {len(words)} fields in place of 5")
    fields = [_spelled(word, field) for word, field in zip(words, _FIELDS, strict=True)]
    if fields != words and not reasons:
        reasons.append("names, steps and 7 are written as numbers")
    month_day, week = fields[2], fields[4]
    if "*" not in (month_day, week):
        reasons.append("a day of the month or of the week is enough")
    return fields, reasons


def _spelled(text: str, field: Field) -> str:
    """The field with numbers only, and without what the readers of fields do not agree on."""
    return ",".join(_part(part, field) for part in text.split(","))


def _part(text: str, field: Field) -> str:
    match = _PART.fullmatch(text)
    if match is None:
        raise CronError(f"{text or 'nothing'} for the {field.name} is not supported")
    step = int(match["step"] or 1)
    if step == 0:
        raise CronError(f"a step of 0 for the {field.name} never comes to an end")
    is_star = match["first"] in "*?"
    if is_star and match["last"]:
        raise CronError(f"{text} for the {field.name} is not supported")
    if is_star:
        return f"*/{step}" if step > 1 else "*"
    first = number_of(match["first"], field)
    last = number_of(match["last"], field) if match["last"] else first
    if match["step"] and not match["last"]:
        # A step without an end goes on to the last number; 7 is no day of its own.
        last = min(field.high, 6) if field.words == DAYS else field.high
    if first > last:
        raise CronError(f"{text} for the {field.name} ends before it begins")
    if last == 7 and field.words == DAYS:
        days = dict.fromkeys(number % 7 for number in range(first, last + 1, step))
        return ",".join(map(str, days))
    shown = str(first) if first == last else f"{first}-{last}"
    return f"{shown}/{step}" if step > 1 and last > first else shown


def _clock(fields: list[str], zone: str | None) -> CronClock:
    sets = [_numbers(text, field) for text, field in zip(fields, _FIELDS, strict=True)]
    free = [any(part == "*" for part in text.split(",")) for text in fields]
    return CronClock(
        tuple(sorted(sets[0])),
        tuple(sorted(sets[1])),
        None if free[2] else sets[2],
        sets[3],
        None if free[4] else sets[4],
        zone,
    )


def _numbers(text: str, field: Field) -> frozenset[int]:
    """The numbers of a field that is spelled with numbers."""
    found: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        low, _, high = (f"{field.low}-{field.high}" if span == "*" else span).partition("-")
        found.update(range(int(low), int(high or low) + 1, int(step or 1)))
    return frozenset(found)
