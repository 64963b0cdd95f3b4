"""Commands that tasks run: named outcomes in their place, or the real ones, recorded."""

import contextvars
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import ModuleType
from typing import Any, NoReturn

from flytekit.loggers import logger

from transpile.rehearsal.processes import Processes
from transpile.semantics import KILLED, Outcome

_SUCCESS = Outcome()


@dataclass(slots=True)
class Attempts:
    """What the commands of one node did. `seconds` is what they took, `blocked` why it cannot.

    For a node with parts, `scripts` are the outcomes of its scripts, `parts` how often each ran.
    `outputs` are the values that it has for others, None where its command says.
    """

    outcome: Outcome | None
    duration: float
    timeout: float = 0.0
    count: int = 0
    exit_code: int | None = None
    killed: bool = False
    seconds: float = 0.0
    blocked: str | None = None
    scripts: Mapping[str, Outcome] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    tries: int = 0
    outputs: Mapping[str, str] | None = None

    def next(self, limit: float) -> int | None:
        """The exit code of the next attempt, or KILLED; a limit of 0 is none."""
        outcome = self.outcome or _SUCCESS
        code = outcome.of(self.count)
        limits = [seconds for seconds in (limit, self.timeout) if seconds]
        taken = min((self.duration, *limits))
        self.seconds += taken
        self.record(KILLED if taken < self.duration else code)
        return self.exit_code

    def next_part(self, kind: str) -> int | None:
        """The exit code of a part of a node, or KILLED; scripts take no time."""
        before = self.parts.get(kind, 0)
        self.parts[kind] = before + 1
        outcome = self.scripts.get(kind, _SUCCESS) if kind != "JOB" else self.outcome or _SUCCESS
        self.seconds += self.duration if kind == "JOB" else 0.0
        return outcome.of(before)

    def record(self, code: int | None) -> None:
        """One more attempt ended like this."""
        self.count += 1
        self.exit_code = code
        self.killed = code is KILLED


CURRENT: contextvars.ContextVar[Attempts] = contextvars.ContextVar("attempts")
"""The node whose task function is running."""


def helpers(source: str, processes: Processes, *, execute: bool) -> ModuleType:
    """The run-time helpers, with each command and each wait recorded at the node that runs it.

    Unless `execute`, and for nodes with an outcome of their own, none of them takes place.
    """
    runtime = ModuleType("job_runtime")
    exec(compile(source, "job_runtime.py", "exec"), vars(runtime))
    names = vars(runtime)
    # The next rehearsal brings its own.
    logger.removeFilter(names.get("is_to_be_logged"))
    run_command: Callable[..., int] = names["_execute"]
    block: Callable[[str, str], NoReturn] = names["blocked"]

    def recorded(
        script: str, shell: str, env: Mapping[str, str], time_limit: timedelta | None
    ) -> int:
        attempts = CURRENT.get()
        if attempts.outcome is not None or not execute:
            code = attempts.next(time_limit.total_seconds() if time_limit else 0.0)
            return names["TIMED_OUT"] if code is KILLED else code
        status = run_command(script, shell, env, time_limit or _limit_of(attempts))
        attempts.record(KILLED if _is_kill(status, names) else status)
        if status == -names["signal"].SIGUSR1:
            attempts.exit_code, attempts.killed = None, False
        return status

    def recorded_block(code: str, reason: str) -> NoReturn:
        CURRENT.get().blocked = f"{code}: {reason}"
        block(code, reason)

    read_outputs: Callable[[str], str] = names["_read_outputs"]

    def told_outputs(path: str) -> str:
        outputs = CURRENT.get().outputs
        return read_outputs(path) if outputs is None else json.dumps(dict(outputs))

    names.update(_execute=recorded, blocked=recorded_block, subprocess=processes.module())
    names["_read_outputs"] = told_outputs
    _record_waits(names, execute=execute)
    _record_nodes(names, execute=execute)
    if not execute:
        names["print"] = _keep_quiet
    return runtime


def _record_waits(names: dict[str, Any], *, execute: bool) -> None:
    """Record each wait for a file, or for a run on the platform."""
    for name in ("wait_for_file", "wait_for_run", "approved"):
        names[name] = _recorded_wait(names, names[name], execute=execute)


def _recorded_wait(
    names: dict[str, Any], wait: Callable[..., int], *, execute: bool
) -> Callable[..., int]:
    def waited(what: str, *, time_limit: timedelta | None = None, **options: Any) -> int:
        attempts = CURRENT.get()
        names["require_values"]([what])
        if attempts.outcome is not None or not execute:
            code = attempts.next(time_limit.total_seconds() if time_limit else 0.0)
        else:
            limit = time_limit or _limit_of(attempts)
            try:
                code = wait(what, time_limit=limit, **options)
            except names["Killed"]:
                code = KILLED
            attempts.record(code)
        if code is KILLED:
            raise names["Killed"]("time limit", what)
        if code:
            raise names["Failure"](f"exit code {code}", what, code)
        return 0

    return waited


def _record_nodes(names: dict[str, Any], *, execute: bool) -> None:
    """Record each attempt of a node that has parts, and each part."""
    run_part: Callable[..., int] = names["_part"]
    run_node: Callable[..., int] = names["run_node"]

    def recorded_part(kind: str, part: Mapping[str, Any], values: Mapping[str, str]) -> int:
        attempts = CURRENT.get()
        names["require_values"](part.get("env", {}).values())
        told = attempts.outcome is not None if kind == "JOB" else kind in attempts.scripts
        if told or not execute:
            code = attempts.next_part(kind)
        else:
            counted = attempts.count
            status = run_part(kind, part, values)
            attempts.count = counted
            code = KILLED if status < 0 else status
        attempts.exit_code = code
        attempts.killed = code is KILLED
        return -names["signal"].SIGKILL if code is KILLED else code

    def tried_node(*jobs: Mapping[str, Any], **options: Any) -> int:
        attempts = CURRENT.get()
        attempts.count += 1
        attempts.tries += 1
        return run_node(*jobs, **{"attempt": attempts.tries - 1, **options})

    names.update(_part=recorded_part, run_node=tried_node)


def _limit_of(attempts: Attempts) -> timedelta | None:
    return timedelta(seconds=attempts.timeout) if attempts.timeout else None


def _keep_quiet(*words: object, **options: object) -> None:
    """Nothing has run, so that there is nothing to say."""


def _is_kill(status: int, names: Mapping[str, Any]) -> bool:
    return status < 0 and status != -names["signal"].SIGUSR1
