"""What emitted workflows do over days: the runs of all jobs and boxes, as a log."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from transpile.model.outcome import Outcome
from transpile.model.run_log import Cause, JobRun, Period, Remark, RunEnds, RunLog
from transpile.proof.attempts import Asked
from transpile.proof.delays import NONE, Delays
from transpile.proof.legacy_side import LegacySide
from transpile.proof.platform_runs import FoundRun, RunsOf, tops
from transpile.proof.plays import LostStart, Part, Play, Programme, waits_of
from transpile.proof.timeline import Course, Outage, Timeline


class PlatformDays:
    """Plays the emitted workflows of an estate through a period, any number of times.

    Raises BadCron.
    """

    def __init__(self, parts: Sequence[Part], period: Period, delays: Delays = NONE) -> None:
        self._period = period
        self._delays = delays
        self._programme = Programme(parts, period.begin, period.end)
        self._runs = {id(part): RunsOf(part) for part in parts}
        self._asked = _asked_about(parts)
        self._submitted = frozenset(part.workflow.name for part in parts if part.submitted)

    def play(
        self,
        ends: RunEnds,
        outages: Sequence[Outage] = (),
        legacy: LegacySide | None = None,
    ) -> RunLog:
        """Run the workflows; nothing has run before the period, and nothing starts after it.

        The end of a run is asked for when its command starts, that of each retry again.
        """
        course = Course(
            delays=self._delays,
            outages=outages,
            stops=True,
            by_hand=self._submitted,
            filed=False,
            legacy=legacy,
        )
        return _Scenario(self._period, self._programme, self._runs, self._asked, course).play(ends)


def _asked_about(parts: Sequence[Part]) -> frozenset[str] | None:
    """The workflows about whose nodes emitted tasks ask; None if edited tasks may ask about any."""
    found: set[str] = set()
    for part in parts:
        if next(part.rehearsal.edited(part.workflow), None):
            return None
        for value in part.rehearsal.names.values():
            holds = getattr(value, "holds", None)
            if inspect.isfunction(holds):
                for job in inspect.getclosurevars(holds).globals.values():
                    found.update(filter(None, (getattr(job, "workflow", None),)))
                    found.update(getattr(job, "scheduled", ()))
    return frozenset(found)


@dataclass(slots=True)
class _Scenario:
    """One play, while it goes on."""

    _period: Period
    _programme: Programme
    _runs: dict[int, RunsOf]
    _asked: frozenset[str] | None
    _course: Course
    _found: list[tuple[float, int, FoundRun]] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _launched: dict[int, datetime] = field(default_factory=dict)

    def play(self, ends: RunEnds) -> RunLog:
        """Run everything; the log of it."""
        course = replace(self._course, ends=_asking(ends, self._counts), ended=self._end)
        timeline = Timeline(self._programme, course)
        timeline.play()
        for play in timeline.plays:
            if not play.is_over:
                self._note(play)
        remarks = sorted(self._remarks(timeline), key=lambda remark: remark.at)
        runs = tuple(self._numbered(timeline))
        timeline.close()
        return RunLog(runs, tuple(remarks))

    def _note(self, play: Play) -> None:
        runs = self._runs[id(play.part)].of(play)
        self._found += [(run.start, play.number, run) for run in runs]
        self._launched |= {id(run): play.scheduled for run in runs}

    def _end(self, play: Play) -> None:
        self._note(play)
        play.forget(wholly=self._asked is not None and play.workflow not in self._asked)

    def _numbered(self, timeline: Timeline) -> Iterator[JobRun]:
        """The runs in order of their starts; those of one moment in order of the executions.

        Runs of one job at one moment are in order of their numbers.
        """
        runs = [run for _, _, run in sorted(self._found, key=lambda found: found[:2])]
        of_job: dict[str, list[FoundRun]] = {}
        for run in runs:
            of_job.setdefault(run.job, []).append(run)
        for found in of_job.values():
            found.sort(key=lambda run: (run.start, run.number))
        queues = {job: enumerate(found, 1) for job, found in of_job.items()}
        for place in runs:
            number, run = next(queues[place.job])
            end = None if run.end is None else timeline.moment(run.end)
            start = timeline.moment(run.start)
            yield JobRun(
                job=run.job,
                number=run.number or number,
                start=start,
                end=end,
                state=run.state,
                code=run.code,
                launched=self._launched[id(run)],
            )

    # ---------------------------------------------------------------- remarks

    def _remarks(self, timeline: Timeline) -> Iterator[Remark]:
        for lost in timeline.lost:
            yield from self._lost(lost, timeline)
        yield from self._overlaps(timeline)
        yield from self._never()
        for play in timeline.plays:
            starter = play.starter
            if starter and starter.cron and self._is_late(play.scheduled):
                yield from self._late(play) if starter.is_start(play.scheduled) else ()
            if not play.is_over:
                for wait in waits_of(play):
                    if wait.end is None:
                        at = timeline.moment(wait.start)
                        what = wait.what.removeprefix(f"{wait.job}: ")
                        text = f"it still waits at the end of the period: {what}"
                        yield Remark(wait.job, at, Cause.OPEN_WAIT, text)

    def _lost(self, lost: LostStart, timeline: Timeline) -> Iterator[Remark]:
        at = timeline.moment(lost.at)
        during = self._shown(lost.during.created)
        late = lost.starter.cron and self._is_late(lost.scheduled)
        due = f", due at {self._shown(lost.scheduled)}," if late else ""
        for name in tops(lost.starter.part):
            text = f"a start {lost.why}{due} is lost: the execution of {during} goes on"
            yield Remark(name, at, Cause.LOST_TICK, text)

    def _overlaps(self, timeline: Timeline) -> Iterator[Remark]:
        """Executions that begin while another one of their workflow goes on."""
        latest: dict[int, Play] = {}
        for play in timeline.plays:
            key = id(play.part.rehearsal)
            before = latest.get(key)
            if before is not None and (before.ended is None or before.ended > play.began):
                for name in tops(play.part):
                    text = f"it starts while the execution of {self._shown(before.created)} goes on"
                    yield Remark(name, play.created, Cause.OVERLAP, text)
            if before is None or _end_of(play) >= _end_of(before):
                latest[key] = play

    def _is_late(self, due: datetime) -> bool:
        """True if the scheduler starts what is due at a moment only after an outage."""
        return self._course.actual(due) > due

    def _never(self) -> Iterator[Remark]:
        """The starts that do not come in the period, for the scheduler is down until its end."""
        for due, starter in self._programme.ticks:
            if self._course.actual(due) >= self._period.end and starter.is_start(due):
                for name in tops(starter.part):
                    text = "a start does not come in the period: the scheduler is down"
                    yield Remark(name, due, Cause.OUTAGE, text)

    def _late(self, play: Play) -> Iterator[Remark]:
        due = self._shown(play.scheduled)
        for name in tops(play.part):
            text = f"the start due at {due} comes when the scheduler is back"
            yield Remark(name, play.created, Cause.OUTAGE, text)

    def _shown(self, moment: datetime) -> str:
        return f"{self._period.local(moment):%Y-%m-%d %H:%M}"


def _asking(ends: RunEnds, counts: dict[str, int]) -> Callable[[str, datetime], Asked]:
    """Asks for the end of the next run of a job."""
    outcomes: dict[Any, Outcome] = {}

    def asked(job: str, start: datetime) -> Asked:
        number = counts[job] = counts.get(job, 0) + 1
        end = ends.of(job, number, start)
        outcome = outcomes.get(end.code)
        if outcome is None:
            outcome = outcomes[end.code] = Outcome((end.code,))
        return Asked(outcome, end.seconds, number)

    return asked


def _end_of(play: Play) -> float:
    return float("inf") if play.ended is None else play.ended
