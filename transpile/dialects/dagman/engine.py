"""The rules of HTCondor DAGMan for one run.

They follow the manual's chapter on DAGMan. Recorded runs of DAGMan 23.9 confirm all rules but those
of WEAK and TOLERANCE (tests/dagman). A run starts without a rescue file. If a node aborts the DAG,
the timing of a real run decides which other nodes have started; here all nodes start that do not
wait for the aborting one.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from transpile.dialects.dagman.day_engine import KILLED_CODE, DagmanDays
from transpile.dialects.dagman.nodes import ALL
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

Codes: TypeAlias = Mapping[str, Iterator[int | None]]
"""The exit codes of a node's parts JOB, PRE and POST, attempt by attempt."""


class Dagman(PlainEngine):
    """Runs the nodes of one DAG."""

    name = "dagman"
    over_days = DagmanDays
    retries_killed = True

    @staticmethod
    def words_about(name: str, line: str) -> frozenset[str]:
        """The node's name in the DAG file, and ALL_NODES."""
        local = max((word for word in line.split() if name.endswith(word)), key=len, default=name)
        return frozenset((local, ALL))

    def starts(self, job: SettledJob, course: Course) -> bool:
        """True if all parents succeeded or, for WEAK edges, ended.

        No child of a node that aborted the DAG starts.
        """

        def is_true(atom: Atom) -> bool:
            assert not isinstance(atom, GlobalValue)
            return atom.job not in course.aborted and course.is_true(atom)

        return holds(job.condition or TRUE, is_true)

    def ended(self, job: SettledJob, outcomes: Mapping[str, Outcome], course: Course) -> Ending:
        """How a node ends.

        A failed attempt is repeated up to RETRY times, except after the exit code of UNLESS-EXIT.
        ABORT-DAG-ON takes precedence over both.
        """
        action = job.action
        if job.status is InitialStatus.ON_NOEXEC or not isinstance(action, Command | Steps):
            return Ending(State.SUCCEEDED, 0)
        steps = action if isinstance(action, Steps) else Steps((action,))
        names = {"JOB": job.name, **{word: f"{job.name} {word}" for word in SCRIPTS}}
        codes = {
            part: map(outcomes.get(name, SUCCESS).of, itertools.count())
            for part, name in names.items()
        }
        for attempt in range(1, job.retries + 2):
            code, good = _attempted(steps, codes)
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
        """The state of a splice or sub-DAG.

        A sub-DAG with a FINAL node ends like that node. All others succeed if all their nodes
        succeeded, fail if all ended, and are UNFINISHED if some nodes did not run.
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
        """The success of the FINAL node, otherwise of the first abort, otherwise of all nodes."""
        final = next((j.name for j in self.jobs.values() if j.box is None and j.runs_last), None)
        if final is not None:
            return course.endings[final].state is State.SUCCEEDED
        if course.aborted:
            return next(iter(course.aborted.values())) == 0
        return set(self.top_states(course)) <= {State.SUCCEEDED}


def _attempted(steps: Steps, codes: Codes) -> tuple[int | None, bool]:
    """The exit code of the last part that ran, and whether the attempt succeeded.

    The other parts do not run after a PRE script that fails. The attempt succeeds at once if the
    PRE script exits with the code of PRE_SKIP.
    """
    code: int | None = 0
    if steps.before is not None:
        code = next(codes["PRE"])
        if code != 0:
            return code, code is not KILLED and code == steps.skip
    failures = 0
    if steps.commands:
        # All jobs of a cluster end alike.
        code = next(codes["JOB"])
        failures = len(steps.commands) if code != 0 else 0
    good = failures <= steps.tolerance
    if steps.after is not None:
        code = next(codes["POST"])
        good = code == 0
    return code, good
