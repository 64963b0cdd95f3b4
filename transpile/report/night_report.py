"""What `verify --days` found, as JSON values."""

from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from transpile.findings.diagnostics import Diagnostic
from transpile.model.outcome import State
from transpile.model.run_log import Cause, JobRun, Period
from transpile.proof.day_classes import REMEDIES
from transpile.proof.night_verdicts import NightVerdict, ShownDifference, WorkflowNights
from transpile.proof.strategic_days import StrategicDay

UNEXPLAINED = "unexplained"

WORDS = {State.SUCCEEDED: "SUCCESS", State.FAILED: "FAILURE", State.TERMINATED: "TERMINATED"}
"""The states in which a run ends, as schedulers call them."""


@dataclass(frozen=True, slots=True)
class PlayedPeriod:
    """A period that scenarios play, and why it was chosen."""

    period: Period
    days: tuple[StrategicDay, ...]


@dataclass(frozen=True, slots=True)
class NightResult:
    """The verdict, the periods, the errors of the conversion, and the rules that accept nothing."""

    verdict: NightVerdict
    periods: tuple[PlayedPeriod, ...]
    errors: tuple[Diagnostic, ...]
    unused: tuple[str, ...]


def class_of(cause: Cause | None) -> str:
    """The name of a class."""
    return cause.value if cause else UNEXPLAINED


def nights_json(result: NightResult) -> dict[str, Any]:
    """The result as JSON values; moments are ISO texts in UTC."""
    verdict = result.verdict
    return {
        "scenarios": verdict.scenarios,
        "periods": [_period_json(found) for found in result.periods],
        "workflows": [_workflow_json(found) for found in verdict.workflows.values()],
        "classes": {
            cause.value: {"what": what, "remedy": remedy}
            for cause, (what, remedy) in REMEDIES.items()
            if any(cause in found.causes for found in verdict.workflows.values())
        },
        "readings": dict(verdict.readings),
        "accepting_nothing": list(result.unused),
        "not_converted": [
            {"job": d.job, "code": d.code, "message": d.message} for d in result.errors
        ],
    }


def _period_json(found: PlayedPeriod) -> dict[str, Any]:
    period = found.period
    return {
        "from": period.local(period.begin).isoformat(),
        "to": period.local(period.end).isoformat(),
        "zone": period.zone,
        "because": [{"day": each.day.isoformat(), "why": each.why} for each in found.days],
    }


def _workflow_json(found: WorkflowNights) -> dict[str, Any]:
    return {
        "name": found.name,
        "days": len(found.days),
        "equal_days": found.equal_days,
        "agreeing_runs": found.agreeing,
        "differences": {class_of(cause): number for cause, number in found.causes.items()},
        "accepted": sum(found.accepted.values()),
        "by_day": _by_day(found),
        "shown": [_difference_json(each) for each in found.shown],
    }


def _by_day(found: WorkflowNights) -> dict[str, dict[str, int]]:
    """The differences of each day that has some, by class."""
    days: dict[date, dict[str, int]] = {}
    for (day, cause), number in sorted(found.differing.items(), key=lambda item: item[0][0]):
        days.setdefault(day, {})[class_of(cause)] = number
    return {day.isoformat(): classes for day, classes in days.items()}


def _difference_json(found: ShownDifference) -> dict[str, Any]:
    explained = found.explained
    return {
        "scenario": found.scenario,
        "day": found.day.isoformat(),
        "job": explained.job,
        "difference": explained.difference.kind.value,
        "class": class_of(explained.cause),
        "why": explained.remark.text if explained.remark else None,
        "follows_from": explained.root or None,
        "source": [run_json(run) for run in found.source],
        "platform": [run_json(run) for run in found.platform],
    }


def run_json(run: JobRun) -> dict[str, Any]:
    """A run as JSON values; a run that goes on has neither end nor status."""
    return {
        "job": run.job,
        "start": iso(run.start),
        "end": iso(run.end) if run.end and run.state in WORDS else None,
        "status": WORDS.get(run.state) if run.state else None,
    }


def iso(moment: datetime) -> str:
    """A moment as an ISO text in UTC."""
    return moment.astimezone(timezone.utc).isoformat()
