"""How runs end, as somebody says it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from transpile.model.outcome import KILLED
from transpile.model.run_log import Operation, RunEnd


class WrongRuns(ValueError):
    """A file of run ends that makes no sense."""


@dataclass(frozen=True, slots=True)
class GivenEnds:
    """Ends by run, `JOB#n` counted from 1, by job, and for all others."""

    default: RunEnd = field(default_factory=RunEnd)
    runs: Mapping[str, RunEnd] = field(default_factory=dict)

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        """The end of the n-th run of a job."""
        return self.runs.get(f"{job}#{number}") or self.runs.get(job) or self.default


def read_runs(text: str) -> tuple[GivenEnds, tuple[Operation, ...]]:
    """The ends of runs in a JSON text, and what operators do. Raises WrongRuns.

    {"default": [SECONDS, CODE], "runs": {"JOB#n": [SECONDS, CODE]},
     "operations": [{"at": TIME, "event": EVENT, "name": JOB, "value": TEXT}]}; a CODE of null is a
    kill, a TIME is ISO with its offset.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongRuns(str(error)) from error
    if not isinstance(data, dict):
        raise WrongRuns("it must be an object")
    if unknown := sorted(data.keys() - {"default", "runs", "operations"}):
        raise WrongRuns(f"unknown key {unknown[0]!r}; the keys are default, operations, runs")
    runs = data.get("runs", {})
    if not isinstance(runs, dict):
        raise WrongRuns("runs must be an object")
    default = _end("default", data["default"]) if "default" in data else RunEnd()
    operations = data.get("operations", [])
    if not isinstance(operations, list):
        raise WrongRuns("operations must be a list")
    ends = GivenEnds(default, {key: _end(key, value) for key, value in runs.items()})
    return ends, tuple(map(_operation, operations))


def _end(key: str, value: Any) -> RunEnd:
    match value:
        case [int() | float() as seconds, int() | None as code] if not (
            isinstance(seconds, bool) or isinstance(code, bool)
        ):
            if 0 <= seconds < 1e9 and (code is KILLED or -(2**31) <= code < 2**31):
                return RunEnd(float(seconds), code)
    raise WrongRuns(f"{key}: {json.dumps(value)} is not [seconds, exit code]")


def _operation(value: Any) -> Operation:
    match value:
        case {"at": str(at), "event": str(event), "name": str(name), **rest}:
            try:
                moment = datetime.fromisoformat(at)
            except ValueError as error:
                raise WrongRuns(f"operations: {error}") from error
            if moment.tzinfo is None:
                raise WrongRuns(f"operations: {at} has no offset from UTC")
            given = rest.get("value", "")
            if isinstance(given, str):
                return Operation(moment, event.upper(), name, given)
    raise WrongRuns(f"operations: {json.dumps(value)} is not an object with at, event and name")
