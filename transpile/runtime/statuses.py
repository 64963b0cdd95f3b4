"""Statuses of jobs and boxes, and the tests that conditions make of them."""

import re
from dataclasses import dataclass

SUCCESS = "SUCCESS"
FAILURE = "FAILURE"
TERMINATED = "TERMINATED"
SKIPPED = "SKIPPED"
STARTED = "STARTED"
RUNNING = "RUNNING"
ABORTED = "ABORTED"


@dataclass(frozen=True)
class Status:
    """The end of a job or box, with the exit code if it has one.

    Tasks pass it on as a text, such as "FAILURE 3".
    """

    word: str
    code: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Status":
        """The status in a text."""
        word, _, code = text.partition(" ")
        known = re.fullmatch(r"-?[0-9]{1,10}", code)
        return cls(word, int(code) if known else None)

    def __str__(self) -> str:
        return self.word if self.code is None else f"{self.word} {self.code}"


class NoExitCode:
    """Stands for the exit code of a job that has none: every comparison is false."""

    def _never(self, other: object) -> bool:
        return False

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _never
    __hash__ = None  # type: ignore[assignment]


def succeeded(status: str) -> bool:
    """True if the job ran and succeeded."""
    return Status.parse(status).word == SUCCESS


def failed(status: str) -> bool:
    """True if the job ran and failed; a killed job did not fail."""
    return Status.parse(status).word == FAILURE


def terminated(status: str) -> bool:
    """True if the job was killed, or the box terminated by a member."""
    return status == TERMINATED


def done(status: str) -> bool:
    """True if the job ran and ended in any way."""
    return Status.parse(status).word in (SUCCESS, FAILURE, TERMINATED)


def not_failed(status: str) -> bool:
    """True unless the job failed or was killed; it need not have run."""
    return not failed(status) and not terminated(status)


def not_succeeded(status: str) -> bool:
    """True if the job failed, was killed, or did not run."""
    return failed(status) or terminated(status) or status == SKIPPED


def not_running(status: str) -> bool:
    """True unless the job runs at the moment."""
    return status != RUNNING


def started(status: str) -> bool:
    """True if the box has started."""
    return status == STARTED


def exit_code(status: str) -> int | NoExitCode:
    """The exit code of a job; without one every comparison is false."""
    code = Status.parse(status).code
    return NoExitCode() if code is None else code
