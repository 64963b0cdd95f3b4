"""Statuses of boxes and results of workflows, computed from those of their members."""

from collections.abc import Iterable, Mapping

from transpile.runtime.statuses import (
    FAILURE,
    RUNNING,
    SKIPPED,
    SUCCESS,
    TERMINATED,
    done,
    not_failed,
    succeeded,
)


def box_status(
    members: Mapping[str, str],
    *,
    terminators: Iterable[str] = (),
    success: bool | None = None,
    failure: bool | None = None,
    complete: bool = False,
) -> str:
    """The status of a box: RUNNING if it never completes.

    It completes when all members have, with SUCCESS if all succeeded. `success` and `failure` are
    the results of rules that replace either half. A terminator that fails terminates the box. A box
    with a `complete` rule waits for a job that cannot run if neither half holds: this raises.
    """
    if any(not not_failed(members[name]) for name in terminators):
        return TERMINATED
    if failure or success:
        return FAILURE if failure else SUCCESS
    if complete:
        raise RuntimeError("it hangs on a job that cannot run")
    if not all(map(done, members.values())):
        return RUNNING
    if all(map(succeeded, members.values())):
        return SUCCESS if success is None else RUNNING
    return FAILURE if failure is None else RUNNING


def require_success(statuses: Mapping[str, str]) -> str:
    """Raise if one of these jobs has failed, or is a box that never completes."""
    bad = {
        name: status
        for name, status in statuses.items()
        if not succeeded(status) and status != SKIPPED
    }
    if bad:
        shown = (f"{name}: {status}" for name, status in bad.items())
        raise RuntimeError(", ".join(shown))
    return SUCCESS
