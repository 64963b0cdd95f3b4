"""The rules of lists for one run. No tool defines them: they are those of the plain engine.

A job starts when its condition holds, which by default asks for the success of all that it comes
after. It is tried again at once when it fails, but not when it is killed. A box whose jobs need not
all run has a rule, which is looked at when nothing in it can start any more. The whole fails if a
job fails.
"""

from transpile.dialects.kit.clock_days import ClockDays
from transpile.dialects.kit.engine import Course, PlainEngine
from transpile.findings.need import Need
from transpile.model import SettledJob
from transpile.model.outcome import State


class ListEngine(PlainEngine):
    """Runs the jobs of a list."""

    name = "joblist"
    over_days = ClockDays
    needs = (("machine", Need.HOST),)

    def box_state(self, box: SettledJob, course: Course) -> State:
        """The state of a box: by its rule, or without one by the states of all its jobs."""
        rule = box.box_rule
        if rule is None or rule.success is None or rule.failure is None:
            return super().box_state(box, course)
        if course.holds(rule.success):
            return State.SUCCEEDED
        return State.FAILED if course.holds(rule.failure) else State.UNFINISHED
