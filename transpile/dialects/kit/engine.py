"""The plain engine: runs jobs in dependency order if their conditions hold.

The engine of a format derives from it and overrides the rules that differ.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from transpile.dialects.kit.endings import BAD, BYPASSED, SUCCESS, attempted, is_met, runs_nothing
from transpile.dialects.kit.far import FarView
from transpile.model import (
    TRUE,
    All,
    Atom,
    Condition,
    Facts,
    GlobalValue,
    InitialStatus,
    JobGraph,
    OutputValue,
    SettledJob,
    Status,
    StatusTest,
    atoms,
    holds,
)
from transpile.model.engine import Engine, Values
from transpile.model.outcome import (
    ENDED,
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

_OF_WHAT_IS_OVER = (StatusTest.OVER, StatusTest.NOT_SUCCEEDED)

Steps = list[tuple[str, bool]]
"""(job, False) in dependency order; a box with members occurs again, as (box, True), at its end."""


def steps_of(graph: JobGraph) -> Steps:
    """The order in which an engine visits jobs and boxes."""
    at = {vertex: (name, False) for name, vertex in graph.start.items()}
    at |= {end: (n, True) for n, end in graph.end.items() if end != graph.start[n]}
    return [at[vertex] for vertex in graph.sorted if vertex in at]


@dataclass(slots=True)
class Course:
    """The state of one run.

    `started` are boxes that have started. `order` is that of a `Run`. `stuck`: some job waits
    forever. `aborted` are the jobs that ended the whole run, each with the result of the run. Of
    `unknown` jobs nobody knows how they end: they have no translation, or depend on such a job.
    """

    endings: dict[str, Ending] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)
    order: list[tuple[str, str]] = field(default_factory=list)
    stuck: bool = False
    aborted: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def is_true(self, atom: Atom) -> bool:
        """True if the atom holds now; an atom about a job outside the run does not."""
        if isinstance(atom, GlobalValue | OutputValue):
            return False
        ending = self.endings.get(atom.job)
        return ending is not None and is_met(atom, ending) and not self.is_unknown(atom)

    def is_unknown(self, atom: Atom) -> bool:
        """True if the atom asks whether a job is over of which nobody knows how it ends."""
        if not isinstance(atom, Status) or atom.test not in _OF_WHAT_IS_OVER:
            return False
        return atom.job in self.unknown

    def holds(self, condition: Condition | None) -> bool:
        """True if the condition holds now."""
        return holds(condition or TRUE, self.is_true)

    def needed_by(self, job: SettledJob) -> Iterator[str]:
        """The jobs without whose end the job would not have started."""
        condition = job.condition or TRUE
        terms = condition.terms if isinstance(condition, All) else (condition,)
        plain = all(isinstance(term, Status) and not is_met(term, NOT_RUN) for term in terms)
        for atom in dict.fromkeys(atoms(condition)):
            if isinstance(atom, GlobalValue) or atom.job not in self.endings:
                continue
            before = self.endings[atom.job]
            self.endings[atom.job] = NOT_RUN
            is_over = isinstance(atom, Status) and atom.test in _OF_WHAT_IS_OVER
            awaited = is_over and atom in terms and before is not NOT_RUN
            if plain or awaited or not self.holds(condition):
                yield atom.job
            self.endings[atom.job] = before


class PlainEngine(Engine):
    """Starts a job if its box has started and its condition holds."""

    name = "plain"

    def __init__(self, facts: Facts) -> None:
        self.graph = facts.graph
        self.cuts = {n: cut.condition for n, cut in facts.cuts.items() if not cut.starts}
        self.jobs = facts.jobs
        self.members = {
            name: [member for member in members if member in facts.jobs]
            for name, members in facts.members.items()
            if members
        }
        self.steps = steps_of(facts.graph)

    def run(
        self,
        outcomes: Mapping[str, Outcome],
        values: Values,
        seconds: Seconds = NO_SECONDS,
        far: Far = NO_FAR,
    ) -> Run:
        """How all jobs and the whole end; jobs without an outcome succeed.

        A job that waits for another workflow looks there whenever something changes.
        """
        course = Course(stuck=self.hopeless)
        view = FarView(self.cuts, self.jobs, far)
        for name, at_end in self.steps:
            job = self.jobs[name]
            if at_end:
                self._finish(job, course)
                continue
            course.endings[name] = NOT_RUN
            inside = job.box is None or job.box in course.started
            if not inside or not self.starts(job, course):
                if any(map(course.is_unknown, atoms(job.condition))):
                    course.unknown.add(name)
                continue
            if not any(view.holds(name, now, course.is_true) for now in view.moments):
                course.stuck = True
                continue
            order = dict.fromkeys(course.needed_by(job))
            course.order += [(upstream, name) for upstream in order]
            if job.held_up is not None or (job.never_ends and name not in self.members):
                course.stuck = True
                course.unknown.add(name)
            elif name in self.members:
                course.started.add(name)
            else:
                course.endings[name] = self.ended(job, outcomes, course)
        failed = course.stuck or not self.is_good(course)
        whole = State.FAILED if failed else State.SUCCEEDED
        return Run(course.endings, whole, tuple(course.order), ())

    def _finish(self, box: SettledJob, course: Course) -> None:
        if box.name in course.started:
            course.endings[box.name] = Ending(self.box_state(box, course))
            course.stuck |= box.never_ends is not None

    def boxes(
        self, endings: Mapping[str, Ending], reported: Mapping[str, State], values: Values
    ) -> dict[str, State]:
        """The states of the boxes, given how their jobs ended; `reported` ones are known."""
        course = Course(dict(endings))
        found: dict[str, State] = {}
        for name, at_end in self.steps:
            if name not in self.members:
                continue
            job = self.jobs[name]
            if not at_end:
                inside = job.box is None or found.get(job.box) is not State.NOT_RUN
                inside = inside and reported.get(name) is not State.NOT_RUN
                starts = inside and job.held_up is None and course.holds(job.condition)
                found[name] = State.UNFINISHED if starts else State.NOT_RUN
            elif found[name] is not State.NOT_RUN:
                found[name] = reported.get(name, self.box_state(job, course))
            course.endings[name] = Ending(found[name])
        return found

    def is_met(self, cut: Condition, far: Far) -> bool:
        """True if a condition holds whose jobs have these statuses now."""
        return FarView({}, (), far).is_true(cut, 0.0, Course().is_true)

    def starts(self, job: SettledJob, course: Course) -> bool:
        """True if the job starts, given that its box has started."""
        return course.holds(job.condition)

    def ended(self, job: SettledJob, outcomes: Mapping[str, Outcome], course: Course) -> Ending:
        """The ending of a job that has started."""
        if runs_nothing(job):
            return BYPASSED
        outcome = outcomes.get(job.name, SUCCESS)
        return attempted(job, outcome, retries_killed=self.retries_killed)

    def box_state(self, box: SettledJob, course: Course) -> State:
        """The state of a box when no more members can start.

        A box succeeds if its rule holds or, without a rule, all members have succeeded. It fails
        if all have ended and one has failed.
        """
        if box.never_ends is not None:
            return State.UNFINISHED
        states = [course.endings[name].state for name in self.members[box.name]]
        rule = box.box_rule
        if rule and rule.success and course.holds(rule.success):
            return State.SUCCEEDED
        if not ENDED.issuperset(states):
            return State.UNFINISHED
        if not BAD.isdisjoint(states):
            return State.FAILED
        return State.UNFINISHED if rule and rule.success else State.SUCCEEDED

    def is_good(self, course: Course) -> bool:
        """True if the run as a whole has succeeded."""
        return {State.SUCCEEDED, State.NOT_RUN}.issuperset(self.top_states(course))

    def top_states(self, course: Course) -> Iterator[State]:
        """The states of the jobs and boxes at the top level."""
        return (course.endings[n].state for n, job in self.jobs.items() if job.box is None)

    # ---------------------------------------------------------------- conditions that never hold

    @cached_property
    def hopeless(self) -> bool:
        """True if some condition can never hold because the estate lacks a job.

        `dead` jobs succeed in no run; `idle` ones never start.
        """
        dead: set[str] = set()
        idle: set[str] = set()
        hopeless = False
        for name, at_end in self.steps:
            job = self.jobs[name]
            if job.status is InitialStatus.ON_ICE:
                idle.add(name)
            elif at_end:
                early = self.graph.ends_early(name)
                lost = not early and not dead.isdisjoint(self.members[name])
                if name in idle or lost or job.never_ends:
                    dead.add(name)
            else:
                possible = holds(job.condition or TRUE, partial(self.may_hold, job=job, dead=dead))
                undefined = any(self.is_undefined(atom) for atom in atoms(job.condition))
                hopeless = hopeless or (undefined and not possible)
                if not possible or job.held_up or job.box in idle:
                    idle.add(name)
                if name not in self.members and (name in idle or job.never_ends):
                    dead.add(name)
        return hopeless

    def may_hold(self, atom: Atom, job: SettledJob, dead: Collection[str]) -> bool:
        """True if the atom, in the condition of `job`, holds in some run."""
        if isinstance(atom, GlobalValue):
            return True
        if isinstance(atom, Status) and atom.test is StatusTest.NOT_FAILED:
            return True
        if isinstance(atom, OutputValue) or self.is_undefined(atom) or atom.job in dead:
            return False
        certain = runs_nothing(self.jobs[atom.job]) and atom.job not in self.members
        return not certain or is_met(atom, BYPASSED)

    def is_undefined(self, atom: Atom) -> bool:
        """True if the atom asks for a job that the run lacks."""
        return not isinstance(atom, GlobalValue) and atom.job not in self.jobs
