"""Schedules of launch plans."""

from flytekit import CronSchedule
from flytekit.models.schedule import Schedule


def cron(
    expression: str,
    timezone: str = "",
    kickoff: str = "",
) -> CronSchedule | Schedule:
    """A schedule for a launch plan; CronSchedule itself refuses time zones, Flyte does not.

    The workflow gets the time of the schedule as its input `kickoff`, if that is given.
    """
    if not timezone:
        return CronSchedule(schedule=expression, kickoff_time_input_arg=kickoff or None)
    zoned = f"CRON_TZ={timezone} {expression}"
    return Schedule(kickoff, cron_schedule=Schedule.CronSchedule(zoned, ""))
