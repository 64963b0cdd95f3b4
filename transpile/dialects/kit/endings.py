"""Rules about endings of jobs that several engines share."""

from transpile.model import COMPARISONS, ExitCode, InitialStatus, Job, Status, Steps
from transpile.model.condition import StatusTest
from transpile.model.outcome import ENDED, KILLED, Ending, Outcome, State

SUCCESS = Outcome()
"""The outcome of a job that succeeds at its first attempt."""

BYPASSED = Ending(State.SUCCEEDED, 0)
"""The ending of a job that succeeds without running."""

BAD = frozenset((State.FAILED, State.TERMINATED))
"""The states of jobs that ended without success."""

SATISFYING = {
    StatusTest.SUCCESS: frozenset((State.SUCCEEDED,)),
    StatusTest.FAILURE: frozenset((State.FAILED,)),
    StatusTest.TERMINATED: frozenset((State.TERMINATED,)),
    StatusTest.DONE: ENDED,
    StatusTest.NOT_FAILED: frozenset(State) - BAD,
    StatusTest.NOT_SUCCEEDED: frozenset(State) - {State.SUCCEEDED},
    StatusTest.OVER: frozenset(State),
    StatusTest.AWAITED: frozenset(State),
}
"""The states that satisfy each test of a status when the job has ended or been skipped."""


def is_met(atom: Status | ExitCode, ending: Ending) -> bool:
    """True if the atom holds after this ending of its job."""
    if isinstance(atom, Status):
        return ending.state in SATISFYING[atom.test]
    code = ending.exit_code
    return code is not None and COMPARISONS[atom.operator](code, atom.value)


def runs_nothing(job: Job) -> bool:
    """True for a job that succeeds without running: it has no action or is on noexec."""
    return job.status is InitialStatus.ON_NOEXEC or job.action is None


def attempted(job: Job, outcome: Outcome, *, retries_killed: bool = False) -> Ending:
    """The ending of a job that is retried after failures."""
    for attempt in range(job.retries + 1):
        code = outcome.of(attempt)
        if code is not KILLED and job.success.accepts(code):
            return Ending(State.SUCCEEDED, code, attempt + 1)
        if not may_repeat(job, code, retries_killed=retries_killed):
            break
    return Ending(State.TERMINATED if code is KILLED else State.FAILED, code, attempt + 1)


def may_repeat(job: Job, code: int | None, *, retries_killed: bool) -> bool:
    """True if a job that failed with this code, or was killed, is tried again while it may be."""
    if code is KILLED:
        return retries_killed
    return not (isinstance(job.action, Steps) and code == job.action.unless)
