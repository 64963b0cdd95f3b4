"""Builds the networks of crontabs and anacrontabs: one job for each line that starts a command."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import PurePosixPath

from transpile.dialects.kit.clock_days import ClockPlan
from transpile.dialects.timers.alerts import build_alerts
from transpile.dialects.timers.anacrontab import AnacronLine, anacron_start, read_anacrontab
from transpile.dialects.timers.codes.cron import CronIdiom, CronLock, CronReading, CronStart
from transpile.dialects.timers.cron_clock import CronClock
from transpile.dialects.timers.cron_commands import BOURNE, SHELL, build_command, written
from transpile.dialects.timers.cron_names import distinct, program_name
from transpile.dialects.timers.cron_variables import Variables, notes_of
from transpile.dialects.timers.crontab import CronLine, read_crontab
from transpile.dialects.timers.engine import ENGINE_OF
from transpile.dialects.timers.guards import limited
from transpile.dialects.timers.idioms import (
    has_idioms,
    locks_of,
    without_programs,
    without_tests,
)
from transpile.dialects.timers.settings import CRONIE, SYSTEMD, TimerSettings
from transpile.dialects.timers.wrappers import base_name
from transpile.findings.codes.reading import EmptySource
from transpile.findings.codes.schedules import NoDays, NoTimeZone
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Days, Job, Kind, Network, Schedule, Tally
from transpile.sources.text import Source, Span

_FULL_SHELLS = frozenset("bash ksh ksh93 zsh".split())
"""Shells that know `[[`, and `==` in `[`."""

_YEARS = (datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2038, 1, 1, tzinfo=timezone.utc))
"""The years in which starts are looked for that cronie omits."""

_RANDOM = (
    "cronie starts the lines below up to so many minutes later, at random; launch plans do not"
)
_ANACRON_RANDOM = (
    "anacron starts the jobs below up to so many minutes later, at random; launch plans do not"
)

_PERIODS = (
    "days since the last run: when the machine was off, it makes up for that; launch plans keep "
    "to their times"
)


def build_crontabs(
    sources: Sequence[Source], settings: TimerSettings, diagnostics: Diagnostics
) -> Iterator[Network]:
    """One network of all lines of all crontabs."""
    lines: list[CronLine] = []
    for source in sources:
        found = read_crontab(source, settings, diagnostics)
        _report_empty(source, found, diagnostics)
        lines += found
    if lines:
        builder = _CronBuilder(lines, settings, diagnostics)
        yield builder.build()


def build_anacrontabs(
    sources: Sequence[Source], settings: TimerSettings, diagnostics: Diagnostics
) -> Iterator[Network]:
    """One network of all jobs of all anacrontabs."""
    lines: list[AnacronLine] = []
    for source in sources:
        found = read_anacrontab(source, settings, diagnostics)
        _report_empty(source, found, diagnostics)
        lines += found
    if lines:
        builder = _AnacronBuilder(lines, settings, diagnostics)
        yield builder.build()


def _report_empty(source: Source, found: Sequence[object], diagnostics: Diagnostics) -> None:
    if not found:
        diagnostics.add(EmptySource(), Span(source.label, 1))


def _places(spans: Sequence[Span]) -> list[str]:
    """The lines of jobs, with the name of the file if there are several."""
    several = len({span.file for span in spans}) > 1
    stems = [f"{PurePosixPath(span.file).stem}-" if several else "" for span in spans]
    return [f"{stem}{span.line}" for stem, span in zip(stems, spans, strict=True)]


@dataclass(frozen=True, slots=True)
class _Start:
    """When a job starts: by its clock, on these days."""

    clock: CronClock
    days: Days


class _Builder:
    """What the builders of both formats share: jobs, their clocks and counts."""

    def __init__(self, settings: TimerSettings, diagnostics: Diagnostics) -> None:
        self.settings = settings
        self.diagnostics = diagnostics
        self.jobs: dict[str, Job] = {}
        self.clocks: dict[str | None, tuple[CronClock, ...]] = {}
        self.skips: set[str | None] = set()
        self.tally = Tally()

    def network(self) -> Network:
        """The network of all jobs."""
        return Network(
            self.jobs,
            {},
            ENGINE_OF[self.settings.engine],
            tally=self.tally,
            plan=ClockPlan(self.clocks, frozenset(self.skips)),
        )

    def report(
        self,
        finding: Finding,
        span: Span,
        name: str,
        text: str | None = None,
        help: str | None = None,
    ) -> None:
        """Record a finding about a job."""
        if isinstance(finding, CronLock | CronStart):
            self.tally.unsupported += 1
        self.diagnostics.add(finding, span, job=name, text=text, help=help)

    def add(self, job: Job, start: _Start | None, span: Span, skips: bool) -> None:
        """Add a job with its start times, if it has some."""
        if start is not None:
            schedule = start.clock.schedule(span, self.settings.zone, start.days)
            schedule = replace(schedule, skips=skips)
            job = replace(job, schedule=schedule)
            self.clocks[job.name] = (start.clock,)
            self._check_zone(schedule)
        if skips:
            self.skips.add(job.name)
        self.tally.translated += 1 + bool(start) + bool(job.description)
        self.tally.noted += len(job.notes)
        self.jobs[job.name] = job

    def _check_zone(self, schedule: Schedule) -> None:
        """Report, once, that nothing says in which zone the times are."""
        if schedule.timezone is None and all(job.schedule is None for job in self.jobs.values()):
            self.diagnostics.add(NoTimeZone(), schedule.span)


class _CronBuilder(_Builder):
    """Builds the jobs of crontabs."""

    def __init__(
        self, lines: Sequence[CronLine], settings: TimerSettings, diagnostics: Diagnostics
    ) -> None:
        super().__init__(settings, diagnostics)
        self._lines = lines
        self._variables = Variables(settings, diagnostics, _RANDOM)
        self._written = [written(line.command, settings.engine) for line in lines]
        count = Counter(f for each in self._written for f in set(locks_of(each.command)))
        self._shared = {file for file, number in count.items() if number > 1}

    def build(self) -> Network:
        """The network of all lines."""
        places = _places([line.span for line in self._lines])
        programs = [program_name(each.command, "line") for each in self._written]
        for number, name in enumerate(distinct(programs, places)):
            self._add_line(number, name)
        return self.network()

    def _add_line(self, number: int, name: str) -> None:
        line, text = self._lines[number], self._written[number]
        variables = line.variables
        shell = variables["SHELL"].value if "SHELL" in variables else SHELL
        if text.halved:
            reading = CronReading(text="\\\\", reading="one backslash")
            self.report(reading, line.at, name, text.command)
        start = self._start(line, name)
        command, skips = text.command, False
        if has_idioms(command) and base_name(shell) in BOURNE:
            command, start = self._read_tests(line, name, command, shell, start)
            command, skips = self._read_programs(line, name, command, shell)
        home = variables["HOME"].value if "HOME" in variables else ""
        environment = self._variables.environment(variables)
        engine, mails = self.settings.engine, line.mails_failures
        job = Job(
            name,
            line.span,
            Kind.COMMAND,
            action=build_command(
                command, text.stdin, environment, line.at, shell=shell, folder=home
            ),
            description=line.description,
            notes=tuple(_notes(line)),
            alerts=build_alerts(variables, mails, engine, self.diagnostics),
        )
        self.add(job, start, line.span, skips)

    def _start(self, line: CronLine, name: str) -> _Start | None:
        """When the line starts; reports why it does not, or not just so."""
        if line.fields is None:
            reason = "cron starts it when the machine does; no launch plan starts it"
            self.report(CronStart(text=line.schedule, reason=reason), line.span, name)
            return None
        try:
            zone = self._variables.zone(line.variables)
        except ValueError:
            return None
        clock = CronClock(line.fields, zone, once=self.settings.engine == SYSTEMD)
        days = clock.days()
        if days is None:
            self.report(NoDays(calendar=line.schedule), line.span, name, line.schedule)
            return None
        for part in line.fields.random:
            reason = "cronie chooses a number of this range; the launch plan takes the lowest one"
            self.report(CronStart(text=part, reason=reason), line.span, name)
        lost = next(clock.lost(self.settings.zone, *_YEARS), None) if self.settings.zone else None
        if lost is not None:
            reason = (
                f"cronie omits the start at {lost:%Y-%m-%d %H:%M} UTC, while the clock of the "
                "server repeats an hour; the launch plan does not"
            )
            self.report(CronStart(text=line.schedule, reason=reason), line.span, name)
        return _Start(clock, days)

    def _read_tests(
        self, line: CronLine, name: str, command: str, shell: str, start: _Start | None
    ) -> tuple[str, _Start | None]:
        """The command without tests of the date, which become part of the days."""
        # A zone of its own makes `date` show other days than the time fields.
        if start is None or start.clock.zone is not None or "TZ" in line.variables:
            return command, start
        strict = self.settings.engine != CRONIE and base_name(shell) not in _FULL_SHELLS
        read = without_tests(command, strict)
        days = limited(start.days, read.rules) if read.rules else None
        if days is None:
            return command, start
        told = f"a test of the date, which is part of the start times: {days}"
        self.report(CronIdiom(text=read.tests, reading=told), line.at, name)
        return read.command, _Start(replace(start.clock, only=days), days)

    def _read_programs(
        self, line: CronLine, name: str, command: str, shell: str
    ) -> tuple[str, bool]:
        """The command without locks of its own, and whether a start is lost while it runs."""
        read = without_programs(command, self._shared, shell)
        for text, told in read.notes:
            self.report(CronIdiom(text=text, reading=told), line.at, name)
        for text, reason in read.losses:
            lock = CronLock(text=text, name=name, reason=reason)
            self.report(lock, line.at, name)
        return read.command, read.skips


def _notes(line: CronLine) -> Iterator[tuple[str, str]]:
    """What only readers need of a line."""
    yield "schedule", line.schedule
    if line.user:
        yield "user", line.user
    if line.silent:
        yield "log", "no"
    if line.mails_failures:
        yield "mail", "failures"
    yield from notes_of(line.variables)


class _AnacronBuilder(_Builder):
    """Builds the jobs of anacrontabs."""

    def __init__(
        self, lines: Sequence[AnacronLine], settings: TimerSettings, diagnostics: Diagnostics
    ) -> None:
        super().__init__(settings, diagnostics)
        self._lines = lines
        self._variables = Variables(settings, diagnostics, _ANACRON_RANDOM)

    def build(self) -> Network:
        """The network of all jobs."""
        places = _places([line.span for line in self._lines])
        reading = CronReading(text="the periods of anacron", reading=_PERIODS)
        self.diagnostics.add(reading, self._lines[0].span)
        programs: list[tuple[str, list[str]]] = [(line.identifier, []) for line in self._lines]
        for line, name in zip(self._lines, distinct(programs, places), strict=True):
            self._add_line(line, name)
        return self.network()

    def _add_line(self, line: AnacronLine, name: str) -> None:
        found = anacron_start(line, self.settings)
        if found.doubt:
            period = CronStart(text=line.identifier, reason=found.doubt)
            self.report(period, line.span, name, line.text, found.help)
        start = _Start(found.clock, found.clock.only or Days()) if found.clock else None
        variables = line.variables
        for text, told in without_programs(line.command, (), SHELL).notes:
            self.report(CronIdiom(text=text, reading=told), line.at, name)
        job = Job(
            name,
            line.span,
            Kind.COMMAND,
            action=build_command(
                line.command, None, self._variables.environment(variables), line.at
            ),
            notes=(("period", line.period), ("delay", str(line.delay)), *notes_of(variables)),
            alerts=build_alerts(variables, False, self.settings.engine, self.diagnostics),
        )
        # A job that still runs is locked.
        self.add(job, start, line.span, skips=True)
