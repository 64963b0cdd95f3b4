"""The rules of Control-M in one run of jobs that wait for one another."""

from transpile.dialects.controlm.day_engine import ControlMDays
from transpile.dialects.kit.engine import PlainEngine


class ControlM(PlainEngine):
    """Starts a job once the events that it waits for have been added.

    Nothing is skipped: a job whose events never come waits, and so does the folder that holds it.
    """

    name = "Control-M"
    over_days = ControlMDays
    starts_at_places = True
    times_pass = True
