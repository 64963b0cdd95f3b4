"""AutoSys: what becomes of each job and box in one run."""

from collections.abc import Mapping

from transpile.dialects.autosys.engine_course import Course
from transpile.dialects.autosys.engine_rules import Rules, is_n
from transpile.dialects.kit.endings import BAD
from transpile.model import Atom, Condition, Facts, InitialStatus, SettledJob, holds
from transpile.model.clock import ClockChange
from transpile.model.engine import Engine, Values
from transpile.model.outcome import NO_SECONDS, NOT_RUN, Ending, Outcome, Run, Seconds, State


class AutoSys(Engine):
    """The engine's rules for the jobs of one group of a network."""

    name = "autosys"
    remembers = True

    @staticmethod
    def settles(change: ClockChange) -> bool:
        """The documents speak about changes at 02:00."""
        hour = (change.before if change.is_forward else change.after).hour
        return hour == (2 if change.is_forward else 1)

    def __init__(self, facts: Facts) -> None:
        self._rules = Rules(facts)

    def run(
        self, outcomes: Mapping[str, Outcome], values: Values, seconds: Seconds = NO_SECONDS
    ) -> Run:
        """How everything ends; a job without an outcome succeeds. `values` are the globals'."""
        return Course(self._rules, outcomes, values, seconds).result()

    def boxes(
        self, endings: Mapping[str, Ending], reported: Mapping[str, State], values: Values
    ) -> dict[str, State]:
        """The states of boxes whose members have ended so, where they do not report their own."""
        return _Emitted(self._rules, endings, reported, values).states()


class _Emitted:
    """The boxes of an emitted workflow, looked at when nothing more in them can start."""

    def __init__(
        self,
        rules: Rules,
        endings: Mapping[str, Ending],
        reported: Mapping[str, State],
        values: Values,
    ) -> None:
        self._rules = rules
        self._endings = {**endings, **dict.fromkeys(rules.members, NOT_RUN)}
        self._reported = reported
        self._values = values
        self._started: set[str] = set()

    def states(self) -> dict[str, State]:
        """The states of all boxes that have members."""
        jobs, boxes = self._rules.jobs, self._rules.members
        for name, at_end in self._rules.steps:
            if name not in boxes:
                continue
            if not at_end:
                self._begin(jobs[name])
            elif name in self._reported:
                self._endings[name] = Ending(self._reported[name])
            elif name in self._started:
                self._endings[name] = Ending(self._state(jobs[name]))
        return {name: self._endings[name].state for name in boxes}

    def _begin(self, box: SettledJob) -> None:
        inside = box.box is None or box.box in self._started
        if box.status is InitialStatus.ON_ICE or not inside or box.held_up is not None:
            return
        if self._holds(box.condition, box, self._stopped_for(box)):
            self._started.add(box.name)

    def _state(self, box: SettledJob) -> State:
        return self._rules.box_state(box, self._endings, lambda c: self._holds(c, box))

    def _holds(
        self, condition: Condition | None, job: SettledJob, dead: frozenset[str] = frozenset()
    ) -> bool:
        around = self._rules.around[job.name]

        def is_true(atom: Atom) -> bool:
            named = getattr(atom, "job", None)
            if named in dead and not is_n(atom):
                return False
            return self._rules.is_true(atom, self._endings, self._values, around.__contains__)

        return condition is None or holds(condition, is_true)

    def _stopped_for(self, job: SettledJob) -> frozenset[str]:
        """What counts as not having happened for a member of a box: a terminator was faster."""
        found: frozenset[str] = frozenset()
        for box in self._rules.around[job.name]:
            for name, behind in self._rules.stopped.get(box, ()):
                ending = self._endings.get(name, NOT_RUN)
                found |= behind if ending.state in BAD else frozenset()
        return found
