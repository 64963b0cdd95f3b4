"""What several engines have in common."""

from collections.abc import Callable, Container, Mapping, Sequence

from transpile.dialects.kit.outcome import ENDED, KILLED, Ending, Outcome, State
from transpile.model import (
    COMPARISONS,
    Command,
    ExitCode,
    ExitRule,
    InitialStatus,
    Job,
    SettledJob,
    Status,
    StatusTest,
)

BAD = frozenset((State.FAILED, State.TERMINATED))

SATISFYING = {
    StatusTest.SUCCESS: frozenset((State.SUCCEEDED,)),
    StatusTest.FAILURE: frozenset((State.FAILED,)),
    StatusTest.TERMINATED: frozenset((State.TERMINATED,)),
    StatusTest.DONE: ENDED,
    StatusTest.NOT_FAILED: frozenset(State) - BAD,
}
"""The states of a job for which a test of its status is met."""


def is_met(atom: Status | ExitCode, ending: Ending) -> bool:
    """Whether an atom is true of a job that has ended so, or has not."""
    if isinstance(atom, Status):
        return ending.state in SATISFYING[atom.test]
    code = ending.exit_code
    return code is not None and COMPARISONS[atom.operator](code, atom.value)


def succeeds(rule: ExitRule, code: int) -> bool:
    """Whether a job with this rule has succeeded when it exits with this code."""
    return rule.accepts(code)


def runs_nothing(job: Job) -> bool:
    """True for a job that succeeds without running: it has no action, or is not to run it."""
    return job.status is InitialStatus.ON_NOEXEC or job.action is None


def attempted(job: Job, outcome: Outcome) -> Ending:
    """How a job ends that is started again when it failed, but never when it was killed."""
    rule = job.action.success if isinstance(job.action, Command) else ExitRule()
    for attempt in range(job.retries + 1):
        code = outcome.of(attempt)
        if code is KILLED:
            return Ending(State.TERMINATED, None, attempt + 1)
        if succeeds(rule, code):
            return Ending(State.SUCCEEDED, code, attempt + 1)
    return Ending(State.FAILED, code, job.retries + 1)


def box_states(
    jobs: Mapping[str, SettledJob],
    steps: Sequence[tuple[str, bool]],
    boxes: Container[str],
    endings: Mapping[str, Ending],
    reported: Mapping[str, State],
    starts: Callable[[SettledJob, Mapping[str, Ending]], bool],
    state_of: Callable[[SettledJob, Mapping[str, Ending]], State],
) -> dict[str, State]:
    """The states of boxes whose jobs have ended so, where they do not report their own."""
    known = dict(endings)
    found: dict[str, State] = {}
    for name, at_end in steps:
        if name not in boxes:
            continue
        job = jobs[name]
        if not at_end:
            around = job.box is None or found.get(job.box) is not State.NOT_RUN
            found[name] = State.UNFINISHED if around and starts(job, known) else State.NOT_RUN
        elif found[name] is not State.NOT_RUN:
            found[name] = reported.get(name, state_of(job, known))
        known[name] = Ending(found[name])
    return found
