"""Reports the last day of the lists that decide on which days jobs start."""

from collections.abc import Iterable

from transpile.findings.codes.schedules import CalendarEnds
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Job, Schedule


def report_ends(jobs: Iterable[Job], diagnostics: Diagnostics) -> None:
    """After this pass the last day of each calendar and cycle is reported, for each job."""
    for job in jobs:
        seen: set[str] = set()
        for schedule in job.schedule.each() if job.schedule else ():
            for end in _ends(schedule):
                name = end.calendar
                if name not in seen:
                    seen.add(name)
                    diagnostics.add(end, schedule.span, job=job.name, text=name)


def _ends(schedule: Schedule) -> list[CalendarEnds]:
    found = []
    for calendar in schedule.days.calendars:
        starts = any(rule.run_calendar == calendar for rule in schedule.days.rules)
        then = "it starts nothing any more" if starts else "no day is left out any more"
        if calendar.dates:
            last = calendar.dates[-1].isoformat()
            found.append(CalendarEnds(calendar=calendar.name, last=last, then=then))
    for rules in schedule.days.rule_calendars:
        for name, day, then in rules.ends():
            found.append(CalendarEnds(calendar=name, last=day.isoformat(), then=then))
    return found
