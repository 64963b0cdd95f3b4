"""Alarms: lines in the log of a task."""

import functools
import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

from transpile.runtime.errors import Killed
from transpile.runtime.masking import masked
from transpile.runtime.restarts import DID_NOT_RUN
from transpile.runtime.statuses import ABORTED, FAILURE, SUCCESS, TERMINATED, Status

Function = TypeVar("Function", bound=Callable[..., Any])


def with_alerts(
    *,
    success: str = "",
    failure: str = "",
    terminated: str = "",
) -> Callable[[Function], Function]:
    """Make a task print one of these lines when it ends; place this below `@task`.

    How the task ended follows from the status that it returns, or from the error that it raises. A
    job that did not run, because an operator wants so, prints none.
    """
    lines = {SUCCESS: success, FAILURE: failure, TERMINATED: terminated}
    lines[ABORTED] = failure

    def decorate(function: Function) -> Function:
        @functools.wraps(function)
        def told(*arguments: Any, **options: Any) -> Any:
            DID_NOT_RUN.set(False)
            try:
                result = function(*arguments, **options)
            except Exception as error:
                end = TERMINATED if isinstance(error, Killed) else FAILURE
                announce(lines[end], error=_message(error))
                raise
            if DID_NOT_RUN.get():
                return result
            first = result[0] if isinstance(result, tuple) else result
            is_status = isinstance(first, str)
            status = Status.parse(first) if is_status else Status(SUCCESS, first)
            announce(lines.get(status.word, ""), status=str(status))
            return result

        return cast(Function, told)

    return decorate


def _message(error: Exception) -> str:
    # str() of a FlyteRecoverableException adds a prefix to the message.
    return masked(str(error.args[0])) if error.args else type(error).__name__


def announce(line: str, **why: str) -> None:
    """Print a line, if there is one, with the reason behind it."""
    if line:
        fields = [f"{k}={json.dumps(v)}" for k, v in why.items()]
        print(line, *fields, flush=True)
