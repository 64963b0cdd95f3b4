"""`transpile dry-run`."""

import math
import os
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from transpile.cli.console import echo, findings, show_diagnostics
from transpile.cli.day_list import show_days
from transpile.cli.emitted import is_emitted
from transpile.cli.inputs import check_inputs, missing_inputs, values_of
from transpile.cli.legacy import LegacyPlay
from transpile.cli.listings import scheduler_zone
from transpile.cli.moments import BEGIN, LONGEST, read_moment_or_dialect
from transpile.cli.next_step import operand, say_next, say_next_of_findings, say_next_of_sources
from transpile.cli.options import (
    FormWishes,
    complete_dialect,
    form_options,
    format_option,
    meter_of,
    no_workflow,
    request_of,
    select_option,
    selecting,
)
from transpile.cli.outcomes import Dated, check_names, told_outcomes
from transpile.cli.reported import REPORT
from transpile.cli.run_logs import by_side
from transpile.cli.runs import live_board, show_run
from transpile.cli.subjects import Target, from_estate, from_modules
from transpile.cli.timelines import Shown
from transpile.cli.waves import choose_wave, wave_option
from transpile.dialects import Dialect
from transpile.proof.loading import LoadError
from transpile.proof.rehearse import Plan
from transpile.proof.result import Result
from transpile.proof.scheduler import BadCron
from transpile.report.envelope import document
from transpile.report.run_report import run_json
from transpile.sources.text import STDIN

T = TypeVar("T")


def _pairs(read: Callable[[str], T], default: T | None = None) -> Callable[..., dict[str, T]]:
    """A callback that reads NAME=VALUE arguments; NAME alone has the default, if given."""

    def callback(_: click.Context, param: click.Parameter, values: Sequence[str]) -> dict[str, T]:
        found: dict[str, T] = {}
        for text in values:
            name, sign, value = text.rpartition("=")
            if not sign and default is None:
                raise click.BadParameter(f"{text!r} has not the form {param.metavar}")
            try:
                found[name if sign else text] = read(value) if sign else default  # type: ignore[assignment]
            except ValueError as error:
                raise click.BadParameter(f"{text!r}: {error}") from error
        return found

    return callback


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise ValueError("not a number of seconds")
    return value


def _count(text: str) -> float:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("not a number of times")
    return int(text)


