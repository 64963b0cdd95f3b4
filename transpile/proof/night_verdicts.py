"""Verdicts about workflows over days: on which days both sides are equal, and what differs."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from transpile.model import AcceptRule
from transpile.model.run_log import Cause, JobRun, Period
from transpile.proof.day_classes import Explained
from transpile.proof.nights import Night

MOST_SHOWN = 5
"""Maximum number of differences of a workflow that are kept with the runs around them."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A difference, with the runs of its job on that local day on both sides."""

    scenario: int
    day: date
    explained: Explained
    source: tuple[JobRun, ...]
    platform: tuple[JobRun, ...]

    @property
    def reason(self) -> tuple[str, Cause | None]:
        """Differences with the same reason tell the same."""
        explained, remark = self.explained, self.explained.remark
        return remark.job if remark else explained.root or explained.job, explained.cause

    @property
    def rank(self) -> tuple[bool, bool, bool, datetime]:
        """Unexplained ones come first, then those that follow from no other one, by time."""
        explained = self.explained
        own = explained.remark is not None and explained.remark.job == explained.job
        start = explained.difference.run.start
        return explained.cause is not None, bool(explained.root), not own, start


def by_class(found: Mapping[tuple[date, Cause | None], int]) -> Counter[Cause | None]:
    """The number of differences of all days by class."""
    numbers: Counter[Cause | None] = Counter()
    for (_, cause), number in found.items():
        numbers[cause] += number
    return numbers


@dataclass(slots=True)
class WorkflowNights:
    """One workflow in all scenarios. `agreeing` counts runs that are the same on both sides.

    `days` are the local days that were played, `differing` has the number of differences by day and
    class, None for unexplained ones, and `accepted` those that the team accepts.
    """

    name: str
    days: set[date] = field(default_factory=set)
    agreeing: int = 0
    differing: Counter[tuple[date, Cause | None]] = field(default_factory=Counter)
    accepted: Counter[tuple[date, Cause | None]] = field(default_factory=Counter)
    shown: list[ShownDifference] = field(default_factory=list)

    @property
    def equal_days(self) -> int:
        """The number of days without a difference that is not accepted."""
        return len(self.days - {day for day, _ in self.differing})

    @property
    def causes(self) -> Counter[Cause | None]:
        """The number of differences by class."""
        return by_class(self.differing)

    @property
    def unexplained(self) -> int:
        """The number of differences without a class."""
        return self.causes[None]

    @property
    def is_good(self) -> bool:
        """True if nothing differs but what is accepted."""
        return not self.differing

    def show(self, found: ShownDifference) -> None:
        """Keep a difference, if it is one of the most telling ones of its job and class."""
        telling: dict[object, ShownDifference] = {}
        for each in sorted([*self.shown, found], key=lambda each: each.rank):
            telling.setdefault(each.reason, each)
        self.shown = list(telling.values())[:MOST_SHOWN]

    def add(self, other: "WorkflowNights") -> None:
        """Add what other scenarios have shown."""
        self.days |= other.days
        self.agreeing += other.agreeing
        self.differing += other.differing
        self.accepted += other.accepted
        for found in other.shown:
            self.show(found)


@dataclass(slots=True)
class NightVerdict:
    """The verdict about an estate. `readings` are answers to open questions that it depends on."""

    workflows: dict[str, WorkflowNights] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)
    scenarios: int = 0
    used: set[AcceptRule] = field(default_factory=set)

    @property
    def is_good(self) -> bool:
        """True if all workflows are equal."""
        return all(found.is_good for found in self.workflows.values())

    def keep(self, titles: Collection[str]) -> None:
        """Drop the verdicts about other workflows."""
        self.workflows = {name: w for name, w in self.workflows.items() if name in titles}

    def add(self, other: "NightVerdict") -> None:
        """Add the verdict about other scenarios."""
        for name, found in other.workflows.items():
            self.workflows.setdefault(name, WorkflowNights(name)).add(found)
        self.readings |= other.readings
        self.scenarios += other.scenarios
        self.used |= other.used


class Judge:
    """Judges nights. `homes` has the workflow of each job."""

    def __init__(self, homes: Mapping[str, str], accepts: Sequence[AcceptRule]) -> None:
        self._homes = homes
        self._accepts = accepts

    def judge(self, night: Night) -> NightVerdict:
        """The verdict about one scenario."""
        verdict = NightVerdict(scenarios=1, readings=dict(night.source.readings))
        days = set(_days(night.period))
        for name in self._homes.values():
            if name not in verdict.workflows:
                verdict.workflows[name] = WorkflowNights(name, days=set(days))
        for job, number in night.agreeing.items():
            verdict.workflows[self._homes[job]].agreeing += number
        by_day = _ByDay(night)
        for explained in night.differences:
            run = explained.difference.run
            day = min(max(night.period.local(run.start).date(), min(days)), max(days))
            found = verdict.workflows[self._homes[run.job]]
            rule = self._accepting(explained)
            if rule is not None:
                verdict.used.add(rule)
            (found.accepted if rule else found.differing)[day, explained.cause] += 1
            if rule is None:
                found.show(by_day.shown(explained, day))
        return verdict

    def _accepting(self, explained: Explained) -> AcceptRule | None:
        """The rule that accepts a difference, or the one from which it follows."""
        jobs = filter(None, (explained.job, explained.root))
        cause = explained.cause
        return next((r for job in jobs for r in self._accepts if r.matches(job, cause)), None)


def _days(period: Period) -> Iterable[date]:
    first = period.local(period.begin).date()
    return (first + number * _DAY for number in range(period.days))


class _ByDay:
    """The runs of each job, by local day, of both sides."""

    def __init__(self, night: Night) -> None:
        self._night = night
        self._sides: list[dict[tuple[str, date], list[JobRun]]] = []

    def shown(self, explained: Explained, day: date) -> ShownDifference:
        """A difference with the runs around it."""
        if not self._sides:
            self._sides = [self._of(log.runs) for log in (self._night.source, self._night.platform)]
        source, platform = (tuple(side.get((explained.job, day), ())) for side in self._sides)
        return ShownDifference(self._night.scenario, day, explained, source, platform)

    def _of(self, runs: Iterable[JobRun]) -> dict[tuple[str, date], list[JobRun]]:
        found: dict[tuple[str, date], list[JobRun]] = {}
        for run in runs:
            found.setdefault((run.job, self._night.period.local(run.start).date()), []).append(run)
        return found
