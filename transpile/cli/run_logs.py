"""The runs of an estate over days, by its source or by Flyte, as `transpile dry-run --by` shows."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import click
from rich.table import Table

from transpile.cli.console import cell, echo, findings, show_diagnostics, wide_console
from transpile.cli.listings import scheduler_zone
from transpile.cli.moments import BEGIN
from transpile.cli.next_step import say_next_of_sources
from transpile.cli.options import Request, meter_of, request_of, selecting
from transpile.cli.subjects import from_estate
from transpile.cli.waves import choose_wave
from transpile.model.run_log import Operation, Period, RunLog
from transpile.model.zones import DEFAULT, zone_named
from transpile.pipeline import Estate
from transpile.proof.legacy_days import LegacyDays
from transpile.proof.legacy_side import LegacySide
from transpile.proof.loading import LoadError
from transpile.proof.platform_days import PlatformDays
from transpile.proof.run_ends import GivenEnds, WrongRuns, read_runs
from transpile.proof.scheduler import BadCron
from transpile.proof.source_days import SourceDays, period_of
from transpile.report.envelope import document
from transpile.report.night_report import WORDS, iso, run_json

F = TypeVar("F", bound=Callable[..., Any])


def _read_zone(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    zone = zone_named(value) if value is not None else None
    if value is not None and zone is None:
        raise click.BadParameter(f"{value!r} is not the name of a time zone")
    return zone


def _read_runs(
    _: click.Context, __: click.Parameter, value: Path | None
) -> tuple[GivenEnds, tuple[Operation, ...]]:
    if value is None:
        return GivenEnds(), ()
    try:
        return read_runs(value.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, WrongRuns) as error:
        raise click.BadParameter(f"{value}: {error}") from error


def by_side(function: F) -> F:
    """Add --by, --zone and --runs; with --by the command prints a run log and does nothing else."""

    @wraps(function)
    def command(
        ctx: click.Context,
        by: str | None,
        zone: str | None,
        runs: tuple[GivenEnds, tuple[Operation, ...]],
        **options: Any,
    ) -> Any:
        if by is None:
            return function(ctx, **options)
        request = request_of((options["target"],), options["dialect"])
        request.settings.use_form(*options["form"])
        choose_wave(request.settings, options["wave"])
        name, days = use_zone(request, zone), options["days"] or 1
        period = period_of(midnight(ctx.meta.get(BEGIN), name), days, name)
        with meter_of(options["output_format"]) as meter:
            estate = request.read(meter)
        chosen = selecting(estate, options["selected"]).selection
        log = _played(request, estate, by, period, *runs)
        _show(period, log.about(chosen.jobs) if chosen else log, options["output_format"])
        say_next_of_sources("verify", "--days", str(days), carried=("wave",))
        return None

    for decorate in (
        click.option(
            "--runs",
            metavar="FILE",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            callback=_read_runs,
            help='How runs end with --by: JSON such as {"default": [60, 0], "runs": {"JOB#2": '
            "[900, 1]}}, with seconds and exit code of the n-th run of a job.",
        ),
        click.option(
            "--zone",
            metavar="ZONE",
            callback=_read_zone,
            help="Time zone of the scheduler with --by.  [default: that of transpile.toml, or UTC]",
        ),
        click.option(
            "--by",
            type=click.Choice(("source", "platform")),
            help="List the runs over days as the source's engine has them, or the emitted modules.",
        ),
    ):
        command = decorate(command)
    return cast(F, command)


def use_zone(request: Request, zone: str | None) -> str:
    """Make a zone that of the scheduler, or find out which one it is."""
    if zone is not None:
        rules = request.settings.rules
        zones = {**dict(rules.site.timezones), DEFAULT: zone}
        site = replace(rules.site, timezones=tuple(zones.items()))
        request.settings.rules = replace(rules, site=site)
    return scheduler_zone(request)


def midnight(begin: datetime | None, zone: str) -> datetime:
    """The moment to begin with, or the last midnight in a zone."""
    today = datetime.now(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return begin or today.replace(tzinfo=None)


def _played(
    request: Request,
    estate: Estate,
    by: str,
    period: Period,
    ends: GivenEnds,
    operations: Sequence[Operation],
) -> RunLog:
    """The whole estate plays, because selected workflows may wait for others."""
    if not any(facts.said.jobs for facts in estate.networks):
        show_diagnostics(request.places.shown(estate.diagnostics))
        raise click.ClickException(f"no job in {', '.join(request.sources)}")
    if estate.diagnostics.failed(strict=False):
        shown = "`transpile check` shows them"
        echo(f"{findings(estate.diagnostics)}: {shown}", err=True)
    source = SourceDays(estate.networks, period, dict(request.settings.rules.site.readings))
    if by == "platform":
        waves = request.settings.rules.waves.chosen is not None
        legacy = LegacyDays(estate.networks).side(source.play(ends)) if waves else None
        return _on_platform(estate, period, ends, legacy)
    for operation in operations:
        if operation.event not in source.operations:
            known = ", ".join(sorted(source.operations)) or "none"
            raise click.UsageError(f"unknown event {operation.event}; the source knows {known}")
    return source.play(ends, operations)


def _on_platform(
    estate: Estate, period: Period, ends: GivenEnds, legacy: LegacySide | None
) -> RunLog:
    """What the emitted modules do. Raises UsageError."""
    try:
        with tempfile.TemporaryDirectory(prefix="transpile-") as folder:
            targets = from_estate(estate.planned, Path(folder), execute=False)
            days = PlatformDays([target.part() for target in targets], period)
            return days.play(ends, legacy=legacy)
    except (LoadError, BadCron) as error:
        raise click.UsageError(str(error)) from error


def _show(period: Period, log: RunLog, output_format: str) -> None:
    if output_format == "json":
        click.echo(document("dry-run", log_json(log)))
        return
    table = Table(box=None, pad_edge=False)
    for title in ("job", "run", "start", "end", "status"):
        table.add_column(title, no_wrap=True)
    for run in log.runs:
        end = f"{period.local(run.end):%a %Y-%m-%d %H:%M:%S}" if run.end else "goes on"
        start = f"{period.local(run.start):%a %Y-%m-%d %H:%M:%S}"
        word = WORDS[run.state] if run.state else ""
        table.add_row(cell(run.job), str(run.number), start, end, word)
    wide_console().print(table)
    for note in log.remarks:
        at = f"{period.local(note.at):%a %Y-%m-%d %H:%M:%S}"
        echo(f"{at} {note.job}: {note.cause.value}: {note.text}")
    show_readings(log.readings)


def show_readings(readings: Mapping[str, str]) -> None:
    """Print the answers to open questions on which a result depends."""
    for name, answer in readings.items():
        echo(f"depends on a reading: {name} = {answer}")


def log_json(log: RunLog) -> dict[str, Any]:
    """A run log as JSON values; moments are ISO texts in UTC."""
    return {
        "runs": [run_json(run) for run in log.runs],
        "remarks": [
            {"job": note.job, "at": iso(note.at), "class": note.cause.value, "text": note.text}
            for note in log.remarks
        ],
        "readings": dict(log.readings),
    }
