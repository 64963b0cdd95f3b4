"""Timers: the schedule of a service, from all timers that start it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from transpile.dialects.timers.calendar_events import CalendarEvent
from transpile.dialects.timers.calendar_parts import SECOND
from transpile.dialects.timers.calendar_schedules import gap, has_days, last_day, schedule_of
from transpile.dialects.timers.codes.units import (
    ApproximateStart,
    ExtraStart,
    IntervalFromLastRun,
    TimerWithoutStarts,
)
from transpile.dialects.timers.settings import TimerSettings
from transpile.dialects.timers.time_spans import seconds_of, spelled
from transpile.dialects.timers.unit_files import Entry
from transpile.dialects.timers.unit_reports import Reporter
from transpile.dialects.timers.unit_words import TIMER_NOTES
from transpile.findings.codes.schedules import CalendarEnds, NoDays, NoTimeZone
from transpile.findings.finding import Finding
from transpile.model import Schedule
from transpile.model.zones import zone_named

_TIMER = "Timer"
_CALENDAR = "OnCalendar"
_BOOT = {
    "OnBootSec": "after boot",
    "OnStartupSec": "after systemd has started",
    "OnActiveSec": "after the timer has started",
}
_INTERVALS = {"OnUnitActiveSec": "start", "OnUnitInactiveSec": "end"}
_STARTS = (_CALENDAR, *_BOOT, *_INTERVALS)
_CHANGES = {"OnClockChange": "when the clock jumps", "OnTimezoneChange": "when its zone changes"}
_DELAYS = ("RandomizedDelaySec", "RandomizedOffsetSec")
_DAY = 24 * 60
_FIXED = ("UTC", "GMT")


@dataclass(slots=True)
class Starts:
    """When timers start a service: its events, its schedule, and what only readers need."""

    events: list[CalendarEvent] = field(default_factory=list)
    schedule: Schedule | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    translated: int = 0
    noted: int = 0


class TimerReader:
    """Reads the timers of one service; `service` is its name, `limit` its limit in minutes."""

    def __init__(self, service: str, settings: TimerSettings, limit: int | None) -> None:
        self._service = service
        self._settings = settings
        self._limit = limit
        self._starts = Starts()
        self._schedules: list[Schedule] = []
        self._has_zone = settings.zone is not None

    def read(self, timers: Sequence[Reporter]) -> Starts:
        """The starts by all timers."""
        starts = self._starts
        for timer in timers:
            before = len(starts.events)
            self._read_timer(timer)
            self._report_overlap(timer, starts.events[before:])
            for entry in timer.unit.entries:
                if entry.key in TIMER_NOTES and entry.section == _TIMER:
                    starts.noted += 1
                    starts.notes += [(entry.key, entry.value)] if entry.value else []
                else:
                    starts.translated += 1
        if self._schedules:
            first, *others = self._schedules
            starts.schedule = replace(first, also=tuple(others))
        return starts

    def _read_timer(self, timer: Reporter) -> None:
        entries = _set_starts(timer)
        calendars = [entry for entry in entries if entry.key == _CALENDAR]
        for entry in calendars:
            self._read_calendar(timer, entry)
        for entry in entries:
            if entry.key in _BOOT:
                self._read_boot(timer, entry, entries)
            elif entry.key in _INTERVALS:
                self._read_interval(timer, entry, bool(calendars))
        for key, how in _CHANGES.items():
            change = timer.unit.last(_TIMER, key)
            if change is not None and timer.flag(_TIMER, key):
                self._extra(timer, change, how)
        for key in _DELAYS:
            setting = timer.unit.last(_TIMER, key)
            delay = self._span(timer, setting) if setting else None
            if setting is not None and delay:
                how = f"up to {spelled(delay)} later than the launch plan"
                self._differs(timer, setting, how)

    # ---------------------------------------------------------------- calendar events

    def _read_calendar(self, timer: Reporter, entry: Entry) -> None:
        text = timer.expanded(entry)
        if text is None:
            return
        try:
            event = CalendarEvent.read(text)
        except ValueError as error:
            timer.ignored(entry, f"{text} is no calendar event: {error}")
            return
        self._starts.events.append(event)
        self._plan(timer, entry, event)

    def _plan(self, timer: Reporter, entry: Entry, event: CalendarEvent) -> None:
        """Add the schedule of an event, if it has one."""
        second = event.second
        if not has_days(event):
            timer.report(NoDays(calendar=entry.value), entry.span, entry.value)
            return
        if second is None:
            how = f"several times in a minute ({entry.value})"
            self._untranslated(timer, entry, how)
            # A day has tens of thousands of such starts.
            self._starts.events.remove(event)
            return
        if second:
            how = f"{second / SECOND:g} s after the minute, the launch plan at the minute"
            self._differs(timer, entry, how)
        if event.loses_starts:
            how = (
                "by a repetition that does not fit its field: systemd 252 loses its first start "
                "of some days, months or years, the launch plan does not"
            )
            self._differs(timer, entry, how)
        last = last_day(event)
        if last is not None:
            then = "it starts nothing any more"
            ends = CalendarEnds(calendar=entry.value, last=last.isoformat(), then=then)
            timer.report(ends, entry.span, entry.value)
        self._schedules.append(schedule_of(event, entry.span, self._zone(timer, entry, event)))

    def _zone(self, timer: Reporter, entry: Entry, event: CalendarEvent) -> str | None:
        if event.zone is None:
            if not self._has_zone:
                self._has_zone = True
                timer.report(NoTimeZone(), entry.span, entry.value)
            return self._settings.zone
        if event.zone.isupper() and event.zone.isalpha() and event.zone not in _FIXED:
            how = (
                f"by the zone {event.zone}; on a machine whose own zone calls itself so, "
                "systemd takes the offset of that name"
            )
            self._differs(timer, entry, how)
        return zone_named(event.zone)

    # ---------------------------------------------------------------- other starts

    def _read_boot(self, timer: Reporter, entry: Entry, entries: Sequence[Entry]) -> None:
        seconds = self._span(timer, entry)
        if seconds is None:
            return
        how = f"{spelled(seconds)} {_BOOT[entry.key]}"
        if any(other.key not in _BOOT for other in entries):
            self._extra(timer, entry, how)
        else:
            self._untranslated(timer, entry, how)

    def _read_interval(self, timer: Reporter, entry: Entry, has_calendar: bool) -> None:
        seconds = self._span(timer, entry)
        if seconds is None:
            return
        event, interval = _INTERVALS[entry.key], spelled(seconds)
        if has_calendar:
            self._extra(timer, entry, f"{interval} after its last {event}")
            return
        minutes = round(seconds / 60)
        if not minutes or minutes * 60 != seconds or _DAY % minutes:
            self._untranslated(timer, entry, f"{interval} after its last {event}")
            return
        texts = _evenly(minutes)
        found = IntervalFromLastRun(
            trigger=timer.name,
            name=self._service,
            interval=interval,
            event=event,
            plan=f"at {' and '.join(texts)}",
        )
        self._add(timer, entry, found)
        for calendar in map(CalendarEvent.read, texts):
            zone = self._zone(timer, entry, calendar)
            self._starts.events.append(calendar)
            self._schedules.append(schedule_of(calendar, entry.span, zone))

    def _report_overlap(self, timer: Reporter, events: list[CalendarEvent]) -> None:
        """Report that a start waits for the end of a run, if two starts are near."""
        between = gap(events)
        if between is None or (self._limit is not None and self._limit <= between):
            return
        if timer.flag(_TIMER, "DeferReactivation"):
            return
        found = ApproximateStart(
            trigger=timer.name,
            name=self._service,
            how="right after a run that goes on at its time; the launch plan skips that start",
        )
        timer.report(found, timer.unit.span)

    # ---------------------------------------------------------------- reports

    def _span(self, timer: Reporter, entry: Entry) -> float | None:
        try:
            return seconds_of(entry.value)
        except ValueError as error:
            timer.ignored(entry, f"{entry.value}: {error}")
            return None

    def _extra(self, timer: Reporter, entry: Entry, how: str) -> None:
        self._add(timer, entry, ExtraStart(trigger=timer.name, name=self._service, how=how))

    def _differs(self, timer: Reporter, entry: Entry, how: str) -> None:
        self._add(timer, entry, ApproximateStart(trigger=timer.name, name=self._service, how=how))

    def _untranslated(self, timer: Reporter, entry: Entry, how: str) -> None:
        found = TimerWithoutStarts(trigger=timer.name, name=self._service, how=how)
        self._add(timer, entry, found)

    @staticmethod
    def _add(timer: Reporter, entry: Entry, finding: Finding) -> None:
        timer.report(finding, entry.span, entry.value)


def _set_starts(timer: Reporter) -> list[Entry]:
    """The starts that count: an empty one resets those of all keys."""
    found: list[Entry] = []
    for entry in timer.unit.entries:
        if entry.section != _TIMER or entry.key not in _STARTS:
            continue
        if entry.value:
            found.append(entry)
        else:
            found.clear()
    return found


def has_starts(timer: Reporter) -> bool:
    """True if a timer says when it starts its service; systemd refuses others."""
    changes = any(timer.flag(_TIMER, key) for key in _CHANGES)
    return bool(_set_starts(timer)) or changes


def _evenly(minutes: int) -> list[str]:
    """The calendar events of times that lie so many minutes apart, from midnight on."""
    hours_of: dict[int, list[int]] = {}
    for number in range(0, _DAY, minutes):
        hours_of.setdefault(number % 60, []).append(number // 60)
    minutes_of: dict[tuple[int, ...], list[int]] = {}
    for minute, hours in hours_of.items():
        minutes_of.setdefault(tuple(hours), []).append(minute)
    return [f"{_listed(hours, 24)}:{_listed(each, 60)}" for hours, each in minutes_of.items()]


def _listed(numbers: Sequence[int], every: int) -> str:
    return "*" if len(numbers) == every else ",".join(f"{number:02}" for number in numbers)
