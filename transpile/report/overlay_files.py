"""Reads overlays: the JSON of dry-run and of `verify --observed`, and run logs."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from transpile.model.run_log import JobRun
from transpile.report.overlay import Overlay, Record, Run, Status

MOST = 10**12
"""Numbers are smaller."""

MOST_WHY = 200
"""Characters of the reason why a job did not run."""

_STATUSES = {
    **{status.value: status for status in Status if status is not Status.UNKNOWN},
    "not_run": Status.SKIPPED,
    "success": Status.SUCCEEDED,
    "failure": Status.FAILED,
    "aborted": Status.TERMINATED,
    "not reached": Status.SKIPPED,
    "unfinished": Status.FAILED,
}
"""Statuses by their names in files, in lower case."""

_FORMS = "the JSON of dry-run, of dry-run --by, or of verify --observed"


class WrongOverlay(ValueError):
    """A file that is no overlay."""


def read_overlay(name: str, text: str) -> Overlay:
    """The overlay in a JSON text. Raises WrongOverlay."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongOverlay(f"it is not JSON: {error}") from error
    found = _Collected()
    if isinstance(data, list):
        data = {"executions": data}
    elif isinstance(data, dict) and "workflow" in data:
        data = {"executions": [data]}
    if not isinstance(data, dict) or not data.keys() & {"executions", "runs", "networks"}:
        raise WrongOverlay(f"it must be {_FORMS}")
    for key, value in data.items():
        if add := _LISTS.get(key):
            for number, row in enumerate(_list(value, key)):
                add(found, row, f"{key}[{number}]")
    return found.overlay(name)


def overlay_of(name: str, runs: Iterable[JobRun]) -> Overlay:
    """The overlay of recorded runs."""
    found = _Collected()
    for run in runs:
        status = _ended(run.state.value if run.state else None, run.end, "status")
        end = run.end.isoformat() if run.end else None
        found.runs(None, run.job).append(Run(status, run.start.isoformat(), end, run.code))
    return found.overlay(name)


class _Collected:
    """The runs that were read."""

    def __init__(self) -> None:
        self.workflows: dict[str, list[Run]] = {}
        self._runs: dict[str | None, dict[str, list[Run]]] = {}
        self._records: dict[str, Record] = {}

    def runs(self, workflow: str | None, job: str) -> list[Run]:
        return self._runs.setdefault(workflow, {}).setdefault(job, [])

    def add_workflow(self, run: Any, where: str) -> None:
        """Add a run of a workflow, as dry-run prints it."""
        found = _table(run, where)
        workflow = _text(found.get("workflow"), f"{where}.workflow")
        self.workflows.setdefault(workflow, []).append(_run(found, where))
        for job, ended in _table(found.get("jobs"), f"{where}.jobs").items():
            self.runs(workflow, job).append(_run(ended, f"{where}.jobs.{job}"))

    def add_run(self, run: Any, where: str) -> None:
        """Add a run of a run log; with a workflow, one as dry-run prints it."""
        found = _table(run, where)
        if "workflow" in found:
            self.add_workflow(found, where)
            return
        start, end = (_moment(found.get(key), f"{where}.{key}") for key in ("start", "end"))
        status = _ended(found.get("status"), end, f"{where}.status")
        self.runs(None, _text(found.get("job"), f"{where}.job")).append(Run(status, start, end))

    def add_idle(self, workflow: Any, where: str) -> None:
        """Add a workflow that never started."""
        self.workflows.setdefault(_text(workflow, where), []).append(Run(Status.SKIPPED))

    def add_histories(self, network: Any, where: str) -> None:
        """Add the outcomes of jobs that `verify --observed` counts; the most striking one shows."""
        jobs = _table(_table(network, where).get("jobs"), f"{where}.jobs")
        for job, history in jobs.items():
            place = f"{where}.jobs.{job}"
            outcomes = _table(_table(history, place).get("outcomes"), f"{place}.outcomes")
            counts = {
                _status(word, place): _count(number, place) for word, number in outcomes.items()
            }
            ordered = {status: counts[status] for status in Status if counts.get(status)}
            if ordered:
                self._records[job] = Record(Run(next(iter(ordered))), ordered)

    def overlay(self, name: str) -> Overlay:
        records: dict[str | None, Mapping[str, Record]] = {
            workflow: {job: Record.of(runs) for job, runs in jobs.items()}
            for workflow, jobs in self._runs.items()
        }
        if self._records:
            records[None] = {**self._records, **records.get(None, {})}
        workflows = {workflow: Record.of(runs) for workflow, runs in self.workflows.items()}
        return Overlay(name, records, workflows)


_LISTS: dict[str, Callable[[_Collected, Any, str], None]] = {
    "executions": _Collected.add_workflow,
    "never_started": _Collected.add_idle,
    "runs": _Collected.add_run,
    "networks": _Collected.add_histories,
}
"""How the rows of each list in a file are read."""


def _run(value: Any, where: str) -> Run:
    found = _table(value, where)
    why = found.get("why")
    return Run(
        _status(found.get("state"), f"{where}.state"),
        _moment(found.get("start"), f"{where}.start"),
        _moment(found.get("end"), f"{where}.end"),
        (
            None
            if found.get("exit_code") is None
            else _count(found["exit_code"], f"{where}.exit_code")
        ),
        _text(why, f"{where}.why")[:MOST_WHY] if why is not None else "",
    )


def _ended(word: Any, end: object, where: str) -> Status:
    """The status of a run in a log; without one it goes on, or ended in an unknown way."""
    if word is None:
        return Status.UNKNOWN if end is not None else Status.RUNNING
    return _status(word, where)


def _status(value: Any, where: str) -> Status:
    found = _STATUSES.get(value.lower()) if isinstance(value, str) else None
    if found is None:
        raise WrongOverlay(f"{where.lstrip('.')}: {value!r} is no status")
    return found


def _moment(value: Any, where: str) -> str | float | None:
    """An ISO text or a number of seconds."""
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value).isoformat()
        except ValueError:
            pass
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MOST:
        return value
    raise WrongOverlay(f"{where.lstrip('.')}: {value!r} is no time")


def _count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= MOST:
        raise WrongOverlay(f"{where.lstrip('.')}: {value!r} is no number")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise WrongOverlay(f"{where.lstrip('.')}: {value!r} is no text")
    return value


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise WrongOverlay(f"{where.lstrip('.') or 'it'}: must be a table")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise WrongOverlay(f"{where}: must be a list")
    return value
