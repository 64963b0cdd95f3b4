"""Schedules of launch plans."""

from flytekit import CronSchedule
from flytekit.models.schedule import Schedule


def cron(
    expression: str,
    timezone: str = "",
    kickoff: str = "",
) -> CronSchedule | Schedule:
    """A schedule for a launch plan. Flyte accepts time zones, CronSchedule does not.

    With `kickoff`, the workflow gets the scheduled time as the input of that name.
    """
    if not timezone:
        return CronSchedule(schedule=expression, kickoff_time_input_arg=kickoff or None)
    zoned = f"CRON_TZ={timezone} {expression}"
    return Schedule(kickoff, cron_schedule=Schedule.CronSchedule(zoned, ""))
