"""Tests of statuses and globals that also work on Flyte's promises of them.

Conditions of native branches compare promised texts: they have comparisons, `&` and `|` only. These
definitions replace those of the same name where a workflow has native branches.
"""

import operator
from typing import Any

from transpile.runtime.statuses import (
    FAILURE,
    SKIPPED,
    SUCCESS,
    TERMINATED,
    NoExitCode,
    Status,
)


class PromisedCode:
    """The exit code in a promised status, for `==` and `!=` only."""

    def __init__(self, status: Any) -> None:
        self._status = status

    def __eq__(self, code: object) -> Any:
        succeeded, failed = (f"{word} {code}" for word in (SUCCESS, FAILURE))
        return (self._status == succeeded) | (self._status == failed)

    def __ne__(self, code: object) -> Any:
        others = (
            _begins(self._status, f"{word} ") & (self._status != f"{word} {code}")
            for word in (SUCCESS, FAILURE)
        )
        return operator.or_(*others)

    __hash__ = None  # type: ignore[assignment]


def _begins(text: str, word: str) -> bool:
    return (text >= word) & (text < _behind(word))


def _behind(word: str) -> str:
    """The first text, in order, after all texts that begin with the word."""
    return word[:-1] + chr(ord(word[-1]) + 1)


def succeeded(status: str) -> bool:
    """True if the job ran and succeeded."""
    return _begins(status, SUCCESS)


def failed(status: str) -> bool:
    """True if the job ran and failed; a killed job did not fail."""
    return _begins(status, FAILURE)


def terminated(status: str) -> bool:
    """True if the job was killed, or the box terminated by a member."""
    return status == TERMINATED


def done(status: str) -> bool:
    """True if the job ran and ended in any way."""
    return succeeded(status) | failed(status) | terminated(status)


def not_failed(status: str) -> bool:
    """True unless the job failed or was killed; it need not have run."""
    other = (status < FAILURE) | (status >= _behind(FAILURE))
    return other & (status != TERMINATED)


def not_succeeded(status: str) -> bool:
    """True if the job failed, was killed, or did not run."""
    return failed(status) | terminated(status) | (status == SKIPPED)


def exit_code(status: object) -> int | NoExitCode | PromisedCode:
    """The exit code of a job; without one every comparison is false."""
    if not isinstance(status, str):
        return PromisedCode(status)
    code = Status.parse(status).code
    return NoExitCode() if code is None else code


def is_set(value: str) -> bool:
    """True if a global has a value."""
    return (value < "$$") | (value >= _behind("$$"))
