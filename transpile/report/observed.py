"""Compares what a scheduler recorded or forecast with the source's rules and with launch plans.

The engine over days plays the source, and each run ends as the recorded one that starts nearest.
Launch plans are compared for jobs that only the clock starts: others start when upstream jobs end.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.model import Facts
from transpile.model.day_engine import DayEngine
from transpile.model.listings import Extent, Listed, log_of
from transpile.model.run_log import JobRun, Period, Remark, RunLog
from transpile.pipeline import Estate
from transpile.proof.day_classes import Classes
from transpile.proof.day_links import Links
from transpile.proof.histories import RecordedEnds, histories_of
from transpile.proof.run_logs import Kind, LogComparison, LogDifference, compared
from transpile.proof.source_starts import awaited
from transpile.report.timetable import Span, compare

WARM_UP = timedelta(days=8)
"""The engine plays so long before the first recorded run: statuses last longer than a day."""

LONGEST = timedelta(days=62)
"""Runs that started so long before the last one are not compared."""


@dataclass(frozen=True, slots=True)
class ObservedFile:
    """A file with runs, read in the format of that title; `cut` marks names that are cut short."""

    name: str
    title: str
    listed: Listed
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """How one side compares with the records; `jobs` are those that were compared.

    `remarks` has for each difference what the side says about it, or None.
    """

    jobs: frozenset[str]
    comparison: LogComparison
    remarks: tuple[Remark | None, ...]

    @property
    def differences(self) -> Iterator[tuple[LogDifference, Remark | None]]:
        """Each difference with its remark."""
        return zip(self.comparison.differences, self.remarks, strict=True)

    def about(self, jobs: Collection[str]) -> "Side":
        """The comparison of these jobs only."""
        agreeing = {n: number for n, number in self.comparison.by_job.items() if n in jobs}
        kept = [(found, remark) for found, remark in self.differences if found.job in jobs]
        comparison = LogComparison(agreeing, tuple(found for found, _ in kept))
        return Side(self.jobs.intersection(jobs), comparison, tuple(remark for _, remark in kept))


@dataclass(frozen=True, slots=True)
class CheckedNetwork:
    """A network beside the records about its jobs.

    `log` are the records in the period. `rules` is None without an engine over days, `plans` if no
    recorded job is started by the clock alone. `readings` are the answers to open questions that
    decided something. `unlisted` are jobs that start by the rules and are in no record.
    """

    title: str | None
    dialect: str
    period: Period
    log: RunLog
    rules: Side | None
    plans: Side | None
    readings: Mapping[str, str]
    unlisted: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """True if neither side differs from the records."""
        return not any(side.comparison.differences for side in (self.rules, self.plans) if side)

    def about(self, jobs: Collection[str]) -> "CheckedNetwork":
        """The comparison of these jobs only."""
        plans = self.plans and self.plans.about(jobs)
        return replace(
            self,
            log=self.log.about(jobs),
            rules=self.rules and self.rules.about(jobs),
            plans=plans if plans and plans.jobs else None,
            unlisted=tuple(name for name in self.unlisted if name in jobs),
        )


@dataclass(frozen=True, slots=True)
class Observed:
    """The records, the networks that they are about, and the names that no source defines.

    `old` is the number of runs that are too long ago.
    """

    files: tuple[ObservedFile, ...]
    zone: str
    networks: tuple[CheckedNetwork, ...]
    unknown: tuple[str, ...]
    old: int

    @property
    def is_good(self) -> bool:
        """True if something was compared, and nothing differs."""
        return bool(self.networks) and all(network.is_good for network in self.networks)

    def about(self, jobs: Collection[str]) -> "Observed":
        """The comparison of these jobs only; networks without a record of them are left out."""
        networks = (network.about(jobs) for network in self.networks)
        return replace(self, networks=tuple(n for n in networks if n.log.runs))


@dataclass(slots=True)
class Records:
    """What was recorded about the jobs of one network, under their names in the source."""

    runs: list[JobRun] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)

    @property
    def log(self) -> RunLog:
        """All runs."""
        return log_of(self.runs)


class Names:
    """The jobs of networks by the names that listings use for them."""

    def __init__(self, networks: Sequence[Facts]) -> None:
        self._found: dict[str, set[tuple[int, str]]] = {}
        self._others: dict[str, set[tuple[int, str]]] = {}
        for number, facts in enumerate(networks):
            for job in facts.jobs:
                place = (number, job)
                self._found.setdefault(job, set()).add(place)
                if facts.title is not None:
                    self._found.setdefault(f"{facts.title}:{job}", set()).add(place)
                for name in facts.said.engine.other_names(job):
                    self._others.setdefault(name, set()).add(place)

    def find(self, name: str, cut: str = "") -> tuple[int, str] | None:
        """The network, by its number, and the job of that name; None if none or several have it.

        A name may be cut short at each mark `cut`.
        """
        found = self._found.get(name) or self._others.get(name.upper()) or set()
        if not found and cut and cut in name:
            parts = name.lower().split(cut)
            fitting = (p for known, p in self._found.items() if _fits(parts, known.lower()))
            found = set().union(*fitting)
        return next(iter(found)) if len(found) == 1 else None


def _fits(parts: Sequence[str], name: str) -> bool:
    """True if a name consists of these parts in order, with more between them but `#` and `.`."""
    first, *others = parts
    if not name.startswith(first):
        return False
    place = len(first)
    for number, part in enumerate(others, 1):
        is_last = number == len(others)
        at = len(name) - len(part) if is_last else name.find(part, place)
        gap = name[place:at]
        if at < place or not name.startswith(part, at) or "#" in gap or "." in gap:
            return False
        place = at + len(part)
    return place == len(name)


def records_of(
    files: Iterable[ObservedFile], networks: Sequence[Facts]
) -> tuple[list[Records], list[str]]:
    """The records about each network, and the names that are no job of any."""
    names, found = Names(networks), [Records() for _ in networks]
    unknown: dict[str, None] = {}
    for file in files:
        known: dict[str, tuple[int, str] | None] = {}
        for run in file.listed.runs:
            if run.job not in known:
                known[run.job] = names.find(run.job, file.cut)
            place = known[run.job]
            if place is None:
                unknown[run.job] = None
                continue
            number, job = place
            found[number].runs.append(replace(run, job=job))
            if file.listed.extent is not Extent.SOME:
                found[number].whole.add(job)
    return found, list(unknown)


def check_observed(
    estate: Estate,
    files: Sequence[ObservedFile],
    zone: str,
    chosen: Mapping[str, str],
    durations: Mapping[str, float],
) -> Observed:
    """Compare the records with the source's rules and with the launch plans.

    `chosen` are the answers to open questions, `durations` the seconds of jobs without records.
    """
    records, unknown = records_of(files, estate.networks)
    newest = max((run.start for each in records for run in each.runs), default=None)
    old = 0
    for each in records:
        recent = [r for r in each.runs if newest is not None and r.start > newest - LONGEST]
        old += len(each.runs) - len(recent)
        each.runs = recent
    emitted = _emitted(estate, [run for each in records for run in each.runs], zone)
    networks = [
        _checked(facts, each, emitted, zone, chosen, durations)
        for facts, each in zip(estate.networks, records, strict=True)
        if each.runs
    ]
    return Observed(tuple(files), zone, tuple(networks), tuple(unknown), old)


def known_seconds(
    networks: Sequence[Facts],
    files: Sequence[ObservedFile],
    default: Callable[[str], float | None],
) -> dict[str, float]:
    """The seconds of jobs: the median of recorded runs, else the default of the job."""
    found = {name: default(name) for facts in networks for name in facts.jobs}
    for facts, records in zip(networks, records_of(files, networks)[0], strict=True):
        histories = histories_of(records.log)
        found |= {name: histories[name].median for name in facts.jobs if name in histories}
    return {name: seconds for name, seconds in found.items() if seconds is not None}


def period_of(runs: Iterable[JobRun], zone: str) -> Period:
    """From the first start to the last one."""
    starts = [run.start for run in runs]
    return Period(zone, min(starts), max(starts) + timedelta(microseconds=1))


def _played(period: Period) -> Period:
    """The days to play: what came before leaves statuses, and late runs may be counterparts."""
    info = ZoneInfo(period.zone)
    days = (period.local(period.begin) - WARM_UP, period.local(period.end) + timedelta(days=2))
    begin, end = (
        datetime.combine(day.date(), time(), tzinfo=info).astimezone(timezone.utc) for day in days
    )
    return Period(period.zone, begin, end)


def _emitted(estate: Estate, runs: list[JobRun], zone: str) -> dict[str, list[JobRun]]:
    """The starts of jobs that launch plans and the clock alone decide."""
    if not runs:
        return {}
    period = period_of(runs, zone)
    first = (period.begin - timedelta(days=1)).date()
    span = Span(first, period.days + 3)
    timetables = compare(estate.networks, estate.plans(), estate.diagnostics, span).timetables
    alone = {name for facts in estate.networks for name in _by_clock_alone(facts)}
    return {
        each.job: [JobRun(each.job, 1, s.moment) for s in each.starts if s.emitted]
        for each in timetables
        if each.job in alone and each.workflow
    }


def _by_clock_alone(facts: Facts) -> Iterator[str]:
    upstream = awaited(facts)
    for name, job in facts.jobs.items():
        if job.schedule is not None and job.box is None and name not in upstream:
            yield name


def _checked(
    facts: Facts,
    records: Records,
    emitted: Mapping[str, list[JobRun]],
    zone: str,
    chosen: Mapping[str, str],
    durations: Mapping[str, float],
) -> CheckedNetwork:
    log, jobs = records.log, {run.job for run in records.runs}
    period = period_of(log.runs, zone)
    engine: type[DayEngine] | None = getattr(facts.said.engine, "over_days", None)
    rules: Side | None = None
    readings: Mapping[str, str] = {}
    unlisted: tuple[str, ...] = ()
    if engine is not None:
        retries = {name: job.retries for name, job in facts.jobs.items()}
        ends = RecordedEnds(log, durations, retries)
        found = engine(facts, _played(period), chosen).play(ends)
        rules, readings = _side(facts, records, found, jobs, zone), found.readings
        inside = (run.job for run in found.runs if period.begin <= run.start < period.end)
        unlisted = tuple(sorted({*inside} - jobs))
    planned = jobs & emitted.keys()
    starts = RunLog(tuple(run for job in planned for run in emitted[job]))
    plans = _side(facts, records, starts, planned, zone) if planned else None
    dialect = facts.said.engine.name
    return CheckedNetwork(facts.title, dialect, period, log, rules, plans, readings, unlisted)


def _side(facts: Facts, records: Records, other: RunLog, jobs: Collection[str], zone: str) -> Side:
    """Compare the records about these jobs with the other side.

    Of a job whose records are not whole, only the recorded runs count.
    """
    recorded = records.log.runs
    agreeing, differences = dict[str, int](), list[LogDifference]()
    for is_whole in (True, False):
        chosen = {job for job in jobs if (job in records.whole) is is_whole}
        first = tuple(run for run in recorded if run.job in chosen)
        if not first:
            continue
        second = RunLog(tuple(run for run in other.runs if run.job in chosen))
        found = compared(RunLog(first), second, period_of(first, zone))
        agreeing |= found.by_job
        differences += (d for d in found.differences if is_whole or d.kind is not Kind.EXTRA)
    differences.sort(key=lambda each: (each.run.start, each.job))
    around = {job: tuple(facts.graph.ancestors(job)) for job in jobs}
    explained = Classes(Links(around=around), [(other, {})]).explain(differences)
    remarks = tuple(each.remark for each in explained)
    return Side(frozenset(jobs), LogComparison(agreeing, tuple(differences)), remarks)