@click.command("dry-run")
@click.argument("target", metavar="TARGET")
@click.option(
    "--from",
    "dialect",
    metavar="DATE|DIALECT",
    callback=read_moment_or_dialect,
    shell_complete=complete_dialect,
    help="First moment of the day to play, such as 2026-12-31 or 2026-12-31T18:00+01:00, or format "
    "of the sources.  [default: today]",
)
@form_options
@click.option("--workflow", "only", metavar="NAME", help="Run only this workflow.")
@select_option
@wave_option
@click.option(
    "--input",
    "inputs",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_pairs(str),
    help="Set an input of the workflow.",
)
@click.option(
    "--output",
    "outputs",
    metavar="JOB:NAME=VALUE",
    multiple=True,
    callback=_pairs(str),
    help="Set a value that the job hands over to other jobs.",
)
@click.option(
    "--days", metavar="N", type=click.IntRange(1, LONGEST), help="Play so many days.  [default: 1]"
)
@click.option(
    "--fail",
    "failing",
    metavar="JOB[@DATE][=CODE]",
    multiple=True,
    help="Let the job fail, on this day or always.",
)
@click.option(
    "--kill",
    "killed",
    metavar="JOB[@DATE]",
    multiple=True,
    help="Let the job be killed, on this day or always.",
)
@click.option(
    "--lose",
    "lost",
    metavar="JOB[=N]",
    multiple=True,
    callback=_pairs(_count, math.inf),
    help="Let the platform lose the container of the job, N times or each time.",
)
@click.option("--execute", is_flag=True, help="Really run the commands, in parallel.")
@click.option(
    "--parallel",
    metavar="N",
    type=click.IntRange(1),
    help="Run at most N jobs at a time.  [default: the limit of the launch plan, else 25; with "
    "--execute one per processor]",
)
@click.option(
    "--seconds",
    metavar="JOB=S",
    multiple=True,
    callback=_pairs(_seconds),
    help="Simulated duration of the job, instead of one second.",
)
@format_option("text", "json")
@click.pass_context
@by_side
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: click.Context,
    target: str,
    dialect: Dialect | None,
    form: FormWishes,
    only: str | None,
    selected: tuple[str, ...],
    wave: str | None,
    inputs: dict[str, str],
    outputs: dict[str, str],
    days: int | None,
    failing: Sequence[str],
    killed: Sequence[str],
    lost: dict[str, float],
    execute: bool,
    parallel: int | None,
    seconds: dict[str, float],
    output_format: str,
) -> None:
    """Run TARGET as Flyte would: an emitted module or folder, or job definitions.

    One workflow runs once. Several ones, or --from and --days, play in one timeline, started by
    their schedules and by one another; with --select all of them play, and the selected ones are
    shown. A date of --from means midnight in the zone of most schedules. With --wave jobs of the
    legacy side run by the engine of the source; --fail, --kill and --seconds are about them, too.

    Commands run only with --execute, and one workflow after another. Otherwise times are simulated,
    and jobs succeed unless an option says how they end. An emitted module needs its report.json,
    which says which job each node runs. Exit status: 0 all runs succeeded, 1 one did not, 2 wrong
    usage.
    """
    begin = ctx.meta.get(BEGIN)
    if (begin or days) and (only or execute):
        raise click.UsageError("a day of --from has all workflows, and simulated times")
    with tempfile.TemporaryDirectory(prefix="transpile-") as folder, ExitStack() as stack:
        asked = _Asked(target, dialect, form, selected, wave, output_format, execute)
        loaded, legacy = _loaded(asked, Path(folder))
        targets = _chosen(loaded, only)
        several = only is None and not execute and len(targets) > 1
        plays = begin is not None or days is not None or several
        targets = loaded if plays else targets
        names = {name for t in targets for name, entry in t.roster.items() if not entry.is_box}
        boxes = {name for t in targets for name in t.roster} - names
        legacy = legacy if plays else None
        if legacy is not None:
            names, boxes = names | legacy.jobs, boxes | legacy.boxes
        parts = {part for target in targets for part in target.parts()}
        told, dated = told_outcomes(failing, killed, names | parts, boxes)
        if dated and not plays:
            raise click.UsageError("an outcome on a day needs --from or --days")
        check_names(seconds, names, boxes)
        check_names(lost, names, boxes)
        check_inputs(inputs, targets, clocked=plays)
        handed = _handed(outputs)
        check_names(handed, names, boxes)
        if output_format == "json":
            stack.enter_context(_output_elsewhere())
        board = stack.enter_context(live_board(enabled=output_format == "text" and execute))
        planned = []
        for found in targets:
            known = found.roster.keys() | found.parts()
            outcomes = {n: o or found.failure(n) for n, o in told.items() if n in known}
            _warn(found, legacy, execute=execute, alone=not plays)
            most = parallel or (None if execute else found.workflow.places)
            plan = Plan(values_of(inputs, found), outcomes, seconds, most, handed, lost)
            planned.append((found, plan))
        on_days = Dated(dated, seconds)
        if legacy is not None:
            legacy.tell(told, on_days, seconds)
        played = (
            _played(planned, begin, days or 1, on_days, legacy, output_format) if plays else None
        )
        for name, day in on_days.unused():
            echo(f"no run of {name} starts on {day}", err=True)
        results = [
            found.run(plan, board.watch(found.roster) if board else None)
            for found, plan in (() if plays else planned)
        ]
    good = _show_day(played, days or 1, output_format) if played else _show(results, output_format)
    for text in () if good else missing_inputs(inputs, targets):
        echo(text, err=True)
    _say_next(target)
    ctx.exit(int(not good))


def _say_next(target: str) -> None:
    """Lead from a rehearsal to its comparison with the source."""
    if target != STDIN and is_emitted(Path(target)):
        folder = _output_around(Path(target))
        if folder is not None:
            say_next("verify", "SOURCE", "--against", operand(folder))
    else:
        say_next_of_sources(
            "verify", carried=("target_platform", "style", "branch", "max_nodes", "wave")
        )


def _output_around(path: Path) -> str | None:
    """The folder of a conversion that an emitted module or folder stands in."""
    around = (path, *path.parents) if path.is_dir() else path.parents
    return next((str(each) for each in around if (each / REPORT).is_file()), None)


