"""Turns schedules into the cron expressions of flyteadmin: five fields, Sunday = 0."""

from transpile.model import WEEK, Schedule
from transpile.model.days import ranged


def crons(schedule: Schedule) -> list[str]:
    """The fewest expressions for the times, on the days that cron can express, sorted."""
    if schedule.cron is not None:
        return [schedule.cron]
    days = schedule.days.cron
    week = "*" if days.week == WEEK else ranged(days.week)
    dates = f"{ranged(days.month_days) or '*'} {ranged(days.months) or '*'} {week}"
    if schedule.minutes:
        return [f"{ranged(schedule.minutes)} * {dates}"]
    hours_of: dict[int, list[int]] = {}
    for hour, minute in schedule.times:
        hours_of.setdefault(minute, []).append(hour)
    minutes_of: dict[tuple[int, ...], list[int]] = {}
    for minute, hours in sorted(hours_of.items()):
        minutes_of.setdefault(tuple(hours), []).append(minute)
    return sorted(
        f"{ranged(minutes)} {ranged(hours)} {dates}" for hours, minutes in minutes_of.items()
    )
