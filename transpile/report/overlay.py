"""Overlays: how the jobs of a run ended, laid over drawings.

A job with several runs has the status of the last one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple


class Status(Enum):
    """How a job ended, the most striking first. UNKNOWN: the run has no record of it."""

    FAILED = "failed"
    TERMINATED = "terminated"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """The status in words."""
        return _WORDS.get(self, self.value)


_WORDS = {Status.SKIPPED: "did not run", Status.UNKNOWN: "no record"}


class Trace(NamedTuple):
    """What a drawing shows of a job: its status, a short text and a long one."""

    status: Status
    short: str
    long: str


class Run(NamedTuple):
    """One run; moments are ISO texts, or seconds since the start of the workflow."""

    status: Status
    start: str | float | None = None
    end: str | float | None = None
    code: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The runs of a job: the last one, and how many there were of each status."""

    last: Run
    counts: Mapping[Status, int]

    @classmethod
    def of(cls, runs: Collection[Run]) -> "Record":
        """The record of some runs in order of time."""
        *_, last = runs
        return cls(last, counted(run.status for run in runs))

    def trace(self) -> Trace:
        """What a drawing shows."""
        last, status = self.last, self.last.status
        long = [status.words + (f", exit code {last.code}" if last.code else ""), *_times(last)]
        several = sum(self.counts.values())
        if several > 1:
            long.append(f"{several:,} runs: {_shown(self.counts)}")
        short = status.words + (f" ({last.code})" if last.code else "") + _span(last)
        return Trace(status, short, "; ".join([*long, *([last.why] if last.why else [])]))


UNRECORDED = Trace(Status.UNKNOWN, Status.UNKNOWN.words, "no record of it in this run")


@dataclass(frozen=True, slots=True)
class Traces:
    """The traces of the jobs of one workflow, and its own if the run says how it ended."""

    jobs: Mapping[str, Trace]
    own: Trace | None = None

    def of(self, job: str) -> Trace:
        """The trace of a job."""
        return self.jobs.get(job, UNRECORDED)

    def whole(self, jobs: Iterable[str]) -> Trace:
        """The trace of the workflow, which has these jobs."""
        return self.own or summary(map(self.of, jobs), "job")


@dataclass(frozen=True, slots=True)
class Overlay:
    """The records of the jobs of a run by workflow, None where the run names none.

    `name` is that of its file, `workflows` says how workflows ended.
    """

    name: str
    jobs: Mapping[str | None, Mapping[str, Record]]
    workflows: Mapping[str, Record]

    def traces(self, workflow: str, names: Iterable[str]) -> Traces:
        """The traces of the jobs of these names in a workflow."""
        known = {**self.jobs.get(None, {}), **self.jobs.get(workflow, {})}
        own = self.workflows.get(workflow)
        found = {name: known[name].trace() for name in names if name in known}
        return Traces(found, own.trace() if own else None)

    def strangers(self, known: Mapping[str, Collection[str]]) -> list[str]:
        """The jobs that none of the workflows has; `known` are the jobs by workflow."""
        every = {name for names in known.values() for name in names}
        return sorted(
            {
                name
                for workflow, jobs in self.jobs.items()
                for name in jobs
                if name not in (every if workflow is None else known.get(workflow, ()))
            }
        )


def summary(traces: Iterable[Trace], word: str) -> Trace:
    """One trace of several jobs or workflows: the most striking status, and how many have which."""
    counts = counted(trace.status for trace in traces)
    status = next((status for status in Status if counts.get(status)), Status.UNKNOWN)
    total = sum(counts.values())
    ended = counts.get(status, 0)
    short = f"{ended:,} of {total:,} {status.words}"
    return Trace(status, short, f"{total:,} {word}{'s' * (total != 1)}: {_shown(counts)}")


def counted(statuses: Iterable[Status]) -> dict[Status, int]:
    """How many there are of each status, the most striking first."""
    found = dict.fromkeys(Status, 0)
    for status in statuses:
        found[status] += 1
    return {status: number for status, number in found.items() if number}


def _shown(counts: Mapping[Status, int]) -> str:
    return ", ".join(f"{number:,} {status.words}" for status, number in counts.items())


def _times(run: Run) -> list[str]:
    """From when to when a run took, in words."""
    if run.start is None:
        return []
    return [
        (
            f"{_moment(run.start)} to {_moment(run.end)}"
            if run.end is not None
            else f"since {_moment(run.start)}"
        )
    ]


def _moment(moment: str | float | None) -> str:
    if isinstance(moment, str):
        found = datetime.fromisoformat(moment)
        return f"{found:%Y-%m-%d %H:%M:%S}{f' ({found.tzname()})' if found.tzname() else ''}"
    return f"{moment:g} s"


def _span(run: Run) -> str:
    """From when to when a run took, as short as a node needs it."""
    if run.start is None:
        return ""
    return f" {_clock(run.start)}–{_clock(run.end) if run.end is not None else ''}"


def _clock(moment: str | float) -> str:
    if isinstance(moment, str):
        return f"{datetime.fromisoformat(moment):%H:%M:%S}"
    return f"{moment:g}s"
