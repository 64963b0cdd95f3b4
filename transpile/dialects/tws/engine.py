"""IBM Workload Scheduler: what becomes of each stream and job in one run of the streams.

Where the rules are from, in the product's documentation: [F] follows, [C] "Evaluating and
processing a conditional dependency flow", [J] "Job definition" (recovery, rccondsucc), [S] job
stream states. What no page says is marked [?] and is the reading that stops more.
"""

from collections.abc import Callable, Mapping

from transpile.dialects.kit.endings import BAD, attempted, box_states, is_met, runs_nothing
from transpile.dialects.kit.outcome import (
    ENDED,
    NO_SECONDS,
    NOT_RUN,
    Ending,
    Outcome,
    Run,
    Seconds,
    State,
)
from transpile.dialects.kit.steps import steps
from transpile.model import (
    TRUE,
    Atom,
    Facts,
    GlobalValue,
    Job,
    OutputValue,
    SettledJob,
    Status,
    StatusTest,
    atoms,
    holds,
)

_SUCCESS = Outcome()


class Tws:
    """The engine's rules for streams that run together; a stream is a box."""

    def __init__(self, facts: Facts) -> None:
        self._graph = facts.graph
        self._jobs = facts.jobs
        self._members = {
            name: [m for m in members if m in facts.jobs]
            for name, members in facts.members.items()
            if members
        }
        self._steps = steps(facts.graph)
        self._hopeless = self._needs_what_is_not_there()

    def _needs_what_is_not_there(self) -> bool:
        """[F] A job that waits for something outside of the run stays on hold."""
        dead: set[str] = set()
        idle: set[str] = set()
        hopeless = False
        for name, at_end in self._steps:
            job = self._jobs[name]
            if at_end:
                early = self._graph.ends_early(name)
                lost = not early and not dead.isdisjoint(self._members[name])
                if name in idle or lost or job.never_ends:
                    dead.add(name)
                continue
            possible = holds(job.condition or TRUE, lambda atom: self._may_hold(atom, dead))
            nowhere = any(self._is_nowhere(atom) for atom in atoms(job.condition))
            hopeless = hopeless or (nowhere and not possible)
            if not possible or job.held_up or job.box in idle:
                idle.add(name)
            if name not in self._members and (name in idle or job.never_ends):
                dead.add(name)
        return hopeless

    def _may_hold(self, atom: Atom, dead: set[str]) -> bool:
        """Whether an atom can be true in any run; of a job that runs nothing it is certain."""
        if isinstance(atom, GlobalValue):
            return True
        if isinstance(atom, Status) and atom.test is StatusTest.NOT_FAILED:
            return True
        if isinstance(atom, OutputValue) or self._is_nowhere(atom) or atom.job in dead:
            return False
        certain = runs_nothing(self._jobs[atom.job]) and atom.job not in self._members
        return not certain or is_met(atom, Ending(State.SUCCEEDED, 0))

    def _is_nowhere(self, atom: Atom) -> bool:
        return not isinstance(atom, GlobalValue) and atom.job not in self._jobs

    def run(
        self,
        outcomes: Mapping[str, Outcome],
        values: Mapping[str, str | None],
        seconds: Seconds = NO_SECONDS,
    ) -> Run:
        """How everything ends; a job without an outcome succeeds.

        [F] A job or stream starts when all that it waits for is met; while its stream is not
        running no job does. [C] What is not met, or is suppressed, does not run.
        """
        endings: dict[str, Ending] = {}
        started: set[str] = set()
        order: list[tuple[str, str]] = []
        waits = self._hopeless
        for name, at_end in self._steps:
            job = self._jobs[name]
            if at_end:
                if name in started:
                    endings[name] = Ending(self._stream_state(job, endings))
                    waits |= job.never_ends is not None
                continue
            endings[name] = NOT_RUN
            inside = job.box is None or job.box in started
            if not inside or not holds(job.condition or TRUE, _asks(endings)):
                continue
            order += self._before(job, endings)
            if job.held_up is not None:
                waits = True
            elif name in self._members:
                started.add(name)
            elif job.never_ends is not None:
                waits = True
            else:
                endings[name] = _ended(job, outcomes.get(name, _SUCCESS))
        tops = [endings[name].state for name, job in self._jobs.items() if job.box is None]
        failed = waits or not {State.SUCCEEDED, State.NOT_RUN}.issuperset(tops)
        return Run(endings, State.FAILED if failed else State.SUCCEEDED, tuple(order), ())

    def _before(self, job: Job, endings: dict[str, Ending]) -> list[tuple[str, str]]:
        """What has ended before the job starts: all without which it would not have started."""
        found = []
        for atom in atoms(job.condition):
            if isinstance(atom, GlobalValue) or atom.job not in self._jobs:
                continue
            kept = endings[atom.job]
            endings[atom.job] = NOT_RUN
            if not holds(job.condition or TRUE, _asks(endings)):
                found.append((atom.job, job.name))
            endings[atom.job] = kept
        return list(dict.fromkeys(found))

    def boxes(
        self,
        endings: Mapping[str, Ending],
        reported: Mapping[str, State],
        values: Mapping[str, str | None],
    ) -> dict[str, State]:
        """The states of streams whose jobs have ended so, where they do not report their own."""

        def starts(stream: SettledJob, known: Mapping[str, Ending]) -> bool:
            return stream.held_up is None and holds(stream.condition or TRUE, _asks(known))

        return box_states(
            *(self._jobs, self._steps, self._members, endings, reported),
            starts,
            self._stream_state,
        )

    def _stream_state(self, stream: SettledJob, endings: Mapping[str, Ending]) -> State:
        """[S] SUCC when every job is, or was suppressed; ABEND when all ended and one abended.

        Otherwise it is STUCK. [?] A job that abends makes its stream ABEND also where a conditional
        dependency on that was met.
        """
        if stream.never_ends is not None:
            return State.UNFINISHED
        states = [endings[name].state for name in self._members[stream.name]]
        rule = stream.box_rule
        if rule and rule.success and holds(rule.success, _asks(endings)):
            return State.SUCCEEDED
        if not ENDED.issuperset(states):
            return State.UNFINISHED
        if not BAD.isdisjoint(states):
            return State.FAILED
        return State.UNFINISHED if rule and rule.success else State.SUCCEEDED


def _asks(endings: Mapping[str, Ending]) -> Callable[[Atom], bool]:
    """Whether an atom is true now. What is not part of the run never is."""

    def holds_now(atom: Atom) -> bool:
        if isinstance(atom, GlobalValue | OutputValue):
            return False
        ending = endings.get(atom.job)
        return ending is not None and is_met(atom, ending)

    return holds_now


def _ended(job: Job, outcome: Outcome) -> Ending:
    """[J] RCCONDSUCC says what is a success; RECOVERY RERUN runs a job again that abended.

    [?] A job that is killed is ABEND, and its recovery options do not count.
    """
    # A job with NOP succeeds without running.
    return Ending(State.SUCCEEDED, 0) if runs_nothing(job) else attempted(job, outcome)
