"""The rules of Azkaban: how each job of a flow ends in one run.

The rules follow the source code of the executor (3.90) and name its classes. Where timing matters
there, the engine has one reading: a condition is evaluated when all parents have ended (Azkaban may
evaluate one_success and one_failed earlier), and a failure stops only the jobs downstream of it.
The end of a job without a translation is unknown: jobs that ask for it do not run.
"""

from collections.abc import Mapping

from transpile.dialects.azkaban.comparisons import compares
from transpile.dialects.azkaban.day_engine import AzkabanDays
from transpile.dialects.kit.endings import SUCCESS, is_met
from transpile.dialects.kit.engine import PlainEngine
from transpile.findings.need import Need
from transpile.model import (
    NULL,
    TRUE,
    All,
    AnyOf,
    Condition,
    GlobalValue,
    OutputValue,
    SettledJob,
    Status,
    Steps,
    atoms,
)
from transpile.model.engine import Values
from transpile.model.outcome import (
    ENDED,
    KILLED,
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


class Azkaban(PlainEngine):
    """The engine's rules for the jobs of one flow."""

    name = "azkaban"
    over_days = AzkabanDays
    needs = (("user.to.proxy", Need.USER),)
    joins = True
    retries_killed = True

    def run(
        self,
        outcomes: Mapping[str, Outcome],
        values: Values,
        seconds: Seconds = NO_SECONDS,
        far: Far = NO_FAR,
    ) -> Run:
        """How all jobs end; jobs without an outcome succeed.

        `values` holds the outputs of jobs, under JOB:OUTPUT.
        """
        course = _Course(values)
        self._walk(course, outcomes, {}, {})
        tops = [job.name for job in self.jobs.values() if job.box is None]
        good = all(course.endings[name].state is State.SUCCEEDED for name in tops)
        whole = State.SUCCEEDED if good and not course.stuck else State.FAILED
        return Run(course.endings, whole, tuple(course.order), ())

    def boxes(
        self, endings: Mapping[str, Ending], reported: Mapping[str, State], values: Values
    ) -> dict[str, State]:
        """The states of embedded flows, given how their jobs ended."""
        course = _Course(values)
        self._walk(course, {}, endings, reported)
        return {name: course.endings[name].state for name in self.members}

    def _walk(
        self,
        course: "_Course",
        outcomes: Mapping[str, Outcome],
        known: Mapping[str, Ending],
        reported: Mapping[str, State],
    ) -> None:
        """Run all jobs; `known` endings and `reported` states override the rules."""
        for name, at_end in self.steps:
            job = self.jobs[name]
            if at_end:
                self._end(course, job, reported.get(name))
            elif course.starts(job):
                upstream = (atom.job for atom in atoms(job.condition) if isinstance(atom, Status))
                course.order += [(other, name) for other in dict.fromkeys(upstream)]
                if job.held_up is not None:
                    course.stuck = True
                    course.unknown.add(name)
                elif name in self.members:
                    course.started.add(name)
                else:
                    course.endings[name] = _ended(job, outcomes)
            if name in known:
                course.endings[name] = known[name]

    def _end(self, course: "_Course", box: SettledJob, reported: State | None) -> None:
        """End an embedded flow: by the rule of its box, or it succeeds if all its jobs do.

        The rule holds what FlowRunner.finalizeFlow and setFlowFailed check.
        """
        if box.name not in course.started:
            return
        rule = box.box_rule
        if rule and rule.success and rule.failure:
            failed, good = course.holds(rule.failure), course.holds(rule.success)
            known = failed is not None and good is not None
            state = State.FAILED if failed else State.SUCCEEDED
        else:
            inside = self.members[box.name]
            states = {course.endings[name].state for name in inside}
            known = course.unknown.isdisjoint(inside)
            done = ENDED.issuperset(states)
            state = State.SUCCEEDED if states == {State.SUCCEEDED} else State.FAILED
            state = state if done else State.UNFINISHED
        if not known:
            course.unknown.add(box.name)
            state = State.UNFINISHED
        course.endings[box.name] = Ending(reported or state)


class _Course:
    """State of a run: how jobs ended, which flows started, and the jobs whose end is unknown."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.endings: dict[str, Ending] = {}
        self.started: set[str] = set()
        self.unknown: set[str] = set()
        self.order: list[tuple[str, str]] = []
        self.stuck = False

    def starts(self, job: SettledJob) -> bool:
        """True if the run reaches the job and its condition holds."""
        self.endings[job.name] = NOT_RUN
        if job.box is not None and job.box not in self.started:
            if job.box in self.unknown:
                self.unknown.add(job.name)
            return False
        found = self.holds(job.condition or TRUE)
        if found is None:
            self.unknown.add(job.name)
        return bool(found)

    def holds(self, condition: Condition) -> bool | None:
        """True if the condition holds; None if it asks for a job whose end is unknown."""
        if isinstance(condition, All | AnyOf):
            found = [self.holds(term) for term in condition.terms]
            if None in found:
                return None
            return all(found) if isinstance(condition, All) else any(found)
        assert not isinstance(condition, GlobalValue)
        if condition.job in self.unknown:
            return None
        ending = self.endings.get(condition.job, NOT_RUN)
        if not isinstance(condition, OutputValue):
            return is_met(condition, ending)
        value = self._values.get(f"{condition.job}:{condition.name}")
        succeeded = ending.state is State.SUCCEEDED
        return succeeded and compares(condition, NULL if value is None else value)


def _ended(job: SettledJob, outcomes: Mapping[str, Outcome]) -> Ending:
    """How a job ends: failed attempts are repeated up to `retries` times (retryJobIfPossible).

    A command ended by a signal counts as failed (ProcessJob). A job that tolerates failures
    succeeds at its first attempt (JobRunner: FAILED_SUCCEEDED).
    """
    if job.action is None:
        return Ending(State.SUCCEEDED, 0)
    outcome = outcomes.get(job.name, SUCCESS)
    if isinstance(job.action, Steps) and job.action.tolerance:
        return Ending(State.SUCCEEDED, outcome.of(0), 1)
    for attempt in range(1, job.retries + 2):
        code = outcome.of(attempt - 1)
        if code == 0:
            return Ending(State.SUCCEEDED, 0, attempt)
    return Ending(State.TERMINATED if code is KILLED else State.FAILED, code, attempt)
