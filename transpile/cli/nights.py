"""`transpile verify --days`: whole nights of an estate, by its source and by its workflows."""

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import click

from transpile.cli.night_texts import show_nights
from transpile.cli.options import Request, meter_of, selecting
from transpile.cli.run_logs import midnight, use_zone
from transpile.cli.subjects import from_estate
from transpile.findings.codes.standins import LessOnLegacySide
from transpile.findings.codes.waves import NoTell
from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import Level
from transpile.model import AcceptRule, Facts
from transpile.model.run_log import Period
from transpile.output import write_text
from transpile.output.workers import Workers
from transpile.pipeline import Estate, build_estate
from transpile.proof.drawn_ends import WEATHER
from transpile.proof.loading import LoadError
from transpile.proof.night_verdicts import Judge, NightVerdict
from transpile.proof.nights import Drawing, Nights
from transpile.proof.plays import Part
from transpile.proof.scheduler import BadCron
from transpile.proof.source_days import period_of
from transpile.proof.strategic_days import stretches
from transpile.report.envelope import document
from transpile.report.night_page import night_page
from transpile.report.night_report import NightResult, PlayedPeriod, nights_json
from transpile.targets.flyte.model import ModulePlan

CHUNK = 4
"""Number of scenarios that a process plays at a time."""

FEW = 20
"""Default number of scenarios."""

LIGHT = 10
"""A day of a scenario is so many times lighter work than the conversion of the sources."""


def warm_up() -> None:
    """Does nothing: a process that looks it up has imported what plays."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of `verify --days`."""

    days: int
    begin: datetime | None
    scenarios: int
    seed: int
    output_format: str
    save: Path | None
    page: Path | None
    against: Path | None


@dataclass(frozen=True, eq=False)
class Subject:
    """An estate with its modules, as a process needs it. `known` has errors about jobs."""

    networks: tuple[Facts, ...]
    planned: tuple[tuple[ModulePlan, Facts], ...]
    readings: Mapping[str, str]
    drawing: Drawing
    accepts: tuple[AcceptRule, ...]
    known: Mapping[str, str]
    against: Path | None
    token: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some scenarios: the number, the period and the kind of each."""

    subject: Subject
    scenarios: tuple[tuple[int, Period, int], ...] = field(default=())


def play_chunk(chunk: Chunk) -> NightVerdict:
    """The verdict about the scenarios of a chunk."""
    loaded = _loaded(chunk.subject.token)
    return loaded.play(chunk)


class _Loaded:
    """The modules of a subject, loaded once in each process."""

    def __init__(self) -> None:
        self._parts: list[Part] | None = None
        self._nights: dict[Period, Nights] = {}

    def play(self, chunk: Chunk) -> NightVerdict:
        subject = chunk.subject
        if self._parts is None:
            self._parts = _parts_of(subject)
        homes = {n: module.title for module, facts in subject.planned for n in facts.order}
        judge, verdict = Judge(homes, subject.accepts), NightVerdict()
        for number, period, kind in chunk.scenarios:
            nights = self._nights.get(period)
            if nights is None:
                nights = self._nights[period] = Nights(
                    subject.networks,
                    self._parts,
                    period,
                    subject.readings,
                    subject.drawing,
                    subject.known,
                )
            verdict.add(judge.judge(nights.play(number, WEATHER[min(kind, len(WEATHER) - 1)])))
        return verdict


@lru_cache(maxsize=1)
def _loaded(_: str) -> _Loaded:
    return _Loaded()


def _parts_of(subject: Subject) -> list[Part]:
    planned, against = subject.planned, subject.against
    if against is not None:
        return [t.part() for t in from_estate(planned, against, execute=False, exist=True)]
    with tempfile.TemporaryDirectory(prefix="transpile-") as folder:
        return [t.part() for t in from_estate(planned, Path(folder), execute=False)]


def _seconds(request: Request, networks: Sequence[Facts]) -> dict[str, float]:
    """The durations of jobs that the team knows."""
    known = ((name, request.settings.seconds_of(name)) for f in networks for name in f.said.jobs)
    return {name: seconds for name, seconds in known if seconds}


def _errors(estate: Estate) -> list[Diagnostic]:
    return [found for found in estate.diagnostics if found.level is Level.ERROR]


def _about_runs(errors: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The errors that may be why a job runs otherwise: not those about what others hear of it."""
    return [found for found in errors if found.kind not in (NoTell, LessOnLegacySide)]


