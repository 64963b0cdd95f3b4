"""Nodes of a DAG: jobs between a PRE and a POST script."""

import os
from collections.abc import Iterable, Mapping
from typing import Any

from transpile.runtime.boxes import require_success
from transpile.runtime.commands import run
from transpile.runtime.errors import Ended, Killed
from transpile.runtime.failures import Failure
from transpile.runtime.outputs import empty_output_file
from transpile.runtime.resumable import resumable
from transpile.runtime.statuses import (
    ABORTED,
    FAILURE,
    RUNNING,
    SUCCESS,
    TERMINATED,
    Status,
    not_failed,
)


def command(script: str, **options: Any) -> dict[str, Any]:
    """A part of a node, for `run_node`; the options are those of `run`."""
    return {"command": script, **options}


@resumable
def run_node(
    *jobs: Mapping[str, Any],
    pre: Mapping[str, Any] | None = None,
    post: Mapping[str, Any] | None = None,
    pre_skip: int | None = None,
    tolerance: int = 0,
    unless_exit: int | None = None,
    abort_on: int | None = None,
    abort_result: int | None = None,
    nodes: Mapping[str, str] | None = None,
    attempt: int | None = None,
) -> int:
    """Run a node and return 0; raise, so that Flyte may retry, if it failed.

    After the PRE script its jobs run, one after another. The last part that ran decides: a POST
    script can turn a failure into a success. The exit code `pre_skip` of the PRE script makes the
    node a success. After `unless_exit` it does not run again, and `abort_on` ends the DAG. Commands
    see RETRY and RETURN and, with statuses of `nodes`, DAG_STATUS and FAILED_COUNT.
    """
    empty_output_file()
    attempt = _attempt_number() if attempt is None else attempt
    values = {"RETRY": str(attempt), **({} if nodes is None else dag_status(nodes))}
    code = _part("PRE", pre, values) if pre else 0
    if pre and code and code == pre_skip:
        return 0
    decided = [pre] if pre else []
    if not code:
        code, decided = _run_jobs(jobs, tolerance, values), list(jobs)
        if post:
            code = _part("POST", post, {**values, "RETURN": str(code)})
            decided = [post]
    if code and code == abort_on:
        result = code if abort_result is None else abort_result
        raise Ended(f"exit code {code} aborts the whole", code, result)
    if code and code == unless_exit:
        raise Ended(f"exit code {code}: not tried again", code)
    if code:
        raise Failure.of_code(code, ", ".join(part["command"] for part in decided))
    return 0


@resumable
def run_node_status(*jobs: Mapping[str, Any], retries: int = 0, **options: Any) -> str:
    """Run a node as `run_node` does, up to `retries` times again; return its status."""
    code: int | None = None
    for attempt in range(retries + 1):
        try:
            return str(Status(SUCCESS, run_node(*jobs, attempt=attempt, **options)))
        except Ended as ended:
            print(ended.args[0])
            if ended.result is not None:
                return str(Status(ABORTED, ended.result))
            code = ended.code
            break
        except Failure as failure:
            print(failure.args[0])
            code = failure.exit_code
    if code is not None and code < 0:
        return TERMINATED
    return str(Status(FAILURE, code))


def dag_status(nodes: Mapping[str, str]) -> dict[str, str]:
    """The variables of a FINAL node: DAG_STATUS 0, 2 if a node failed, 3 if one aborted the DAG.

    After an abort with the result 0 it is 0, too. A sub-DAG that does not end has failed.
    """
    aborted = _aborted(nodes)
    bad = [s for s in nodes.values() if not not_failed(s) or s == RUNNING]
    status = "2" if bad else "0"
    if aborted:
        status = "0" if aborted[0].code == 0 else "3"
    return {"DAG_STATUS": status, "FAILED_COUNT": str(len(bad) + len(aborted))}


def dag_result(nodes: Mapping[str, str]) -> str:
    """Raise if a node failed, unless one aborted the DAG with the result 0."""
    aborted = _aborted(nodes)
    if not aborted:
        return require_success(nodes)
    if aborted[0].code != 0:
        raise RuntimeError(f"aborted with {aborted[0].code}")
    return SUCCESS


def _aborted(nodes: Mapping[str, str]) -> list[Status]:
    """The statuses of nodes that aborted the DAG."""
    return [s for s in map(Status.parse, nodes.values()) if s.word == ABORTED]


def _run_jobs(
    jobs: Iterable[Mapping[str, Any]],
    tolerance: int,
    values: Mapping[str, str],
) -> int:
    """0, or the first failing exit code as soon as more than `tolerance` jobs failed."""
    bad: list[int] = []
    for job in jobs:
        code = _part("JOB", job, values)
        bad += [code] if code else []
        if len(bad) > tolerance:
            return bad[0]
    return 0


def _part(kind: str, part: Mapping[str, Any], values: Mapping[str, str]) -> int:
    """The exit code of one part of a node, negative for the signal that killed it."""
    try:
        return run(**{**part, "env": {**values, **part.get("env", {})}})
    except Failure as failure:
        if failure.exit_code is None:
            raise
        return failure.exit_code
    except Killed as killed:
        return -killed.signal


def _attempt_number() -> int:
    return int(os.environ.get("FLYTE_ATTEMPT_NUMBER", "0"))
