"""Replaces commands and waits of tasks by planned outcomes, or records the real ones."""

import json
import signal
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import lru_cache
from time import monotonic
from types import CodeType, MappingProxyType, ModuleType
from typing import Any, NoReturn

from flytekit.loggers import logger

from transpile.model.outcome import KILLED
from transpile.proof.attempts import CURRENT, Attempts
from transpile.proof.processes import Processes
from transpile.proof.surroundings import SURROUNDINGS, simulated_poll
from transpile.runtime.errors import Killed
from transpile.runtime.failures import Failure
from transpile.runtime.inputs import require_values
from transpile.runtime.processes import TIMED_OUT

CODE = "__code__"
"""The variable of a helper module that holds its code, which those of one source share."""

_ONE_NAP = 10 * 366 * 86_400
"""Seconds that a simulated wait for a time of day may sleep at once."""


def helpers(
    source: str,
    processes: Processes,
    *,
    execute: bool,
    more: Mapping[str, Callable[..., Any]] = MappingProxyType({}),
) -> ModuleType:
    """The run-time helpers as a module that records each command and wait in CURRENT.

    `more` makes further replacements of helpers.

    With `execute` commands and waits really run, except those of nodes with a planned outcome. The
    source may lack helpers that its modules do not use.
    """
    runtime = ModuleType("job_runtime")
    exec(_compiled(source), vars(runtime))
    names = vars(runtime)
    names[CODE] = _compiled(source)
    # Each rehearsal adds a filter of its own.
    logger.removeFilter(names.get("is_to_be_logged"))
    for name, recorder in {**_RECORDERS, **more}.items():
        if name in names:
            names[name] = recorder(names, names[name], execute=execute)
    names["subprocess"] = processes.module()
    if not execute:
        names["print"] = lambda *_, **__: None
        names["LONGEST_NAP"] = _ONE_NAP
    return runtime


@lru_cache(maxsize=4)
def _compiled(source: str) -> CodeType:
    """The code of the helpers, which the modules of an estate share."""
    return compile(source, "job_runtime.py", "exec")


def _recorded_command(
    names: Mapping[str, Any], run_command: Callable[..., int], *, execute: bool
) -> Callable[..., int]:
    def recorded(
        script: str, shell: str, env: Mapping[str, str], time_limit: timedelta | None
    ) -> int:
        attempts = CURRENT.get()
        if attempts.is_told(execute=execute):
            code = attempts.next(time_limit.total_seconds() if time_limit else 0.0)
            return TIMED_OUT if code is KILLED else code
        limit, is_own = _limit_of(attempts, time_limit)
        begun = monotonic()
        try:
            status = run_command(script, shell, env, limit)
        except (OSError, ValueError):
            attempts.record_failure(None)
            raise
        if status == TIMED_OUT and not is_own:
            attempts.count += 1
            attempts.end_container(lost=False)
        attempts.elapse(monotonic() - begun)
        if status == -signal.SIGUSR1:
            attempts.record_failure(None)
        else:
            attempts.record(KILLED if status < 0 else status)
        return status

    return recorded


def _recorded_block(
    names: Mapping[str, Any], block: Callable[[str, str], NoReturn], *, execute: bool
) -> Callable[[str, str], NoReturn]:
    def recorded(code: str, reason: str) -> NoReturn:
        CURRENT.get().blocked = f"{code}: {reason}"
        block(code, reason)

    return recorded


def _told_outputs(
    names: Mapping[str, Any], read: Callable[[str], str], *, execute: bool
) -> Callable[[str], str]:
    def told(path: str) -> str:
        outputs = CURRENT.get().outputs
        return read(path) if outputs is None else json.dumps(dict(outputs))

    return told


def _recorded_wait(
    names: Mapping[str, Any], wait: Callable[..., int], *, execute: bool
) -> Callable[..., int]:
    # The helpers of the module catch errors of their own classes only.
    killed: type[Killed] = names.get("Killed", Killed)
    failed: type[Failure] = names.get("Failure", Failure)

    def waited(what: str, *, time_limit: timedelta | None = None, **options: Any) -> int:
        attempts = CURRENT.get()
        require_values([what])
        if attempts.is_told(execute=execute):
            code = attempts.next(time_limit.total_seconds() if time_limit else 0.0)
        else:
            limit, is_own = _limit_of(attempts, time_limit)
            begun = monotonic()
            try:
                code = wait(what, time_limit=limit, **options)
            except killed:
                if not is_own:
                    attempts.count += 1
                    attempts.end_container(lost=False)
                code = KILLED
            except failed as failure:
                attempts.record_failure(failure.exit_code)
                raise
            attempts.elapse(monotonic() - begun)
            attempts.record(code)
        if code is KILLED:
            raise killed.at_limit(what)
        if code:
            raise failed.of_code(code, what)
        return 0

    return waited


def _recorded_poll(
    names: Mapping[str, Any], wait_for_run: Callable[..., int], *, execute: bool
) -> Callable[..., int]:
    return simulated_poll(names, _recorded_wait(names, wait_for_run, execute=execute))


def _recorded_part(
    names: Mapping[str, Any], run_part: Callable[..., int], *, execute: bool
) -> Callable[..., int]:
    def recorded(kind: str, part: Mapping[str, Any], values: Mapping[str, str]) -> int:
        attempts = CURRENT.get()
        require_values(part.get("env", {}).values())
        is_job = kind == "JOB"
        told = attempts.is_told(execute=execute) if is_job else kind in attempts.scripts
        if told or not execute:
            code = attempts.next_part(kind)
        else:
            counted = attempts.count
            try:
                status = run_part(kind, part, values)
            finally:
                attempts.count = counted
            code = KILLED if status < 0 else status
        attempts.exit_code = code
        attempts.killed = code is KILLED
        return -signal.SIGKILL if code is KILLED else code

    return recorded


def _tried_node(
    names: Mapping[str, Any], run_node: Callable[..., int], *, execute: bool
) -> Callable[..., int]:
    def tried(*jobs: Mapping[str, Any], **options: Any) -> int:
        attempts = CURRENT.get()
        attempts.count += 1
        attempts.tries += 1
        return run_node(*jobs, **{"attempt": attempts.tries - 1, **options})

    return tried


_RECORDERS: Mapping[str, Callable[..., Callable[..., Any]]] = {
    **SURROUNDINGS,
    "_execute": _recorded_command,
    "_part": _recorded_part,
    "_read_outputs": _told_outputs,
    "approved": _recorded_wait,
    "blocked": _recorded_block,
    "run_node": _tried_node,
    "wait_for_file": _recorded_wait,
    "wait_for_run": _recorded_poll,
}
"""Makes the replacement of a helper, from all helpers and the helper itself."""


def _limit_of(attempts: Attempts, limit: timedelta | None) -> tuple[timedelta | None, bool]:
    """The time that a command has; True if its own limit sets it, False if its container does."""
    left = attempts.left
    if left is None or (limit is not None and limit.total_seconds() <= left):
        return limit, True
    return timedelta(seconds=left), False
