"""HTCondor DAGMan: what becomes of each node in one run.

The rules are those of the manual's chapter on DAGMan, and all but WEAK and TOLERANCE were seen in
the engine itself, 23.9 (tests/dagman). A run starts without a rescue file. Which nodes have
started when one aborts the DAG depends on timing there: here all do that do not wait for it.
"""

from collections.abc import Callable, Container, Mapping

from transpile.dialects.kit.endings import box_states, is_met
from transpile.dialects.kit.outcome import (
    ENDED,
    KILLED,
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
    Command,
    Facts,
    InitialStatus,
    Job,
    Status,
    Steps,
    atoms,
    holds,
)

SCRIPTS = ("PRE", "POST")
"""The outcome of a node's script goes by the node's name, a blank and this word."""

KILLED_CODE = -9
"""DAGMan: what a signal kills returns minus its number. Who kills a job sends this one."""

_SUCCESS = Outcome()


class Dagman:
    """The engine's rules for the nodes of one DAG."""

    def __init__(self, facts: Facts) -> None:
        self._jobs = facts.jobs
        self._members = {name: found for name, found in facts.members.items() if found}
        self._steps = steps(facts.graph)

    def run(
        self,
        outcomes: Mapping[str, Outcome],
        values: Mapping[str, str | None],
        seconds: Seconds = NO_SECONDS,
    ) -> Run:
        """How everything ends; what has no outcome succeeds."""
        endings: dict[str, Ending] = {}
        started: set[str] = set()
        aborted: dict[str, int] = {}
        order: list[tuple[str, str]] = []
        stuck = False
        for name, at_end in self._steps:
            job = self._jobs[name]
            if at_end:
                if name in started:
                    endings[name] = Ending(self._box_state(job, endings))
                continue
            endings[name] = NOT_RUN
            inside = job.box is None or job.box in started
            if not inside or not holds(job.condition or TRUE, _asks(endings, aborted)):
                continue
            upstream = (atom.job for atom in atoms(job.condition) if isinstance(atom, Status))
            order += [(other, name) for other in dict.fromkeys(upstream)]
            if job.held_up is not None:
                stuck = True
            elif name in self._members:
                started.add(name)
            else:
                endings[name], abort = _ended(job, outcomes)
                aborted |= {} if abort is None else {name: abort}
        whole = self._whole(endings, list(aborted.values()), stuck)
        return Run(endings, whole, tuple(order), ())

    def boxes(
        self,
        endings: Mapping[str, Ending],
        reported: Mapping[str, State],
        values: Mapping[str, str | None],
    ) -> dict[str, State]:
        """The states of splices and sub-DAGs whose nodes have ended so."""

        def starts(box: Job, known: Mapping[str, Ending]) -> bool:
            return holds(box.condition or TRUE, _asks(known))

        return box_states(
            *(self._jobs, self._steps, self._members, endings, reported), starts, self._box_state
        )

    def _box_state(self, box: Job, endings: Mapping[str, Ending]) -> State:
        """A splice has succeeded when all its nodes have; a sub-DAG with a FINAL node when it has.

        Otherwise it has failed: UNFINISHED where some of its nodes never ran.
        """
        rule = box.box_rule
        if rule and rule.success and rule.failure:
            if holds(rule.success, _asks(endings)):
                return State.SUCCEEDED
            return State.FAILED if holds(rule.failure, _asks(endings)) else State.UNFINISHED
        states = [endings[name].state for name in self._members[box.name]]
        if not ENDED.issuperset(states):
            return State.UNFINISHED
        return State.SUCCEEDED if set(states) == {State.SUCCEEDED} else State.FAILED

    def _whole(self, endings: Mapping[str, Ending], aborted: list[int], stuck: bool) -> State:
        """FINAL decides, else an abort by its result, else whether a node failed."""
        tops = [job for job in self._jobs.values() if job.box is None]
        final = next((job.name for job in tops if job.runs_last), None)
        if stuck:
            return State.FAILED
        if final is not None:
            good = endings[final].state is State.SUCCEEDED
        elif aborted:
            good = aborted[0] == 0
        else:
            good = all(endings[job.name].state is State.SUCCEEDED for job in tops)
        return State.SUCCEEDED if good else State.FAILED


def _asks(endings: Mapping[str, Ending], aborted: Container[str] = ()) -> Callable[[Atom], bool]:
    """A child waits for the success of its parents; with WEAK only for their end.

    Nothing starts behind a node that has aborted the DAG.
    """

    def holds_now(atom: Atom) -> bool:
        assert isinstance(atom, Status)
        known = endings.get(atom.job, NOT_RUN)
        return atom.job not in aborted and is_met(atom, known)

    return holds_now


class _Parts:
    """The exit codes of a node's parts, attempt by attempt."""

    def __init__(self, name: str, outcomes: Mapping[str, Outcome]) -> None:
        self._outcomes = {"JOB": outcomes.get(name, _SUCCESS)}
        for word in SCRIPTS:
            self._outcomes[word] = outcomes.get(f"{name} {word}", _SUCCESS)
        self._runs = dict.fromkeys(self._outcomes, 0)

    def next(self, part: str) -> int | None:
        code = self._outcomes[part].of(self._runs[part])
        self._runs[part] += 1
        return code


def _ended(job: Job, outcomes: Mapping[str, Outcome]) -> tuple[Ending, int | None]:
    """How a node ends, and the result of the DAG if it aborts that.

    A failed attempt is repeated up to RETRY times, unless its exit code is that of UNLESS-EXIT;
    ABORT-DAG-ON comes before both.
    """
    action = job.action
    if job.status is InitialStatus.ON_NOEXEC or not isinstance(action, Command | Steps):
        return Ending(State.SUCCEEDED, 0), None
    steps = action if isinstance(action, Steps) else Steps((action,))
    parts = _Parts(job.name, outcomes)
    for attempt in range(1, job.retries + 2):
        code, good = _attempted(steps, parts)
        if good:
            return Ending(State.SUCCEEDED, code, attempt), None
        number, bad = code, State.FAILED
        if code is KILLED:
            number, bad = KILLED_CODE, State.TERMINATED
        if steps.abort is not None and number == steps.abort.code:
            return Ending(bad, code, attempt), steps.abort.result
        if number == steps.unless:
            break
    return Ending(bad, code, attempt), None


def _attempted(steps: Steps, parts: _Parts) -> tuple[int | None, bool]:
    """The exit code that decided, and whether the node has succeeded.

    The last part that ran decides. A PRE script that fails keeps the rest from running, and with
    the code of PRE_SKIP the node succeeds at once.
    """
    code: int | None = 0
    if steps.before is not None:
        code = parts.next("PRE")
        if code != 0:
            return code, code is not KILLED and code == steps.skip
    failures = 0
    for _ in steps.commands[:1]:
        # The commands of a cluster end alike: all of them fail, or none.
        code = parts.next("JOB")
        failures = len(steps.commands) if code != 0 else 0
    good = failures <= steps.tolerance
    if steps.after is not None:
        code = parts.next("POST")
        good = code == 0
    return code, good
