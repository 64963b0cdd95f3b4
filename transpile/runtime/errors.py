"""Errors after which Flyte does not run a task again."""

from typing import NoReturn

from transpile.runtime.masking import shown
from transpile.runtime.resumable import resumable


class Killed(RuntimeError):
    """A command was killed; it must not run again."""

    def __init__(self, reason: str, command: str, number: int = 9) -> None:
        super().__init__(f"killed by {reason}: {shown(command)}")
        self.signal = number

    @classmethod
    def at_limit(cls, command: str) -> "Killed":
        """The error of a command or a wait that has reached its time limit."""
        return cls("time limit", command)


class Ended(RuntimeError):
    """A node failed for good: it must not run again, and with a `result` its DAG ends."""

    def __init__(self, reason: str, code: int, result: int | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.result = result


@resumable
def blocked(code: str, reason: str) -> NoReturn:
    """Fail: no Flyte construct does here what the source does."""
    hint = f"(`transpile explain {code}` says more)"
    raise RuntimeError(f"{code}: {shown(reason)} {hint}")
