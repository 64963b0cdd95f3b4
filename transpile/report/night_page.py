"""Writes what `verify --days` found as a page: days across, workflows down.

It needs no script, no other file and no network.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from transpile.model.outcome import State
from transpile.model.run_log import JobRun, Period
from transpile.proof.day_classes import REMEDIES
from transpile.proof.night_verdicts import ShownDifference, WorkflowNights
from transpile.report.night_report import WORDS, NightResult, PlayedPeriod, class_of
from transpile.report.templates import policy_hash, rendered, resource
from transpile.sources.printable import printable

STYLES = ("plain.css", "nights.css")

_DAY = timedelta(days=1)
_MINUTES = 24 * 60

_STATES = {State.SUCCEEDED: "good", State.FAILED: "bad", State.TERMINATED: "killed"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a workflow: how it is marked, what stands in it, and what it says."""

    mark: str
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A run in the strip of a day of 1440 minutes."""

    x: float
    width: float
    mark: str
    title: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A shown difference, with the runs of both sides as bars."""

    heading: str
    what: str
    why: str
    meaning: str
    remedy: str
    source: tuple[Bar, ...]
    platform: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A workflow in the table, and its differences below."""

    number: int
    name: str
    is_good: bool
    summary: str
    cells: tuple[Cell, ...]
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A day in the head of the table. `is_first` of its period."""

    day: date
    why: str
    is_first: bool


def night_page(result: NightResult) -> Iterator[str]:
    """The text of the page in parts."""
    columns = tuple(_columns(result.periods))
    period = result.periods[0].period
    workflows = enumerate(result.verdict.workflows.values())
    style = "".join(map(resource, STYLES))
    return rendered(
        "nights.html",
        style=style,
        style_hash=policy_hash(style),
        result=result,
        columns=columns,
        rows=[_row(number, found, columns, period) for number, found in workflows],
        period=period,
        readings=result.verdict.readings,
    )


def _columns(periods: tuple[PlayedPeriod, ...]) -> Iterator[Column]:
    for played in sorted(periods, key=lambda each: each.period.begin):
        reasons: dict[date, list[str]] = {}
        for each in played.days:
            reasons.setdefault(each.day, []).append(each.why)
        first = played.period.local(played.period.begin).date()
        for number in range(played.period.days):
            day = first + number * _DAY
            yield Column(day, "; ".join(reasons.get(day, [])), number == 0)


def _row(number: int, found: WorkflowNights, columns: tuple[Column, ...], period: Period) -> Row:
    days = len(found.days)
    summary = f"equal on {found.equal_days:,} of {days:,} days, {found.agreeing:,} runs agree"
    if found.accepted:
        summary += f", {sum(found.accepted.values()):,} differences accepted"
    return Row(
        number=number,
        name=printable(found.name),
        is_good=found.is_good,
        summary=summary,
        cells=tuple(_cell(found, column.day) for column in columns),
        strips=tuple(_strip(shown, period) for shown in found.shown),
    )


def _cell(found: WorkflowNights, day: date) -> Cell:
    counts = {class_of(c): n for (at, c), n in found.differing.items() if at == day}
    accepted = sum(n for (at, _), n in found.accepted.items() if at == day)
    told = ", ".join(f"{number} {name}" for name, number in counts.items())
    if class_of(None) in counts:
        return Cell("bad", str(sum(counts.values())), f"{day}: {told}")
    if counts:
        return Cell("known", str(sum(counts.values())), f"{day}: {told}")
    if accepted:
        return Cell("accepted", str(accepted), f"{day}: {accepted} accepted")
    return Cell("good", "", f"{day}: equal")


def _strip(shown: ShownDifference, period: Period) -> Strip:
    explained, cause = shown.explained, shown.explained.cause
    meaning, remedy = REMEDIES[cause] if cause else ("", "")
    root = f"follows from {explained.root}: " if explained.root else ""
    return Strip(
        heading=printable(f"{shown.day:%a %Y-%m-%d} {explained.job}"),
        what=f"{explained.difference.kind.value}, {class_of(cause)}, scenario {shown.scenario}",
        why=printable(f"{root}{explained.remark.text}") if explained.remark else "",
        meaning=meaning,
        remedy=remedy,
        source=tuple(_bar(run, shown.day, period) for run in shown.source),
        platform=tuple(_bar(run, shown.day, period) for run in shown.platform),
    )


def _bar(run: JobRun, day: date, period: Period) -> Bar:
    """The part of a run that lies on its day; a short one is still seen."""
    start = period.local(run.start)
    begin = _minute(start, day)
    goes_on = run.end is None or run.state is None
    end = _MINUTES if goes_on or run.end is None else _minute(period.local(run.end), day)
    width = max(4.0, min(end, _MINUTES) - begin)
    if goes_on or run.end is None or run.state is None:
        return Bar(begin, width, "open", f"{start:%H:%M} goes on")
    word = WORDS.get(run.state, run.state.value)
    title = f"{start:%H:%M} to {period.local(run.end):%a %H:%M} {word}"
    return Bar(begin, width, _STATES.get(run.state, "open"), title)


def _minute(moment: datetime, day: date) -> float:
    days = (moment.date() - day).days
    return days * _MINUTES + moment.hour * 60 + moment.minute + moment.second / 60
