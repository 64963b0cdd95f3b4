"""`transpile verify`."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import click

from transpile.cli.console import count, echo, findings
from transpile.cli.moments import BEGIN, read_moment_or_dialect
from transpile.cli.next_step import OUT, say_next, say_next_of_output, say_next_of_sources
from transpile.cli.nights import FEW as FEW_NIGHTS
from transpile.cli.nights import Asked, verify_nights
from transpile.cli.observed import observed_option, verify_observed
from transpile.cli.options import (
    NamedPath,
    Request,
    complete_dialect,
    format_option,
    forming,
    meter_of,
    reading,
    select_option,
    sharing,
)
from transpile.cli.packages import written_base
from transpile.cli.planning import estate_of, in_batches
from transpile.cli.verification import (
    Neighbours,
    merged,
    sketch_batch,
    verify_one,
    verify_tasks,
    warm_up,
)
from transpile.cli.waves import waving
from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import Level
from transpile.output import write_text
from transpile.output.workers import Workers
from transpile.proof.far_scenarios import shown
from transpile.proof.scenarios import FEW
from transpile.proof.verify import Verdict
from transpile.report.envelope import document
from transpile.report.run_report import verdict_json
from transpile.sources.printable import printable
from transpile.targets.flyte.cuts import CutTable

MOST = 500
"""Default number of scenarios of a workflow."""

_from_option = click.option(
    "--from",
    "dialect",
    metavar="DATE|DIALECT",
    callback=read_moment_or_dialect,
    shell_complete=complete_dialect,
    help="First moment of --days, such as 2026-12-31, or format of the sources.",
)

MOST_LISTED = 5
"""Maximum number of unproven findings listed for a workflow."""


@click.command("verify")
@partial(reading, from_option=_from_option)
@forming
@waving
@sharing
@select_option
@click.option(
    "--scenarios",
    metavar="N",
    type=click.IntRange(1),
    help=f"Number of scenarios per workflow, up to {FEW:,} combinations are all tried; with --days "
    f"of the estate.  [default: {MOST}, or {FEW_NIGHTS} with --days]",
)
@click.option(
    "--days",
    metavar="N",
    type=click.IntRange(1, 366),
    help="Compare so many days of the whole estate instead of one run of each workflow.",
)
@click.option(
    "--against",
    metavar="OUT",
    type=NamedPath(exists=True, file_okay=False, path_type=Path),
    help="Verify the modules in this folder, which convert has written, instead of new ones.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of random scenarios.")
@observed_option
@format_option("text", "json")
@click.option(
    "--save",
    type=NamedPath(dir_okay=False, path_type=Path),
    help="Also write the result to this file, as JSON.",
)
@click.option(
    "--page",
    type=NamedPath(dir_okay=False, path_type=Path),
    help="With --days, write a page to this file: days across, workflows down.",
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: click.Context,
    request: Request,
    workers: Workers,
    selected: tuple[str, ...],
    scenarios: int | None,
    days: int | None,
    against: Path | None,
    seed: int,
    observed: tuple[Path, ...],
    output_format: str,
    save: Path | None,
    page: Path | None,
) -> None:
    """Compare what the source's engine does with what the emitted workflows of SOURCE... do.

    Each workflow runs in many scenarios, which say how its jobs end. Both sides must agree on the
    jobs that run, their states and their order.

    With --days both sides play the whole estate on a virtual clock, from the date of --from or
    around days that matter to its calendars and clocks. With --observed the runs that the scheduler
    recorded are compared: with the rules of the source over days, and with the launch plans.

    With --wave only jobs that have moved are compared. Jobs of the legacy side have statuses like
    those of other workflows, and a simulated legacy side answers what moved jobs ask about them.
    With --days they run as in the source, and what the legacy side hears of moved jobs is compared.

    Exit status: 0 all agree, 1 some do not, or something was left out, 2 wrong usage.
    """
    _check_options(save, page, days, observed)
    if observed and request.settings.rules.waves.chosen is not None:
        raise click.UsageError("--observed compares the whole estate: leave --wave out")
    base = against and written_base(request, against)
    if observed:
        status = verify_observed(request, observed, selected, output_format, save)
    elif days is not None:
        begin, number = ctx.meta.get(BEGIN), scenarios or FEW_NIGHTS
        asked = Asked(days, begin, number, seed, output_format, save, page, base)
        status = verify_nights(request, selected, workers, asked)
    else:
        runs = _Runs(scenarios or MOST, seed, base, output_format, save)
        status = _verify_runs(request, selected, workers, runs)
    _say_next(request, against, status)
    ctx.exit(status)


def _say_next(request: Request, against: Path | None, status: int) -> None:
    """Lead from a verdict to the platform, or to the classes of differences."""
    if status:
        say_next("docs", "proof")
    elif against is not None:
        say_next_of_output(against, drives=request.settings.rules.form.drives)
    else:
        carried = ("selected", "target_platform", "style", "branch", "max_nodes", "wave")
        say_next_of_sources("convert", "-o", OUT, carried=carried)


@dataclass(frozen=True, slots=True)
class _Runs:
    """What is asked of the verification of single runs."""

    scenarios: int
    seed: int
    base: Path | None
    output_format: str
    save: Path | None


def _check_options(
    save: Path | None, page: Path | None, days: int | None, observed: Sequence[Path]
) -> None:
    for option, path in (("--save", save), ("--page", page)):
        if path is not None and not os.access(path.parent, os.W_OK):
            raise click.UsageError(f"{option} {path}: its folder does not exist or is read-only")
    if page is not None and days is None:
        raise click.UsageError("--page needs --days")
    if observed and days is not None:
        raise click.UsageError("--observed has the days of its records: leave --days out")


def _verify_runs(request: Request, selected: Sequence[str], workers: Workers, asked: _Runs) -> int:
    """Verify each workflow on its own; the exit status."""
    verdicts: list[Verdict] = []
    placed: set[str] = set()
    rows: list[dict[str, Any]] = []
    table = CutTable()
    with meter_of(asked.output_format) as meter:
        estate = estate_of(request, selected, workers, warm_up, meter)
        plans = list(estate.tasks())
        for sketch in chain.from_iterable(workers.map(sketch_batch, in_batches(plans))):
            estate.diagnostics.complete(sketch.added)
            placed.update(sketch.jobs)
            table.add(sketch.cuts)
        for task, with_cuts in estate.neighbours():
            (sketch,) = sketch_batch([task])
            table.add(sketch.cuts, with_cuts=with_cuts)
        around = Neighbours.of(table)
        limits = asked.scenarios, asked.seed, asked.base
        tasks = verify_tasks(plans, around, *limits, in_chunks=workers.are_started)
        results = merged(workers.map(verify_one, tasks))
        for found in meter.count("workflows", results, len(plans)):
            verdicts.append(found.verdict)
            rows.append(verdict_json(found.verdict, found.unproven))
            if asked.output_format == "text":
                with meter.aside():
                    _show(found.verdict, found.unproven)
    estate.conclude()
    elsewhere = request.places.shown(_elsewhere(placed, estate.diagnostics))
    data = {"workflows": rows, "not_converted": [_entry(found) for found in elsewhere]}
    text = document("verify", data)
    if asked.save is not None:
        write_text(asked.save, text + "\n")
    if asked.output_format == "json":
        click.echo(text)
    else:
        _conclude(verdicts, elsewhere, findings(estate.diagnostics))
    left_out = not verdicts or any(found.level is Level.ERROR for found in elsewhere)
    return int(left_out or not all(verdict.good for verdict in verdicts))


def _entry(found: Diagnostic) -> dict[str, Any]:
    return {"job": found.job, "code": found.code, "message": str(found)}


def _elsewhere(placed: Collection[str], diagnostics: Diagnostics) -> list[Diagnostic]:
    """Errors about jobs in no workflow, and errors and warnings about no job."""
    shown = (d for d in diagnostics if d.level is not Level.NOTE and d.job not in placed)
    return [d for d in shown if d.level is Level.ERROR or d.job is None]


def _show(verdict: Verdict, unproven: Sequence[Diagnostic]) -> None:
    how = "all combinations" if verdict.exhaustive else "a part of all combinations"
    good = verdict.agree == verdict.scenarios
    word = click.style("agree" if good else "DISAGREE", fg="green" if good else "red", bold=True)
    number = verdict.agree if good else verdict.scenarios - verdict.agree
    tried = f"{number:,} of {count(verdict.scenarios, 'scenario')}"
    click.echo(f"{printable(verdict.name)}: {word} in {tried} ({how})")
    for problem in verdict.problems:
        click.echo(f"  {click.style('wrong', fg='red')}: {printable(problem)}")
    for found in verdict.disagreements:
        outcomes = [f"{job} {outcome}" for job, outcome in found.scenario.outcomes.items()]
        outcomes += [f"$${name} = {value}" for name, value in found.scenario.values.items()]
        outcomes += [f"{job} {shown(changes)}" for job, changes in found.scenario.far.items()]
        echo(f"  if {', '.join(outcomes) or 'all succeed'}:")
        echo(f"    {found.difference.job or 'the whole'}")
        echo(f"      source:  {found.difference.source}")
        echo(f"      emitted: {found.difference.emitted}")
    for diagnostic in unproven[:MOST_LISTED]:
        echo(f"  not proven: {diagnostic.code} {diagnostic.message}")
    if len(unproven) > MOST_LISTED:
        more = count(len(unproven) - MOST_LISTED, "place")
        echo(f"  not proven: {more} more (--format json lists all)")


def _conclude(verdicts: list[Verdict], elsewhere: list[Diagnostic], found: str) -> None:
    for diagnostic in elsewhere:
        word = "not converted" if diagnostic.level is Level.ERROR else "not proven"
        echo(f"{word}: {diagnostic}")
    good = sum(verdict.good for verdict in verdicts)
    tried = sum(verdict.scenarios for verdict in verdicts)
    workflows = count(len(verdicts), "workflow")
    echo(
        f"{good:,} of {workflows} agree in all that was tried: {count(tried, 'scenario')}; "
        f"conversion found {found}"
    )