def _known(errors: Sequence[Diagnostic], jobs: Collection[str]) -> dict[str, str]:
    """The text of an error by each job that it is about, or that it names."""
    found: dict[str, str] = {}
    for error in errors:
        words = {word.strip(".,:;()") for word in error.message.split()}
        for name in (error.job, *sorted(words & set(jobs))):
            if name is not None:
                found.setdefault(name, f"{error.code}: {error.message}")
    return found


def _periods(networks: Sequence[Facts], zone: str, asked: Asked) -> tuple[PlayedPeriod, ...]:
    """The period that was asked for, or those around strategic days."""
    if asked.begin is not None:
        return (PlayedPeriod(period_of(asked.begin, asked.days, zone), ()),)
    today = midnight(None, zone).date()
    most = max(1, asked.scenarios // len(WEATHER))
    return tuple(
        PlayedPeriod(period_of(datetime.combine(each.first, time()), asked.days, zone), each.days)
        for each in stretches(networks, zone, today, asked.days, most)
    )


def verify_nights(request: Request, selected: Sequence[str], workers: Workers, asked: Asked) -> int:
    """Play scenarios on both sides and show where they differ; the exit status.

    Raises UsageError.
    """
    zone = use_zone(request, None)
    with meter_of(asked.output_format) as meter:
        meter.phase("reading")
        loaded = request.load()
        meter.phase("planning")
        # All workflows play, because those of the selection may wait for others.
        whole = build_estate(loaded)
        planned = whole.planned
        every_error = _errors(whole)
        estate = selecting(whole, selected)
    subject = Subject(
        networks=estate.networks,
        planned=planned,
        readings=dict(request.settings.rules.site.readings),
        drawing=Drawing(asked.seed, _seconds(request, estate.networks)),
        accepts=request.settings.rules.accepts,
        known=_known(
            _about_runs(every_error), {name for _, facts in planned for name in facts.order}
        ),
        against=asked.against,
        token=uuid4().hex,
    )
    periods = _periods(estate.networks, zone, asked)
    count = len(periods)
    scenarios = [(n, periods[n % count].period, n // count) for n in range(asked.scenarios)]
    parts = (scenarios[at : at + CHUNK] for at in range(0, len(scenarios), CHUNK))
    chunks = [Chunk(subject, tuple(part)) for part in parts]
    if len(chunks) > 1:
        workers.start_for(loaded.size * asked.scenarios * asked.days // LIGHT, warm_up)
    verdict = NightVerdict()
    try:
        with meter_of(asked.output_format) as meter:
            for found in meter.count("scenarios", workers.map(play_chunk, chunks), len(chunks)):
                verdict.add(found)
    except (LoadError, BadCron) as error:
        raise click.UsageError(str(error)) from error
    verdict.keep(estate.titles)
    unused = [str(rule) for rule in subject.accepts if rule not in verdict.used]
    errors = tuple(request.places.shown(_errors(estate)))
    result = NightResult(verdict, periods, errors, tuple(unused))
    text = document("verify", nights_json(result))
    if asked.save is not None:
        write_text(asked.save, text + "\n")
    if asked.page is not None:
        write_text(asked.page, "".join(night_page(result)))
    if asked.output_format == "json":
        click.echo(text)
    else:
        show_nights(result)
    return int(not (verdict.workflows and verdict.is_good))
