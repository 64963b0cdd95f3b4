"""Runs and verdicts as JSON values."""

from typing import Any

from transpile.findings.diagnostics import Diagnostic
from transpile.model.outcome import Outcome, State
from transpile.proof.far_scenarios import shown
from transpile.proof.result import JobResult, Result
from transpile.proof.verify import Disagreement, Verdict


def run_json(result: Result) -> dict[str, Any]:
    """A run: how the workflow and each job in it ended. Times are seconds."""
    return {
        "workflow": result.workflow,
        "state": "succeeded" if result.succeeded else "failed",
        "jobs": {name: job_json(job) for name, job in result.jobs.items()},
        "critical_path": result.critical_path,
    }


def job_json(job: JobResult) -> dict[str, Any]:
    """How a job ended."""
    ran = job.ending.state is not State.NOT_RUN
    return {
        "state": job.ending.state.shown,
        "attempts": job.ending.attempts,
        "start": _rounded(job.start),
        "end": _rounded(job.end),
        "exit_code": job.ending.exit_code if ran else None,
        "why": job.why,
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def verdict_json(verdict: Verdict, not_proven: list[Diagnostic]) -> dict[str, Any]:
    """The verdict about a workflow, with the findings that leave something unproven."""
    return {
        "name": verdict.name,
        "scenarios": verdict.scenarios,
        "exhaustive": verdict.exhaustive,
        "agree": verdict.agree,
        "disagreements": [_disagreement(found) for found in verdict.disagreements],
        "problems": verdict.problems,
        "not_proven": [
            {"job": found.job, "code": found.code, "message": found.message} for found in not_proven
        ],
    }


def _disagreement(found: Disagreement) -> dict[str, Any]:
    scenario = found.scenario
    outcomes = {name: _outcome(outcome) for name, outcome in scenario.outcomes.items()}
    outcomes |= {f"$${name}": value for name, value in scenario.values.items()}
    return {
        "outcomes": outcomes | {job: shown(changes) for job, changes in scenario.far.items()},
        "job": found.difference.job,
        "source": found.difference.source,
        "emitted": found.difference.emitted,
    }


def _outcome(outcome: Outcome) -> Any:
    """The exit code of an attempt, or "killed"; a list for several attempts."""
    codes = ["killed" if code is None else code for code in outcome.codes]
    return codes[0] if len(codes) == 1 else codes
