"""The rules of Control-M in one run of jobs that wait for one another."""

from transpile.dialects.controlm.day_engine import ControlMDays
from transpile.dialects.kit.engine import PlainEngine
from transpile.findings.need import Need


class ControlM(PlainEngine):
    """Starts a job once the events that it waits for have been added.

    Nothing is skipped: a job whose events never come waits, and so does the folder that holds it.
    """

    name = "Control-M"
    over_days = ControlMDays
    needs = (
        ("machine", Need.HOST),
        ("owner", Need.USER),
        ("resource", Need.RESOURCE),
    )
    starts_at_places = True
    times_pass = True
