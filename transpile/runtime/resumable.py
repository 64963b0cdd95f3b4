"""Makes helpers that run jobs ask first whether the job has to run."""

import contextvars
import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from transpile.runtime.restarts import DID_NOT_RUN, is_restart
from transpile.runtime.resume import instead_of_run

Helper = TypeVar("Helper", bound=Callable[..., Any])

# True while a helper runs a job: the helpers that it calls serve the same job.
INSIDE_JOB = contextvars.ContextVar("inside_job", default=False)


def resumable(helper: Helper) -> Helper:
    """Let a helper that runs a job return the result that the job has already, if it has one.

    Without one of the variables RESUME, RERUN and BYPASS nothing is asked.
    """

    @functools.wraps(helper)
    def asks_first(*arguments: Any, **options: Any) -> Any:
        if INSIDE_JOB.get() or not is_restart():
            return helper(*arguments, **options)
        found = instead_of_run()
        if found is not None:
            DID_NOT_RUN.set(True)
            return found.value
        token = INSIDE_JOB.set(True)
        try:
            return helper(*arguments, **options)
        finally:
            INSIDE_JOB.reset(token)

    return cast(Helper, asks_first)
