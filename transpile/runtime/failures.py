"""The error after which Flyte runs a task again."""

from flytekit.exceptions.user import FlyteRecoverableException

from transpile.runtime.masking import shown


class Failure(FlyteRecoverableException):  # type: ignore[misc]
    """A command failed; Flyte may run it again. `exit_code` is its exit code, if it has one."""

    def __init__(self, reason: str, command: str, code: int | None = None) -> None:
        super().__init__(f"{reason}: {shown(command)}")
        self.exit_code = code

    @classmethod
    def of_code(cls, code: int, command: str) -> "Failure":
        """The error of a command whose exit code is a failure."""
        return cls(f"exit code {code}", command, code)
