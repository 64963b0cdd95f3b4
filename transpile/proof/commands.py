"""Replaces commands and waits of tasks by planned outcomes, or records the real ones."""

import contextvars
import json
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from time import monotonic
from types import CodeType, ModuleType, SimpleNamespace
from typing import Any, NoReturn

from flytekit.loggers import logger

from transpile.model.outcome import KILLED, Outcome
from transpile.proof.processes import Processes
from transpile.runtime.errors import Killed
from transpile.runtime.failures import Failure
from transpile.runtime.inputs import require_values
from transpile.runtime.processes import TIMED_OUT

_SUCCESS = Outcome()


class ContainerEnded(BaseException):
    """The platform ended the container. The code of tasks does not catch this."""

    def __init__(self, *, lost: bool) -> None:
        super().__init__()
        self.lost = lost


@dataclass(slots=True)
class Attempts:
    """The planned `outcome` of a node, and what its commands did so far.

    Its commands took `seconds` in total, `before` this attempt. The platform ends the container of
    this attempt in `left` seconds (None: never) and loses those of the next `losing` attempts when
    a command ends. `blocked` is why a node of an untranslatable job fails. `scripts` are the
    planned outcomes of PRE and POST scripts, `parts` counts the runs of each part. `outputs` are
    the planned values for other jobs; None if the command decides. `told` are the cuts that the
    node told.
    """

    outcome: Outcome | None
    duration: float
    left: float | None = None
    losing: float = 0
    count: int = 0
    exit_code: int | None = None
    killed: bool = False
    seconds: float = 0.0
    before: float = 0.0
    blocked: str | None = None
    scripts: Mapping[str, Outcome] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    tries: int = 0
    losses: int = 0
    outputs: Mapping[str, str] | None = None
    told: tuple[Any, ...] = ()

    def next(self, limit: float) -> int | None:
        """The exit code of the next attempt, or KILLED; a `limit` of 0 means none."""
        outcome = self.outcome or _SUCCESS
        code = outcome.of(self.count - self.losses)
        self.count += 1
        taken = min(self.duration, limit or self.duration)
        self.spend(taken)
        self._end(KILLED if taken < self.duration else code)
        return self.exit_code

    def spend(self, seconds: float) -> None:
        """Let a command take so long. Raises ContainerEnded if its container ends before."""
        left = self.left
        if left is not None and left < seconds:
            self.seconds += left
            self.end_container(lost=False)
        self.seconds += seconds
        self.elapse(seconds)
        if self.losing > 0:
            self.losing -= 1
            self.losses += 1
            self.end_container(lost=True)

    def end_container(self, *, lost: bool) -> NoReturn:
        """End the container and its command. Raises ContainerEnded."""
        self.exit_code, self.killed = None, not lost
        raise ContainerEnded(lost=lost)

    def elapse(self, seconds: float) -> None:
        """Subtract from the time that the container has left."""
        self.left = None if self.left is None else self.left - seconds

    def is_told(self, *, execute: bool) -> bool:
        """True if the next command ends as planned, False if it really runs."""
        return self.outcome is not None or self.losing > 0 or not execute

    def next_part(self, kind: str) -> int | None:
        """The next exit code of a part of a node, or KILLED; scripts take no time."""
        before = self.parts.get(kind, 0)
        self.parts[kind] = before + 1
        outcome = self.scripts.get(kind, _SUCCESS) if kind != "JOB" else self.outcome or _SUCCESS
        if kind == "JOB":
            self.spend(self.duration)
        return outcome.of(before)

    def record(self, code: int | None) -> None:
        """Count an attempt that ended so."""
        self.count += 1
        self._end(code)

    def _end(self, code: int | None) -> None:
        self.exit_code = code
        self.killed = code is KILLED

    def record_failure(self, code: int | None) -> None:
        """Count an attempt that failed, even without an exit code."""
        self.record(code)
        self.killed = False


CURRENT: contextvars.ContextVar[Attempts] = contextvars.ContextVar("attempts")
"""The attempts of the node whose task function is running."""


@dataclass(frozen=True, slots=True)
class Here:
    """When an attempt begins, and the Flyte Admin that it finds.

    With `timeless`, start times of jobs have come.
    """

    begun: datetime
    admin: Any
    timeless: bool = False


