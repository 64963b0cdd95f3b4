"""The comparison of recorded runs with an estate, as JSON values."""

from typing import Any

from transpile.model.run_log import JobRun, Period
from transpile.proof.histories import histories_of
from transpile.report.observed import CheckedNetwork, Observed, Side


def observed_json(found: Observed) -> dict[str, Any]:
    """The comparison as JSON; times are in the zone of the scheduler."""
    return {
        "timezone": found.zone,
        "files": [
            {
                "file": file.name,
                "format": file.title,
                "holds": file.listed.extent.value,
                "runs": len(file.listed.runs),
                "without_run": file.listed.idle,
                "not_understood": [
                    {"line": number, "text": text} for number, text in file.listed.unread
                ],
            }
            for file in found.files
        ],
        "networks": [_network_json(network) for network in found.networks],
        "unknown_jobs": list(found.unknown),
        "too_old": found.old,
    }


def _network_json(network: CheckedNetwork) -> dict[str, Any]:
    period = network.period
    return {
        "network": network.title,
        "dialect": network.dialect,
        "from": period.local(period.begin).isoformat(),
        "to": period.local(period.end).isoformat(),
        "runs": len(network.log.runs),
        "rules": _side_json(network.rules, period),
        "launch_plans": _side_json(network.plans, period),
        "readings": dict(network.readings),
        "jobs_without_record": list(network.unlisted),
        "jobs": {
            job: {
                "runs": history.runs,
                "median_seconds": history.median,
                "p95_seconds": history.late,
                "outcomes": {state.value: n for state, n in history.outcomes.items()},
            }
            for job, history in histories_of(network.log).items()
        },
    }


def _side_json(side: Side | None, period: Period) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "jobs": len(side.jobs),
        "agreeing": side.comparison.agreeing,
        "differences": [
            {
                "job": each.job,
                "kind": each.kind.value,
                "recorded": _run_json(each.first, period),
                "found": _run_json(each.second, period),
                "class": remark and remark.cause.value,
                "why": remark and remark.text,
            }
            for each, remark in side.differences
        ],
    }


def _run_json(run: JobRun | None, period: Period) -> dict[str, Any] | None:
    if run is None:
        return None
    return {
        "start": period.local(run.start).isoformat(),
        "end": None if run.end is None else period.local(run.end).isoformat(),
        "state": run.state and run.state.value,
        "exit_code": run.code,
    }
