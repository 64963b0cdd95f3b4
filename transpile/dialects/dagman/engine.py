"""HTCondor DAGMan: what becomes of each node in one run.

The rules follow the manual's chapter on DAGMan. Recorded runs of the real engine, 23.9, confirm all
but WEAK and TOLERANCE (tests/dagman). A run starts without a rescue file. When a node aborts a DAG,
timing decides there which other nodes have started; here all do that do not wait for it.
"""

from collections.abc import Mapping

from transpile.dialects.kit.endings import SUCCESS
from transpile.dialects.kit.engine import Course, PlainEngine
from transpile.model import (
    TRUE,
    Atom,
    Command,
    GlobalValue,
    InitialStatus,
    SettledJob,
    Steps,
    holds,
)
from transpile.model.outcome import ENDED, KILLED, SCRIPTS, Ending, Outcome, State

KILLED_CODE = -9
"""Exit code of a node that somebody kills: DAGMan takes minus the number of the signal."""

EVERY_NODE = "ALL_NODES"
"""Stands for the name of a node in lines about each of them."""


class Dagman(PlainEngine):
    """The engine's rules for the nodes of one DAG."""

    name = "dagman"
    retries_killed = True

    @staticmethod
    def words_about(name: str, line: str) -> frozenset[str]:
        """The name by which the DAG file calls the node, and the word for all of them."""
        local = max((word for word in line.split() if name.endswith(word)), key=len, default=name)
        return frozenset((local, EVERY_NODE))

    def starts(self, job: SettledJob, course: Course) -> bool:
        """A child waits for the success of its parents; with WEAK only for their end.

        Nothing starts behind a node that has aborted the DAG.
        """

        def is_true(atom: Atom) -> bool:
            assert not isinstance(atom, GlobalValue)
            return atom.job not in course.aborted and course.is_true(atom)

        return holds(job.condition or TRUE, is_true)

    def ended(self, job: SettledJob, outcomes: Mapping[str, Outcome], course: Course) -> Ending:
        """How a node ends.

        A failed attempt is repeated up to RETRY times, unless its exit code is that of UNLESS-EXIT;
        ABORT-DAG-ON comes before both.
        """
        action = job.action
        if job.status is InitialStatus.ON_NOEXEC or not isinstance(action, Command | Steps):
            return Ending(State.SUCCEEDED, 0)
        steps = action if isinstance(action, Steps) else Steps((action,))
        parts = _Parts(job.name, outcomes)
        for attempt in range(1, job.retries + 2):
            code, good = _attempted(steps, parts)
            if good:
                return Ending(State.SUCCEEDED, code, attempt)
            number, bad = code, State.FAILED
            if code is KILLED:
                number, bad = KILLED_CODE, State.TERMINATED
            if steps.abort is not None and number == steps.abort.code:
                course.aborted[job.name] = steps.abort.result
                break
            if number == steps.unless:
                break
        return Ending(bad, code, attempt)

    def box_state(self, box: SettledJob, course: Course) -> State:
        """A splice has succeeded when all its nodes have; a sub-DAG with a FINAL node when it has.

        Otherwise it has failed, or is UNFINISHED where some of its nodes never ran.
        """
        rule = box.box_rule
        if rule and rule.success and rule.failure:
            if course.holds(rule.success):
                return State.SUCCEEDED
            return State.FAILED if course.holds(rule.failure) else State.UNFINISHED
        states = [course.endings[name].state for name in self.members[box.name]]
        if not ENDED.issuperset(states):
            return State.UNFINISHED
        return State.SUCCEEDED if set(states) == {State.SUCCEEDED} else State.FAILED

    def is_good(self, course: Course) -> bool:
        """FINAL decides, else the first abort by its result, else whether a node failed."""
        final = next((j.name for j in self.jobs.values() if j.box is None and j.runs_last), None)
        if final is not None:
            return course.endings[final].state is State.SUCCEEDED
        if course.aborted:
            return next(iter(course.aborted.values())) == 0
        return set(self.top_states(course)) <= {State.SUCCEEDED}


class _Parts:
    """The exit codes of a node's parts, attempt by attempt."""

    def __init__(self, name: str, outcomes: Mapping[str, Outcome]) -> None:
        self._outcomes = {"JOB": outcomes.get(name, SUCCESS)}
        for word in SCRIPTS:
            self._outcomes[word] = outcomes.get(f"{name} {word}", SUCCESS)
        self._runs = dict.fromkeys(self._outcomes, 0)

    def next(self, part: str) -> int | None:
        code = self._outcomes[part].of(self._runs[part])
        self._runs[part] += 1
        return code


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
