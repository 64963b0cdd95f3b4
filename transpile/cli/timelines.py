"""Plays the workflows of an estate in one timeline, and shows a day of it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.table import Table

from transpile.cli.console import cell, echo, wide_console
from transpile.cli.legacy import LegacyPlay
from transpile.cli.outcomes import NO_DATES, Dated
from transpile.cli.runs import STYLES
from transpile.cli.subjects import Target
from transpile.model.outcome import State
from transpile.model.run_log import JobRun
from transpile.proof.executions import Phase
from transpile.proof.plays import LostStart, Part, Play, Programme, Waited, waits_of, zone_of
from transpile.proof.rehearse import Plan
from transpile.proof.result import JobResult
from transpile.proof.timeline import Course, Timeline
from transpile.report.run_report import job_json

DAY = timedelta(days=1)
ON_LEGACY = "on the legacy side"


class Shown:
    """A timeline that was played, for some days from `begin`, a moment or a local time.

    The `dated` outcomes are those of runs that start on a local day. `reached` gets the number of
    days that have passed, again and again. `legacy` are the runs of jobs of the legacy side, None
    if all jobs have moved, or if nothing is known of it.
    """

    def __init__(
        self,
        targets: Sequence[tuple[Target, Plan]],
        begin: datetime | None,
        days: int = 1,
        dated: Dated = NO_DATES,
        reached: Callable[[int], None] = lambda _: None,
        legacy: LegacyPlay | None = None,
    ) -> None:
        parts = [Part(t.rehearsal, t.workflow, t.planned(plan), unit=t.unit) for t, plan in targets]
        self._targets = {id(p): t for p, (t, _) in zip(parts, targets, strict=True)}
        name = zone_of(parts)
        self._zone: tzinfo = (begin and begin.tzinfo) or ZoneInfo(name)
        today = datetime.now(self._zone).replace(hour=0, minute=0, second=0, microsecond=0)
        self._begin = (begin or today).replace(tzinfo=self._zone)
        self._name = name if isinstance(self._zone, ZoneInfo) else str(self._zone)
        self._end = self._begin + days * DAY
        moments = [each.astimezone(timezone.utc) for each in (self._begin, self._end)]
        side = legacy.play(moments[0], moments[1], self._zone) if legacy else None
        self.legacy: list[JobRun] | None = legacy.runs if legacy else None
        ends = dated.ends(self._targets.values(), self._zone) if dated else None

        def ended(play: Play) -> None:
            reached(min(days, int((play.ended or 0) // DAY.total_seconds())))

        self.timeline = Timeline(
            Programme(parts, *moments), Course(ends=ends, ended=ended, legacy=side)
        )
        self.timeline.play()

    @property
    def is_good(self) -> bool:
        """True if all executions have succeeded."""
        return all(play.phase is Phase.SUCCEEDED for play in self.plays)

    @property
    def plays(self) -> Iterator[Play]:
        """The executions of selected workflows."""
        return (play for play in self.timeline.plays if self._is_shown(play.part))

    @property
    def lost(self) -> Iterator[LostStart]:
        """The lost starts of selected workflows."""
        return (lost for lost in self.timeline.lost if self._is_shown(lost.starter.part))

    def _is_shown(self, part: Part) -> bool:
        return self._targets[id(part)].selected

    def _idle(self) -> Iterator[Part]:
        return filter(self._is_shown, self.timeline.idle())

    @property
    def period(self) -> str:
        """The period, in the zone of its days."""
        whole = f"{self.local(self._begin):%a %Y-%m-%d %H:%M}"
        return f"from {whole} to {self.local(self._end):%a %H:%M}, {self._name}"

    def jobs(self, play: Play) -> dict[str, JobResult]:
        """How the jobs of an execution ended."""
        target = self._targets[id(play.part)]
        good = play.phase is Phase.SUCCEEDED
        return target.result(play.part.plan, (good, play.records)).jobs

    # ---------------------------------------------------------------- text

    def show(self) -> None:
        """Print each execution with its jobs, then what did not start."""
        echo(f"one day {self.period}")
        shown = [
            (self.timeline.moment(play.began), partial(self._show_play, play))
            for play in self.plays
        ]
        shown += [(run.start, partial(self._show_legacy, run)) for run in self.legacy or ()]
        for _, show in sorted(shown, key=lambda each: each[0]):
            show()
        for lost in self.lost:
            echo(f"{self._time(lost.at)} {_lost(lost)}")
        for text in self.rest():
            echo(text)

    def _show_legacy(self, run: JobRun) -> None:
        state = run.state.shown if run.state else "running"
        end = f" at {self._clock(run.end)}" if run.end else ""
        echo(f"{self._clock(run.start)} {run.job} {ON_LEGACY}: {state}{end}")

    def rest(self) -> Iterator[str]:
        """What never started, and what still waits."""
        for part in self._idle():
            yield f"{part.title} never started"
        for play in self.plays:
            for wait in waits_of(play):
                if wait.end is None:
                    yield f"still waiting since {self._time(wait.start)}: {wait.what}"

    def _show_play(self, play: Play) -> None:
        ended = state_of(play)
        if play.rests:
            ended += ", nothing to start"
        elif play.ended is not None:
            ended += f" at {self._time(play.ended)}"
        click.secho(f"{self._time(play.began)} ", nl=False)
        echo(f"{play.title} started {play.why}: {ended}")
        if play.rests:
            return
        jobs, waits = self.jobs(play), list(waits_of(play))
        table = Table(box=None, pad_edge=False)
        for title in ("", "job", "state", "start", "end", ""):
            table.add_column(title, no_wrap=True)
        for name, job in jobs.items():
            state, style = job_state(job, play)
            times = ["" if t is None else self._time(t) for t in (job.start, job.end)]
            told = [self._waited(wait) for wait in waits if wait.job == name]
            is_open = state == "running" or any(w.end is None for w in waits if w.job == name)
            told += [job.why] if job.why and not is_open else []
            table.add_row(" ", cell(name), cell(state, style), *times, cell("; ".join(told)))
        wide_console().print(table)

    def _waited(self, wait: Waited) -> str:
        what = wait.what.removeprefix(f"{wait.job}: ")
        if wait.end is None:
            return f"waits: {what}"
        taken = timedelta(seconds=round(wait.end - wait.start))
        error = f", {wait.error}" if wait.error else ""
        return f"waited {taken}{error}: {what}"

    def local(self, moment: datetime) -> datetime:
        """A moment in the zone of the days."""
        return moment.astimezone(timezone.utc).astimezone(self._zone)

    def _time(self, seconds: float) -> str:
        return self._clock(self.timeline.moment(seconds))

    def _clock(self, moment: datetime) -> str:
        moment = self.local(moment)
        away = (moment.date() - self.local(self._begin).date()).days
        day = "" if not away else f"{moment:%a} " if away < 7 else f"{moment:%m-%d} "
        return f"{day}{moment:%H:%M:%S}"

    # ---------------------------------------------------------------- JSON

    def data(self) -> dict[str, Any]:
        """The timeline as JSON values; moments are texts in ISO format."""
        return {
            "from": self.local(self._begin).isoformat(),
            "to": self.local(self._end).isoformat(),
            "executions": [self._play_data(play) for play in self.plays],
            "lost": [
                {"workflow": lost.starter.part.workflow.name, "at": self._iso(lost.at)}
                for lost in self.lost
            ],
            "never_started": [part.workflow.name for part in self._idle()],
            **({} if self.legacy is None else {"legacy_side": [*map(self._run_data, self.legacy)]}),
        }

    def _run_data(self, run: JobRun) -> dict[str, Any]:
        times = {"start": run.start, "end": run.end}
        return {
            "job": run.job,
            **{key: at and self.local(at).isoformat() for key, at in times.items()},
            "state": run.state.shown if run.state else "running",
        }

    def _play_data(self, play: Play) -> dict[str, Any]:
        return {
            "workflow": play.part.workflow.name,
            "name": play.name,
            "started": play.why,
            "start": self._iso(play.began),
            "end": self._iso(play.ended),
            "state": state_of(play),
            "jobs": dict(self._job_data(play)),
            "waits": [
                {
                    "job": wait.job,
                    "for": wait.what,
                    "start": self._iso(wait.start),
                    "end": self._iso(wait.end),
                    "error": wait.error or None,
                }
                for wait in waits_of(play)
            ],
        }

    def _job_data(self, play: Play) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, job in self.jobs(play).items():
            state, _ = job_state(job, play)
            times = {"start": self._iso(job.start), "end": self._iso(job.end)}
            yield name, job_json(job) | times | {"state": state}

    def _iso(self, seconds: float | None) -> str | None:
        return None if seconds is None else self.local(self.timeline.moment(seconds)).isoformat()


def state_of(play: Play) -> str:
    """The state of an execution."""
    return play.phase.value


def job_state(job: JobResult, play: Play) -> tuple[str, str]:
    """The state of a job and its style; a box with a member that waits is running."""
    state = job.ending.state
    if state is State.UNFINISHED and not play.is_over:
        return "running", ""
    return state.shown, STYLES[state]


def _lost(lost: LostStart) -> str:
    workflow = lost.starter.part.title
    return f"{workflow} not started {lost.why}: the execution before goes on"
