"""Shows a timeline of several days: a heading a day, a line an execution, and what went wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from rich.table import Table

from transpile.cli.console import cell, echo, wide_console
from transpile.cli.runs import STYLES
from transpile.cli.timelines import ON_LEGACY, Shown, job_state, state_of
from transpile.model.outcome import State
from transpile.proof.plays import LostStart, Play, waits_of
from transpile.proof.result import JobResult

MOST_ALIKE = 3
"""Maximum number of alike lines about one workflow on a day."""

_STYLES = {State.SUCCEEDED.value: "green", State.FAILED.value: "bold red"}
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An execution, or a start that was lost, with lines about its jobs.

    Lines with one `sign` on one day are alike.
    """

    moment: datetime
    workflow: str
    state: str
    end: datetime | None = None
    note: str = ""
    jobs: Sequence[_Words] = field(default_factory=tuple)

    @property
    def sign(self) -> tuple[str, str, bool]:
        """What alike lines have in common; lines with jobs are like no other."""
        return self.workflow, self.state, bool(self.jobs)


def show_days(shown: Shown, days: int) -> None:
    """Print each day, then what never started and what still waits."""
    echo(f"{days} days {shown.period}")
    by_day: dict[date, list[Line]] = {}
    for line in sorted(_lines(shown), key=lambda line: line.moment):
        by_day.setdefault(line.moment.date(), []).append(line)
    for day, lines in by_day.items():
        echo("")
        echo(f"{day:%a %Y-%m-%d}")
        wide_console().print(_table(day, lines))
    rest = list(shown.rest())
    for text in ["", *rest] if rest else ():
        echo(text)


def _lines(shown: Shown) -> Iterator[Line]:
    timeline = shown.timeline
    for play in shown.plays:
        jobs = shown.jobs(play)
        began = shown.local(timeline.moment(play.began))
        end = None if play.ended is None else shown.local(timeline.moment(play.ended))
        ran = any(job.ending.state is not State.NOT_RUN for job in jobs.values())
        state = state_of(play) if ran or not play.is_over else "no job ran"
        told = tuple(_jobs(play, jobs, shown))
        yield Line(began, play.title, state, end, play.why, told)
    for run in shown.legacy or ():
        state, run_end = run.state.shown if run.state else "running", run.end and shown.local(
            run.end
        )
        yield Line(shown.local(run.start), run.job, state, run_end, ON_LEGACY)
    for lost in shown.lost:
        yield Line(shown.local(timeline.moment(lost.at)), *_lost(lost, shown))


def _lost(lost: LostStart, shown: Shown) -> tuple[str, str, None, str]:
    since = shown.local(lost.during.created)
    note = f"the execution of {since:%a %H:%M} goes on"
    return lost.starter.part.title, "not started", None, note


def _jobs(play: Play, jobs: dict[str, JobResult], shown: Shown) -> Iterator[_Words]:
    """The jobs that did not go well, each with its state, its end and why."""
    waits = {wait.job: wait for wait in waits_of(play) if wait.end is None}
    for name, job in jobs.items():
        state, _ = job_state(job, play)
        if name in waits:
            yield name, "waits", "", waits[name].what.removeprefix(f"{name}: ")
        elif state == "running" or job.ending.state in (State.FAILED, State.TERMINATED):
            yield name, state, _moment(shown, play, job.end), job.why or ""
        elif job.ending.state is State.UNFINISHED:
            yield name, state, "", job.why or ""


def _moment(shown: Shown, play: Play, seconds: float | None) -> str:
    if seconds is None:
        return ""
    timeline = shown.timeline
    day = shown.local(timeline.moment(play.began)).date()
    return _time(shown.local(timeline.moment(seconds)), day)


def _time(moment: datetime, day: date) -> str:
    """A time of a day, with the day if it is another one."""
    away = abs((moment.date() - day).days)
    return f"{moment:%H:%M}" if not away else f"{moment:{'%a' if away < 7 else '%m-%d'} %H:%M}"


def _table(day: date, lines: Sequence[Line]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in range(5):
        table.add_column(no_wrap=True)
    alike: dict[tuple[str, str, bool], list[Line]] = {}
    for line in lines:
        alike.setdefault(line.sign, []).append(line)
    for line in lines:
        group = alike[line.sign]
        many = len(group) > MOST_ALIKE and not line.jobs
        if many and line is not group[0]:
            continue
        end = "" if line.end is None else _time(line.end, day)
        note, state = line.note, line.state
        if many:
            end, last = "", group[-1].moment
            note = f"{len(group)} times until {last:%H:%M}"
        words = (f"{line.moment:%H:%M}", line.workflow)
        style = _STYLES.get(state, "")
        table.add_row(*map(cell, words), cell(state, style), cell(end), cell(note))
        for name, word, at, why in line.jobs:
            known = next((STYLES[each] for each in State if each.value == word), "")
            table.add_row("", cell(f"  {name}"), cell(word, known), cell(at), cell(why))
    return table
