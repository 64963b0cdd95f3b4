"""Time attributes to the schedule of a job."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from transpile.dialects.autosys import values
from transpile.dialects.autosys.calendars import Calendars, Defined
from transpile.dialects.autosys.catalogue import SCHEDULE_KEYS
from transpile.dialects.autosys.codes.jobs import (
    CalendarDecides,
    ContradictoryDays,
    ExcludedDaysIgnored,
    RunWindowIgnored,
    ZoneByOffset,
)
from transpile.dialects.autosys.codes.text import TimesWithoutDateConditions
from transpile.dialects.autosys.definition import Definition
from transpile.findings.codes.schedules import (
    IncompleteSchedule,
    NoDays,
    NoTimeZone,
    UnknownTimeZone,
)
from transpile.findings.finding import Finding
from transpile.model import WEEK, DayRule, Days, Schedule, StartRule, Window
from transpile.model.zones import Zones, posix_offset
from transpile.sources.text import Span

Notes = tuple[tuple[str, str], ...]
Times = tuple[tuple[int, int], ...]

_AT_RUN_TIME = "a condition or a box starts the job, at a time that only the run decides"
_TODAY = date(2026, 1, 1)
"""The search for a day begins here: a conversion does not depend on the clock."""

_TIMES = {"days_of_week", "start_times", "start_mins"}


class Clock(NamedTuple):
    """The time attributes of a job: a schedule, the rule of each start, and what has no effect."""

    schedule: Schedule | None = None
    rule: StartRule | None = None
    notes: Notes = ()


def build_clock(definition: Definition, calendars: Calendars, zones: Zones, alone: bool) -> Clock:
    """The time attributes of the job.

    `alone`: the job has no condition and no box, so that only the clock starts it. AutoSys: without
    date_conditions all time attributes are ignored.
    """
    if not SCHEDULE_KEYS & definition.attributes.keys():
        return Clock()
    is_set = "date_conditions" in definition.attributes
    if not definition.take_as("date_conditions", values.boolean, "1 or 0"):
        if not is_set:
            _report_without_effect(definition)
        return Clock(notes=_without_effect(definition))
    span = _first_span(definition)
    zone, zone_known = _timezone(definition, zones)
    by_calendar = "run_calendar" in definition.attributes
    run = _run_calendar(definition, calendars)
    excluded = _exclude_calendars(definition, calendars)
    window = definition.take_as("run_window", values.window, 'a time span such as "22:00-02:00"')
    if (by_calendar and run is None) or not zone_known:
        schedule, notes = None, _without_effect(definition)
    else:
        schedule, notes = _schedule(definition, span, zone, run, excluded), ()
    if schedule and zone is None:
        definition.report(NoTimeZone(), span)
    if window and not alone:
        _report_window(definition, span, window, _AT_RUN_TIME)
    elif window and schedule:
        schedule = _within(definition, schedule, window)
    if excluded and not schedule and not alone:
        named = ", ".join(calendar.name for calendar in excluded)
        lost = ExcludedDaysIgnored(name=definition.name, calendar=named, reason=_AT_RUN_TIME)
        definition.report(lost, span, text=named)
    left_out = tuple(found for each in excluded if (found := each.days or each.rules))
    rule = StartRule(window, left_out, zone) if window or left_out else None
    return Clock(schedule, rule, notes)


def _within(definition: Definition, schedule: Schedule, window: Window) -> Schedule | None:
    """The schedule with the run window; reports a window that cannot be kept."""
    inside = replace(schedule, window=window)
    try:
        if inside.opened():
            return inside
    except ValueError as error:
        _report_window(definition, schedule.span, window, str(error))
        return schedule
    definition.report(NoDays(calendar=f"run_window {window}"), schedule.span, text=str(window))
    return None


def _report_window(definition: Definition, span: Span, window: Window, reason: str) -> None:
    finding = RunWindowIgnored(window=str(window), name=definition.name, reason=reason)
    definition.report(finding, span, text=str(window))


def _run_calendar(definition: Definition, calendars: Calendars) -> Defined | None:
    """The calendar on whose days the job runs; reports a calendar without known days."""
    attribute = definition.attributes.get("run_calendar")
    if attribute is None:
        return None
    name = values.unquoted(attribute.value)
    found = calendars.find(name)
    problem: Finding
    if "days_of_week" in definition.attributes:
        problem = ContradictoryDays(reason="both days_of_week and run_calendar are given")
    elif found is None or not found.is_usable:
        problem = CalendarDecides(calendar=name, name=definition.name)
    else:
        definition.take("run_calendar")
        _report_questions(definition, found, attribute.span)
        return found
    definition.drop("run_calendar", problem)
    return None


def _exclude_calendars(definition: Definition, calendars: Calendars) -> tuple[Defined, ...]:
    """The calendars on whose days the job does not run; reports unknown ones."""
    attribute = definition.attributes.get("exclude_calendar")
    if attribute is None:
        return ()
    names = values.items(attribute.value) or [attribute.value]
    found = [(name, calendars.find(name)) for name in names]
    if unknown := [name for name, each in found if each is None or not each.is_usable]:
        missing = any(each is None for _, each in found)
        reason = "it is not in the sources" if missing else "its record cannot be used"
        lost = ExcludedDaysIgnored(name=definition.name, calendar=", ".join(unknown), reason=reason)
        definition.drop("exclude_calendar", lost)
    else:
        definition.take("exclude_calendar")
    usable = tuple(each for _, each in found if each and each.is_usable)
    for each in usable:
        _report_questions(definition, each, attribute.span)
    return usable


def _report_questions(definition: Definition, calendar: Defined, span: Span) -> None:
    if calendar.questions is not None:
        definition.report(calendar.questions, span, text=calendar.name)


def _report_without_effect(definition: Definition) -> None:
    keys = [key for key in definition.attributes if key in SCHEDULE_KEYS]
    if keys != ["timezone"]:
        named = ", ".join(keys)
        definition.report(
            TimesWithoutDateConditions(keys=named), _first_span(definition), text=named
        )


def _without_effect(definition: Definition) -> Notes:
    """Takes the remaining time attributes as notes."""
    keys = [key for key in definition.attributes if key in SCHEDULE_KEYS]
    definition.tally.noted += len(keys)
    return tuple((key, definition.attributes.pop(key).value) for key in keys)


def _first_span(definition: Definition) -> Span:
    """The place of the first time attribute."""
    spans = (a.span for key, a in definition.attributes.items() if key in SCHEDULE_KEYS)
    return next(spans, definition.span)


def _schedule(
    definition: Definition,
    span: Span,
    zone: str | None,
    run: Defined | None,
    excluded: tuple[Defined, ...],
) -> Schedule | None:
    """The schedule, without its run window; None if its days or times are unknown."""
    given = _TIMES & definition.attributes.keys()
    if given >= {"start_times", "start_mins"}:
        definition.drop_wrong("start_mins", "either start_times or start_mins")
    days = definition.take_as("days_of_week", values.days, "days such as mo,tu or all")
    times = definition.take_as("start_times", values.clock_times, 'times such as "08:00, 20:30"')
    minutes = definition.take_as("start_mins", values.minutes, "minutes such as 0, 15, 30")
    if not given and run is None:
        _report_incomplete(definition, span, "date_conditions", "start_times", "no schedule")
        return None
    read = {"days_of_week": days, "start_times": times, "start_mins": minutes}
    if any(read[key] is None for key in given):
        # A part of a schedule would start the job at the wrong times.
        return None
    if times is None and minutes is None:
        times = _default_times(definition, span, run)
        if times is None:
            return None
    if run is None and days is None:
        _report_incomplete(definition, span, "times", "days_of_week", "every day")
    rule = DayRule(
        days or WEEK,
        run_calendar=run and run.days,
        exclude_calendars=tuple(each.days for each in excluded if each.days),
        run_rules=run and run.rules,
        exclude_rules=tuple(each.rules for each in excluded if each.rules),
    )
    if run and not any(day in rule for day in _days_of(run)):
        definition.report(NoDays(calendar=f"run_calendar {run.name}"), span, text=run.name)
        return None
    # AutoSys: a start time is lost while the job runs.
    return Schedule(span, Days((rule,)), times or (), minutes or (), zone, skips=True)


def _days_of(calendar: Defined) -> Iterable[date]:
    """The days of a calendar; if rules give them, those of so many years that none is missing."""
    if calendar.rules is None:
        return calendar.days.dates if calendar.days else ()
    lists = (day for listed in calendar.rules.lists for day in listed.dates)
    periods = (first for cycle in calendar.rules.cycles for first, _ in cycle.periods)
    return calendar.rules.from_day(min(_TODAY, *lists, *periods, _TODAY))


def _default_times(definition: Definition, span: Span, run: Defined | None) -> Times | None:
    """AutoSys: a job without start times starts at the times in its calendar."""
    if run is None:
        _report_incomplete(definition, span, "days_of_week", "start_times", "midnight")
        return ((0, 0),)
    if len(run.times) > 1:
        reason = f"start_times are missing, and calendar {run.name} has several times"
        definition.report(ContradictoryDays(reason=reason), span, text=run.name)
        return None
    times = run.times or ((0, 0),)
    reading = f"{times[0][0]:02}:{times[0][1]:02}" + (", the time of its rows" if run.days else "")
    _report_incomplete(definition, span, "run_calendar", "start_times", reading)
    return times


def _report_incomplete(
    definition: Definition, span: Span, given: str, missing: str, reading: str
) -> None:
    definition.report(IncompleteSchedule(given=given, missing=missing, reading=reading), span)


def _timezone(definition: Definition, zones: Zones) -> tuple[str | None, bool]:
    """The zone, and False if the job names an unknown one.

    AutoSys: without a zone the times are in the zone of the scheduler's server.
    """
    attribute = definition.take("timezone")
    if attribute is None:
        return zones.default, True
    word = values.unquoted(attribute.value)
    zone = zones.find(word)
    offset = posix_offset(word) if zone is None else None
    if offset is not None and offset.zone is not None:
        definition.report(
            ZoneByOffset(timezone=word, offset=offset.shown, zone=offset.zone),
            attribute.span,
            text=word,
        )
        return offset.zone, True
    if zone is None:
        definition.report(UnknownTimeZone(timezone=word), attribute.span, text=word)
    return zone, zone is not None
