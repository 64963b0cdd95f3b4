"""The engine of AutoSys: which jobs of one run start, and how jobs and boxes end."""

from collections.abc import Mapping

from transpile.dialects.autosys.day_engine import AutoSysDays, is_documented
from transpile.dialects.autosys.engine_course import Course
from transpile.dialects.autosys.engine_rules import Look, Rules
from transpile.dialects.kit.endings import BAD
from transpile.dialects.kit.far import FarView
from transpile.findings.need import Need
from transpile.model import SettledJob
from transpile.model.clock import ClockChange
from transpile.model.engine import Values
from transpile.model.outcome import (
    NO_FAR,
    NO_SECONDS,
    NOT_RUN,
    Ending,
    Far,
    Outcome,
    Run,
    Seconds,
    State,
)


class AutoSys(Rules):
    """Runs the jobs of one workflow as AutoSys does."""

    name = "autosys"
    over_days = AutoSysDays
    needs = (
        ("machine", Need.HOST),
        ("owner", Need.USER),
    )
    remembers = True
    loses_starts = True

    @staticmethod
    def settles(change: ClockChange) -> bool:
        """True for changes at 02:00, the only ones that the documents describe."""
        return is_documented(change)

    def run(
        self,
        outcomes: Mapping[str, Outcome],
        values: Values,
        seconds: Seconds = NO_SECONDS,
        far: Far = NO_FAR,
    ) -> Run:
        """How everything ends; jobs without an outcome succeed. `values` are those of globals."""
        view = FarView(self.cuts, self.jobs, far)
        return Course(self, outcomes, values, seconds, view).result()

    def boxes(
        self, endings: Mapping[str, Ending], reported: Mapping[str, State], values: Values
    ) -> dict[str, State]:
        """The states of boxes when none of their members can start any more."""
        look = Look(self, values, {**endings, **dict.fromkeys(self.members, NOT_RUN)})
        started: set[str] = set()
        unfinished: set[str] = set()
        for name, at_end in self.steps:
            if name not in self.members:
                continue
            box = self.jobs[name]
            look.running = self.around[name] | unfinished
            if not at_end:
                inside = box.box is None or box.box in started
                waits = reported.get(name) is State.NOT_RUN
                if inside and not waits and self._starts(box, look, values):
                    started.add(name)
            elif name in reported:
                look.endings[name] = Ending(reported[name])
            elif name in started:
                look.endings[name] = Ending(self.box_state(box, look))
            if at_end and look.endings[name].state is State.UNFINISHED:
                unfinished.add(name)
        return {name: look.endings[name].state for name in self.members}

    def _starts(self, box: SettledJob, look: Look, values: Values) -> bool:
        """True if the box starts before a failed terminator stops a box around it."""
        if self.is_on_ice(box.name) or box.held_up is not None:
            return False
        endings = dict(look.endings)
        for outer in self.around[box.name]:
            for name, later in self.terminators.get(outer, ()):
                if look.endings.get(name, NOT_RUN).state in BAD:
                    endings |= dict.fromkeys(later, NOT_RUN)
        return Look(self, values, endings, look.running).holds(box.condition)
