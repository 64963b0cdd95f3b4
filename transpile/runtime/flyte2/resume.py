"""Jobs that do not run, because an operator bypasses them."""

import inspect
from typing import Any

from transpile.runtime.restarts import (
    BYPASS,
    BYPASSED,
    RERUN,
    RESUME,
    Result,
    is_named,
    said_by_operator,
)


def instead_of_run() -> Result | None:
    """The result of the task's job if BYPASS names it; prints that.

    Raises RuntimeError for a job that is unknown, and for RESUME and RERUN: Flyte's own recovery of
    a run takes over its jobs.
    """
    if said_by_operator(RESUME) or said_by_operator(RERUN):
        words = f"{RESUME} and {RERUN} are not for Flyte 2"
        raise RuntimeError(f"{words}: `flyte rerun RUN --recover` resumes a run")
    found = running_task()
    if found is None:
        return None
    task, known = found
    names = (task.short_name, task.func.__name__)
    if not is_named(names, known, BYPASS):
        return None
    print(f"{task.short_name}: bypassed, counts as {BYPASSED}", flush=True)
    several = len(task.native_interface.outputs) > 1
    return Result((0, "") if several else 0)


def running_task() -> tuple[Any, set[str]] | None:
    """The task whose function calls, with the names of all tasks of its module."""
    frame = inspect.currentframe()
    while frame is not None:
        task = frame.f_globals.get(frame.f_code.co_name)
        function = getattr(task, "func", None)
        if function and inspect.unwrap(function).__code__ is frame.f_code:
            values = frame.f_globals.values()
            tasks = [each for each in values if hasattr(each, "short_name")]
            return task, {n for t in tasks for n in (t.short_name, t.func.__name__)}
        frame = frame.f_back
    return None