HERE: contextvars.ContextVar[Here | None] = contextvars.ContextVar("here", default=None)
"""Where the running task function is in simulated time; None in a run without other workflows."""


def helpers(source: str, processes: Processes, *, execute: bool) -> ModuleType:
    """The run-time helpers as a module that records each command and wait in CURRENT.

    With `execute` commands and waits really run, except those of nodes with a planned outcome. The
    source may lack helpers that its modules do not use.
    """
    runtime = ModuleType("job_runtime")
    exec(_compiled(source), vars(runtime))
    names = vars(runtime)
    # Each rehearsal adds a filter of its own.
    logger.removeFilter(names.get("is_to_be_logged"))
    for name, recorder in _RECORDERS.items():
        if name in names:
            names[name] = recorder(names, names[name], execute=execute)
    names["subprocess"] = processes.module()
    if not execute:
        names["print"] = lambda *_, **__: None
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
                attempts.record_failure(failure.code)
                raise
            attempts.elapse(monotonic() - begun)
            attempts.record(code)
        if code is KILLED:
            raise killed.at_limit(what)
        if code:
            raise failed.of_code(code, what)
        return 0

    return waited


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


def _simulated_now(
    names: Mapping[str, Any], now: Callable[[], datetime], *, execute: bool
) -> Callable[[], datetime]:
    def simulated() -> datetime:
        here = HERE.get()
        if here is None:
            return now()
        attempts = CURRENT.get()
        return here.begun + timedelta(seconds=attempts.seconds - attempts.before)

    return simulated


def _simulated_admin(
    names: Mapping[str, Any], flyte_admin: Callable[..., Any], *, execute: bool
) -> Callable[..., Any]:
    def simulated(*place: str) -> Any:
        here = HERE.get()
        return here.admin if here else flyte_admin(*place)

    return simulated


def _simulated_platform(
    names: Mapping[str, Any], on_platform: Callable[[], bool], *, execute: bool
) -> Callable[[], bool]:
    return lambda: HERE.get() is not None or on_platform()


def _simulated_context(
    names: Mapping[str, Any], current_context: Callable[[], Any], *, execute: bool
) -> Callable[[], Any]:
    def simulated() -> Any:
        here = HERE.get()
        if here is None:
            return current_context()
        return SimpleNamespace(execution_id=SimpleNamespace(name=here.admin.here.name))

    return simulated


def _simulated_sleep(names: Mapping[str, Any], time: ModuleType, *, execute: bool) -> Any:
    if execute:
        return time
    return SimpleNamespace(sleep=lambda seconds: CURRENT.get().spend(seconds))


def _simulated_times(
    names: Mapping[str, Any], not_before: Callable[..., str], *, execute: bool
) -> Callable[..., str]:
    def simulated(*arguments: Any, **options: Any) -> str:
        here = HERE.get()
        return "" if here is None or here.timeless else not_before(*arguments, **options)

    return simulated


def _recorded_tell(
    names: Mapping[str, Any], tell: Callable[..., str], *, execute: bool
) -> Callable[..., str]:
    def recorded(*cuts: Any) -> str:
        CURRENT.get().told += cuts
        return tell(*cuts)

    return recorded


_RECORDERS: Mapping[str, Callable[..., Callable[..., Any]]] = {
    "_execute": _recorded_command,
    "_part": _recorded_part,
    "_read_outputs": _told_outputs,
    "approved": _recorded_wait,
    "blocked": _recorded_block,
    "current_context": _simulated_context,
    "flyte_admin": _simulated_admin,
    "not_before": _simulated_times,
    "now": _simulated_now,
    "on_platform": _simulated_platform,
    "tell": _recorded_tell,
    "time": _simulated_sleep,
    "run_node": _tried_node,
    "wait_for_file": _recorded_wait,
    "wait_for_run": _recorded_wait,
}
"""Makes the replacement of a helper, from all helpers and the helper itself."""


def _limit_of(attempts: Attempts, limit: timedelta | None) -> tuple[timedelta | None, bool]:
    """The time that a command has; True if its own limit sets it, False if its container does."""
    left = attempts.left
    if left is None or (limit is not None and limit.total_seconds() <= left):
        return limit, True
    return timedelta(seconds=left), False
