"""`--observed`: files in which the scheduler recorded or forecast its runs."""

from collections.abc import Sequence
from pathlib import Path

import click

from transpile.cli.console import count, echo
from transpile.cli.listings import read_listing, scheduler_zone
from transpile.cli.options import NamedPath, Request, meter_of, selecting
from transpile.dialects import LISTINGS
from transpile.model.run_log import JobRun, Period
from transpile.output import write_text
from transpile.proof.run_logs import Kind, LogDifference
from transpile.report.envelope import document
from transpile.report.observed import (
    CheckedNetwork,
    Observed,
    ObservedFile,
    Side,
    check_observed,
    known_seconds,
)
from transpile.report.observed_json import observed_json
from transpile.sources.printable import printable
from transpile.sources.text import decode

MOST_LISTED = 20
"""Maximum number of differences, lines or names that are listed at one place."""

observed_option = click.option(
    "--observed",
    "observed",
    metavar="FILE",
    type=NamedPath(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="What the scheduler recorded or forecast, recognised by content: "
    f"{', '.join(form.title for form in LISTINGS)} (columns job, start, end, status).",
)


def read_observed(paths: Sequence[Path], zone: str) -> list[ObservedFile]:
    """Read the files. Raises UsageError for one that cannot be read or has an unknown format."""
    found = []
    for path in paths:
        try:
            text, _ = decode(path.read_bytes())
        except OSError as error:
            raise click.UsageError(f"--observed {path}: {error.strerror}") from error
        form, listed = read_listing(path, text, zone, "--observed")
        found.append(ObservedFile(path.name, form.title, listed, form.cut))
    return found


def verify_observed(
    request: Request,
    paths: Sequence[Path],
    selected: Sequence[str],
    output_format: str,
    save: Path | None,
) -> int:
    """Compare the files with the source and with the launch plans; the exit status.

    The whole estate plays; the result is about the selected workflows. Raises UsageError.
    """
    zone = scheduler_zone(request)
    files = read_observed(paths, zone)
    with meter_of(output_format) as meter:
        estate = request.read(meter)
        chosen = selecting(estate, selected).selection
        readings = dict(request.settings.rules.site.readings)
        seconds = known_seconds(estate.networks, (), request.settings.seconds_of)
        meter.phase("comparing")
        found = check_observed(estate, files, zone, readings, seconds)
    if chosen is not None:
        found = found.about(chosen.jobs)
    text = document("verify", observed_json(found))
    if save is not None:
        write_text(save, text + "\n")
    if output_format == "json":
        click.echo(text)
    else:
        _show(found)
    return int(not found.is_good)


def show_files(files: Sequence[ObservedFile]) -> None:
    """Print what was read from each file, and the lines that were not understood."""
    for file in files:
        listed = file.listed
        more = f", {count(listed.idle, 'row')} without a run" if listed.idle else ""
        echo(f"{file.name}: {file.title}, {count(len(listed.runs), 'run')}{more}")
        _list_some([f"line {n} not understood: {text}" for n, text in listed.unread])


def _list_some(lines: Sequence[str], indent: str = "  ") -> None:
    for line in lines[:MOST_LISTED]:
        echo(f"{indent}{line}")
    if len(lines) > MOST_LISTED:
        echo(f"{indent}{len(lines) - MOST_LISTED:,} more (--format json lists all)")


def _show(found: Observed) -> None:
    show_files(found.files)
    echo(f"times without a zone are in {found.zone}")
    for network in found.networks:
        _show_network(network)
    if found.unknown:
        echo(f"in no source: {count(len(found.unknown), 'job')}")
        _list_some(found.unknown)
    if found.old:
        echo(f"too old to compare: {count(found.old, 'run')}")
    if not found.networks:
        echo("nothing to compare: no recorded run is of a job of the sources")


def _show_network(network: CheckedNetwork) -> None:
    period = network.period
    first, last = (period.local(run.start) for run in (network.log.runs[0], network.log.runs[-1]))
    name = f"{network.title} ({network.dialect})" if network.title else network.dialect
    runs = count(len(network.log.runs), "recorded run")
    click.secho(printable(f"{name}: {runs} from {first:%F %R} to {last:%F %R}"), bold=True)
    if network.rules is None:
        echo(f"  rules of the source: not compared, {network.dialect} has no engine over days")
    else:
        _show_side("rules of the source", network.rules, period)
    if network.plans is not None:
        _show_side("launch plans", network.plans, period)
    for reading, answer in network.readings.items():
        echo(f"  decided by a reading: {reading} = {answer}")
    if network.unlisted:
        echo(f"  not compared, no records: {count(len(network.unlisted), 'job')}")
        _list_some(network.unlisted, "    ")


def _show_side(name: str, side: Side, period: Period) -> None:
    comparison = side.comparison
    counts = "".join(f", {n:,} {kind.value}" for kind, n in comparison.counts.items())
    jobs = count(len(side.jobs), "job")
    echo(f"  {name}, {jobs}: {count(comparison.agreeing, 'run')} as recorded{counts}")
    lines = []
    for found, remark in side.differences:
        why = f" ({remark.cause.value}: {remark.text})" if remark else ""
        lines.append(_described(found, period) + why)
    _list_some(lines, "    ")


def _described(found: LogDifference, period: Period) -> str:
    first, second = found.first, found.second
    text = f"{found.job}: {found.kind.value}"
    if first is None or second is None:
        return f"{text}: {_shown(found.run, period)}"
    if found.kind is Kind.OTHER_OUTCOME:
        return f"{text}: {_shown(first, period)}, not {_ended(second)}"
    return f"{text}: {_at(first, period)}, not {_at(second, period)}"


def _shown(run: JobRun, period: Period) -> str:
    return " ".join(filter(None, (_at(run, period), _ended(run))))


def _at(run: JobRun, period: Period) -> str:
    return f"{period.local(run.start):%a %F %R %Z}"


def _ended(run: JobRun) -> str:
    code = f" with exit code {run.code}" if run.code else ""
    return "" if run.state is None else f"{run.state.shown}{code}"
