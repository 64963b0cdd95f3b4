"""What the runs of a log say about each job: durations, outcomes, and how it will end."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from transpile.model.outcome import KILLED, State
from transpile.model.run_log import JobRun, RunEnd, RunLog

REPLAYED = timedelta(hours=12)
"""A run ends as the recorded one that starts nearest, if that is at most so far away."""


@dataclass(frozen=True, slots=True)
class JobHistory:
    """The ended runs of a job: how many, their seconds, and how often each outcome occurred.

    `late` is the 95th percentile of the seconds.
    """

    runs: int
    median: float
    late: float
    outcomes: Mapping[State, int]


def histories_of(log: RunLog) -> dict[str, JobHistory]:
    """The history of each job with a run that ended."""
    ended: dict[str, list[JobRun]] = {}
    for run in log.runs:
        if run.end is not None:
            ended.setdefault(run.job, []).append(run)
    return {job: _history(runs) for job, runs in sorted(ended.items())}


def _history(runs: list[JobRun]) -> JobHistory:
    seconds = [seconds_of(run) for run in runs]
    late = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    outcomes = Counter(run.state for run in runs if run.state is not None)
    return JobHistory(len(runs), median(seconds), late, dict(outcomes))


def seconds_of(run: JobRun) -> float:
    """The duration of a run that has ended."""
    assert run.end is not None
    return (run.end - run.start).total_seconds()


class RecordedEnds:
    """Runs end as those of a log did: after the same time, with the same exit code.

    A run that is far from all recorded ones takes the median time and has the exit code of most of
    them; a job without recorded ends takes the seconds of `durations`, else those of RunEnd. A
    failed run has taken all its attempts, 1 + `retries`, which take the same time each.
    """

    def __init__(
        self,
        log: RunLog,
        durations: Mapping[str, float] | None = None,
        retries: Mapping[str, int] | None = None,
    ) -> None:
        runs: dict[str, list[JobRun]] = {}
        for run in sorted(log.runs, key=lambda run: run.start):
            if run.end is not None:
                runs.setdefault(run.job, []).append(run)
        attempts = {job: 1 + number for job, number in (retries or {}).items()}
        self._runs = {
            job: ([r.start for r in found], [_end(r, attempts.get(job, 1)) for r in found])
            for job, found in runs.items()
        }
        self._usual = {job: _usual(ends) for job, (_, ends) in self._runs.items()}
        self._durations = durations or {}

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        """The end of a run of the job that starts at this moment (UTC)."""
        if job not in self._runs:
            seconds = self._durations.get(job)
            return RunEnd() if seconds is None else RunEnd(seconds)
        starts, ends = self._runs[job]
        place = bisect_left(starts, start)
        around = range(max(place - 1, 0), min(place + 1, len(starts)))
        near = min(around, key=lambda n: abs(starts[n] - start))
        return ends[near] if abs(starts[near] - start) <= REPLAYED else self._usual[job]


def _end(run: JobRun, attempts: int) -> RunEnd:
    """How each attempt of a recorded run ends."""
    return RunEnd(seconds_of(run) / (attempts if run.state is State.FAILED else 1), _code(run))


def _usual(ends: Sequence[RunEnd]) -> RunEnd:
    codes = Counter(end.code for end in ends)
    return RunEnd(median(end.seconds for end in ends), codes.most_common(1)[0][0])


def _code(run: JobRun) -> int | None:
    """The exit code of a recorded run, or one that leads to its state."""
    if run.state is State.TERMINATED:
        return KILLED
    if run.state is State.FAILED:
        return run.code if run.code not in (None, 0) else 1
    return run.code or 0
