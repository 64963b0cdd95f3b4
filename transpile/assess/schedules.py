"""The calendars and clocks of workflows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transpile.model import Calendar, Facts, Schedule


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """The first and the last date of a calendar and their number; None for one of rules."""

    first: str | None = None
    last: str | None = None
    days: int | None = None


def schedules_of(facts: Facts) -> Iterator[Schedule]:
    """The schedules of a workflow and of its jobs, each on its own."""
    said = facts.said.schedule
    for schedule in (said, *(job.schedule for job in facts.jobs.values())):
        if schedule is not None:
            yield from schedule.each()


def clocks_of(schedules: tuple[Schedule, ...]) -> dict[tuple[str, str], int]:
    """The number of schedules by time zone and times in words; no zone is an empty name."""
    found: dict[tuple[str, str], int] = {}
    for schedule in schedules:
        key = (schedule.timezone or "", _times(schedule))
        found[key] = found.get(key, 0) + 1
    return found


def calendars_of(schedules: tuple[Schedule, ...]) -> Mapping[str, CalendarFacts]:
    """The calendars by which these schedules choose days, by name."""
    found: dict[str, CalendarFacts] = {}
    for schedule in schedules:
        for calendar in schedule.days.calendars:
            found[calendar.name] = _dates(calendar)
        for rules in schedule.days.rule_calendars:
            found.setdefault(rules.name, CalendarFacts())
    return found


def _dates(calendar: Calendar) -> CalendarFacts:
    dates = calendar.dates
    if not dates:
        return CalendarFacts(days=0)
    return CalendarFacts(dates[0].isoformat(), dates[-1].isoformat(), len(dates))


def _times(schedule: Schedule) -> str:
    if schedule.cron is not None:
        return schedule.cron
    if schedule.times:
        return ", ".join(f"{hour:02}:{minute:02}" for hour, minute in schedule.times)
    return "minutes " + ", ".join(map(str, schedule.minutes))
