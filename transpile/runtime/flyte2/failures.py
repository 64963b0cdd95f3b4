"""Errors of jobs. Of an error, the driver of a workflow sees the code and the message only."""

import re
from typing import NoReturn

from flyte.errors import NonRecoverableError, RuntimeUserError

from transpile.runtime.masking import shown
from transpile.runtime.resumable import resumable
from transpile.runtime.statuses import ABORTED, FAILURE, SKIPPED, TERMINATED, Status

# The codes of jobs that did not succeed. Flyte reads words such as OOM inside of codes.
EXIT = "EXIT_"
ENDED = "ENDED_"
ABORT = "ABORT_"
FAILED = "FAILED"
KILLED = "KILLED"
BLOCKED = "BLOCKED"
# The last three are Flyte's codes of time limits.
KILL_CODES = (
    KILLED,
    "QUEUED_TIMEOUT_EXCEEDED",
    "MAX_RUNTIME_EXCEEDED",
    "DEADLINE_EXCEEDED",
)


class Failure(RuntimeUserError):
    """A command failed; Flyte may run it again. `exit_code` is its exit code, if it has one."""

    def __init__(self, reason: str, command: str, code: int | None = None) -> None:
        known = FAILED if code is None else f"{EXIT}{code}"
        super().__init__(known, f"{reason}: {shown(command)}")
        self.exit_code = code

    @classmethod
    def of_code(cls, code: int, command: str) -> "Failure":
        """The error of a command whose exit code is a failure."""
        return cls(f"exit code {code}", command, code)


class Killed(NonRecoverableError):
    """A command was killed; it must not run again."""

    def __init__(self, reason: str, command: str, number: int = 9) -> None:
        super().__init__(f"killed by {reason}: {shown(command)}", KILLED)
        self.signal = number

    @classmethod
    def at_limit(cls, command: str) -> "Killed":
        """The error of a command or a wait that has reached its time limit."""
        return cls("time limit", command)


class Ended(NonRecoverableError):
    """A node failed for good: it must not run again, and with a `result` its DAG ends."""

    def __init__(self, reason: str, code: int, result: int | None = None) -> None:
        known = f"{ENDED}{code}" if result is None else f"{ABORT}{result}"
        super().__init__(reason, known)


@resumable
def blocked(code: str, reason: str) -> NoReturn:
    """Fail: no Flyte construct does here what the source does."""
    hint = f"(`transpile explain {code}` says more)"
    raise NonRecoverableError(f"{code}: {shown(reason)} {hint}", BLOCKED)


def status_of_code(code: str) -> str:
    """The status of a job that has failed with an error code."""
    # Flyte may put a code of its own in front: "RetriesExhausted|EXIT_3".
    own = code.rpartition("|")[2].strip()
    if found := re.fullmatch(r"(EXIT_|ENDED_|ABORT_)(-?[0-9]{1,10})", own):
        number = int(found[2])
        if number < 0:
            return TERMINATED
        return str(Status(ABORTED if found[1] == ABORT else FAILURE, number))
    if own in KILL_CODES:
        return TERMINATED
    return SKIPPED if own == BLOCKED else FAILURE
