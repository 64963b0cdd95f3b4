"""Reports the last day of the calendars that start jobs."""

from collections.abc import Iterable

from transpile.findings.diagnostics import Diagnostics
from transpile.model import Job, Schedule


def report_ends(jobs: Iterable[Job], diagnostics: Diagnostics) -> None:
    """After this pass the last day of each calendar is reported, for each job that it starts."""
    for job in jobs:
        seen: set[str] = set()
        for schedule in job.schedule.each() if job.schedule else ():
            for name, fields in _ends(schedule):
                if name not in seen:
                    seen.add(name)
                    diagnostics.add("A524", schedule.span, job=job.name, text=name, **fields)


def _ends(schedule: Schedule) -> list[tuple[str, dict[str, str]]]:
    found = []
    for calendar in schedule.days.calendars:
        starts = any(rule.run_calendar == calendar for rule in schedule.days.rules)
        then = "it starts nothing any more" if starts else "no day is left out any more"
        if calendar.dates:
            last = calendar.dates[-1].isoformat()
            fields = {"calendar": calendar.name, "last": last, "then": then}
            found.append((calendar.name, fields))
    return found
