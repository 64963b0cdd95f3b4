"""The rules of Control-M/Server over days: what New Day orders, and when it runs.

The rules follow the product's documentation, see `day_course.py`. Resources hold nothing back here,
and operators do nothing but what the readings say.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from transpile.dialects.controlm.day_course import Course
from transpile.dialects.controlm.day_dates import Dates
from transpile.dialects.controlm.day_details import clocks_of, details_of_plan
from transpile.dialects.controlm.day_reasons import CONFIRM, OUTSIDE
from transpile.dialects.controlm.plan import Planned
from transpile.dialects.controlm.readings import READINGS, new_day_of
from transpile.dialects.kit.days import VirtualClock
from transpile.dialects.kit.network_run import Runs
from transpile.model.day_engine import Clocks, DayEngine, Details
from transpile.model.run_log import Operation, Period, RunEnds, RunLog

if TYPE_CHECKING:
    from transpile.model.facts import Facts
    from transpile.model.network import Network


class ControlMDays(DayEngine):
    """Runs the folders and jobs of an estate through a period."""

    readings = (*READINGS, CONFIRM, OUTSIDE)

    def __init__(self, facts: "Facts", period: Period, chosen: Mapping[str, str]) -> None:
        super().__init__(facts, period, chosen)
        self.plan = _plan(facts.said)
        self.dates = Dates(self.plan, period, new_day_of(self.answers))

    @classmethod
    def clocks(cls, said: "Network") -> Clocks:
        """The order dates of jobs and folders, each at the time of its start."""
        return clocks_of(_plan(said))

    @classmethod
    def details(cls, said: "Network") -> Details:
        """What the scheduler knows of jobs and folders apart from their order dates."""
        return details_of_plan(_plan(said))

    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """Order and run everything that is due in the period."""
        runs = Runs(VirtualClock(self.period), ends)
        Course(self.plan, self.dates, runs, self.answers).plan()
        runs.clock.run()
        return runs.book.log()


def _plan(said: "Network") -> tuple[Planned, ...]:
    plan = said.plan if isinstance(said.plan, tuple) else ()
    return tuple(one for one in plan if isinstance(one, Planned))
