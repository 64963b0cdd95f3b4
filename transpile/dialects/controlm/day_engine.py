"""The rules of Control-M/Server over days: what New Day orders, and when it runs.

The rules follow the product's documentation, see `day_course.py`. Resources hold nothing back here,
and operators do nothing but what the readings say.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from transpile.dialects.controlm.day_course import Course
from transpile.dialects.controlm.day_dates import Dates
from transpile.dialects.controlm.day_reasons import CONFIRM, OUTSIDE
from transpile.dialects.controlm.plan import Planned
from transpile.dialects.controlm.readings import READINGS, new_day_of
from transpile.dialects.kit.days import VirtualClock
from transpile.dialects.kit.network_run import Runs
from transpile.model.day_engine import DayEngine
from transpile.model.run_log import Operation, Period, RunEnds, RunLog

if TYPE_CHECKING:
    from transpile.model.facts import Facts


class ControlMDays(DayEngine):
    """Runs the folders and jobs of an estate through a period."""

    readings = (*READINGS, CONFIRM, OUTSIDE)

    def __init__(self, facts: "Facts", period: Period, chosen: Mapping[str, str]) -> None:
        super().__init__(facts, period, chosen)
        plan = facts.said.plan
        planned = plan if isinstance(plan, tuple) else ()
        self.plan = tuple(one for one in planned if isinstance(one, Planned))
        self.dates = Dates(self.plan, period, new_day_of(self.answers))

    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """Order and run everything that is due in the period."""
        runs = Runs(VirtualClock(self.period), ends)
        Course(self.plan, self.dates, runs, self.answers).plan()
        runs.clock.run()
        return runs.book.log()