def _warn(target: Target, legacy: LegacyPlay | None, *, execute: bool, alone: bool) -> None:
    """Say what is assumed about the workflow of a target."""
    name = target.workflow.name
    if unknown := target.unknown():
        echo(f"{name}: nodes that {REPORT} does not list: {', '.join(unknown)}", err=True)
    if not alone and legacy is None and target.asks_legacy:
        echo(f"{name}: its waits for the legacy side are taken to be over", err=True)
    if alone and target.waits:
        echo(
            f"{name} runs alone: its waits for others and for times are taken to be over", err=True
        )
    edited = [] if execute else [n.label for n in target.rehearsal.edited(target.workflow)]
    if edited:
        echo(f"{name}: behaviour assumed of edited tasks: {', '.join(edited)}", err=True)


def _played(
    planned: Sequence[tuple[Target, Plan]],
    begin: datetime | None,
    days: int,
    dated: Dated,
    legacy: LegacyPlay | None,
    output_format: str,
) -> Shown:
    try:
        with meter_of(output_format) as meter:
            meter.phase("days", days)
            return Shown(planned, begin, days, dated, meter.reach, legacy)
    except BadCron as error:
        raise click.UsageError(str(error)) from error


def _show_day(played: Shown, days: int, output_format: str) -> bool:
    """Show a day or several; True if all executions have succeeded."""
    if output_format == "json":
        click.echo(document("dry-run", played.data()))
    elif days > 1:
        show_days(played, days)
    else:
        played.show()
    return played.is_good


def _show(results: Sequence[Result], output_format: str) -> bool:
    """Show each run on its own; True if all have succeeded."""
    if output_format == "json":
        data = [run_json(result) for result in results]
        click.echo(document("dry-run", data[0] if len(data) == 1 else {"workflows": data}))
    else:
        for result in results:
            show_run(result)
    return all(result.succeeded for result in results)


def _handed(outputs: dict[str, str]) -> dict[str, dict[str, str]]:
    """The values that each job hands over."""
    found: dict[str, dict[str, str]] = {}
    for key, value in outputs.items():
        job, _, name = key.rpartition(":")
        found.setdefault(job, {})[name] = value
    return found


@contextmanager
def _output_elsewhere() -> Iterator[None]:
    """Send the output of commands to standard error: standard output is for the result."""
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to load."""

    target: str
    dialect: Dialect | None
    form: FormWishes
    selected: tuple[str, ...]
    wave: str | None
    output_format: str
    execute: bool


def _loaded(asked: _Asked, folder: Path) -> tuple[list[Target], LegacyPlay | None]:
    """The workflows, and the legacy side of a wave."""
    target, execute = asked.target, asked.execute
    path = Path(target)
    try:
        if asked.dialect is None and target != STDIN and is_emitted(path):
            if asked.wave is not None:
                raise click.UsageError(
                    f"--wave is for job definitions: {target} has the jobs of one"
                )
            return list(from_modules(path, execute=execute, patterns=asked.selected)), None
        request = request_of((target,), asked.dialect)
        request.settings.use_form(*asked.form)
        choose_wave(request.settings, asked.wave)
        with meter_of(asked.output_format) as meter:
            estate = request.read(meter)
            meter.phase("workflows")
            planned = estate.planned
        titles = selecting(estate, asked.selected).titles
        if estate.diagnostics.failed(strict=True):
            of_wave = f" --wave {asked.wave}" if asked.wave else ""
            shown = f"`transpile check {shlex.quote(target)}{of_wave}` shows them"
            echo(f"{findings(estate.diagnostics)}: {shown}", err=True)
        if not planned:
            show_diagnostics(request.places.shown(estate.diagnostics))
            echo(f"Error: no workflow in {target}", err=True)
            say_next_of_findings(estate.diagnostics)
            raise click.exceptions.Exit(1)
        legacy = LegacyPlay.of(estate, scheduler_zone(request))
        return list(from_estate(planned, folder, execute=execute, titles=titles)), legacy
    except (LoadError, OSError) as error:
        echo(f"Error: {target} cannot be run: {error}", err=True)
        raise click.exceptions.Exit(1) from error


def _chosen(targets: list[Target], only: str | None) -> list[Target]:
    if only is None:
        if not targets:
            raise click.UsageError("no workflow in TARGET")
        # A workflow that looks up run days runs only if it is named.
        return [target for target in targets if target.selected and not target.timed]
    known = [target for target in targets if target.selected]
    found = [t for t in known if only in (t.workflow.name, t.variable, t.rehearsal.name)]
    if not found:
        raise no_workflow(only, [target.workflow.name for target in known])
    return found
