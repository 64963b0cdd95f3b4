"""Jobs that do not run, because an operator bypasses them."""

import inspect

from transpile.runtime.restarts import (
    BYPASS,
    BYPASSED,
    RERUN,
    RESUME,
    Result,
    calling,
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
    task = calling("func")
    if task is None:
        return None
    beside = inspect.unwrap(task.func).__globals__.values()
    tasks = [each for each in beside if hasattr(each, "short_name")]
    known = {name for each in tasks for name in (each.short_name, each.func.__name__)}
    if not is_named((task.short_name, task.func.__name__), known, BYPASS):
        return None
    print(f"{task.short_name}: bypassed, counts as {BYPASSED}", flush=True)
    several = len(task.native_interface.outputs) > 1
    return Result((0, "") if several else 0)
