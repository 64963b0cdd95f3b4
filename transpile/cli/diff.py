"""`transpile diff`."""

from copy import deepcopy
from dataclasses import replace
from functools import partial

import click

from transpile.cli.console import echo
from transpile.cli.diff_text import show_drift
from transpile.cli.moments import FIRST_DAY, days_option, from_date_option
from transpile.cli.next_step import operand, say_next
from transpile.cli.options import Request, format_option, reading, select_option, targeting
from transpile.cli.places import Places
from transpile.cli.unread import report_unread
from transpile.drift.compare import compare
from transpile.drift.data import drift_json
from transpile.drift.dates import DAYS, Span, first_day
from transpile.drift.sides import select_pair, side_of
from transpile.findings.codes.output import SettingsBelowSources
from transpile.pipeline import Estate, Loaded, build_estate
from transpile.report.envelope import document
from transpile.sources.text import STDIN
from transpile.targets.flyte.selection import SelectsNothing

_SAME, _DIFFERENT, _TROUBLE = range(3)

_from_option = from_date_option(
    "First day of start times to compare, such as 2026-12-31, or format of the sources.  "
    "[default: 1 January of the last year with dates in a calendar of OLD, else of 2026]"
)


def _two_versions(
    _ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """The names of the two versions. Raises UsageError."""
    if len(value) != 2:
        raise click.UsageError(f"name two versions, OLD and NEW; {len(value)} given")
    return value


@click.command("diff")
@partial(
    reading,
    from_option=_from_option,
    argument=click.argument(
        "sources", nargs=-1, required=True, metavar="OLD NEW", callback=_two_versions
    ),
)
@targeting
@select_option
@format_option("text", "json")
@days_option("Number of days on which start times are compared.", DAYS)
@click.pass_context
def command(
    ctx: click.Context, request: Request, selected: tuple[str, ...], output_format: str, days: int
) -> None:
    """Compare two versions of a source by meaning, and name the modules that change.

    OLD and NEW are each a file, a folder or a zip file, and an estate of its own; one of them may
    be - for standard input. The transpile.toml at or above both holds for both. Conditions are
    compared by their truth tables, schedules by their start times, everything else as text.
    Comments, blanks, the order of jobs and the names of files make no difference.

    Exit status: 0 no difference in meaning, 1 differences, 2 wrong
    usage. A source that cannot be read gives 2, too.
    """
    names = request.sources
    if names == (STDIN, STDIN):
        raise click.UsageError("only one of OLD and NEW can be standard input")
    loaded = [_load(request, name) for name in names]
    unread = [_report_unread(each, request.places) for each in loaded]
    if not all(each.sources for each in loaded):
        ctx.exit(_TROUBLE)
    first, second = map(build_estate, loaded)
    _report_settings(first, second, request.places)
    old, new = map(side_of, _selected(first, second, selected))
    span = Span(ctx.meta.get(FIRST_DAY) or first_day((old, new)), days)
    drift = compare(old, new, span)
    if output_format == "json":
        click.echo(document("diff", drift_json(drift)))
    else:
        show_drift(drift, (names[0], names[1]))
    if not drift.is_same and STDIN not in names:
        say_next("verify", operand(names[1]))
    ctx.exit(_TROUBLE if any(unread) else _SAME if drift.is_same else _DIFFERENT)


def _load(request: Request, source: str) -> Loaded:
    """Read one version."""
    # Settings remember which rules were used: each version has its own.
    return replace(request, sources=(source,), settings=deepcopy(request.settings)).load()


def _report_unread(loaded: Loaded, places: Places) -> bool:
    """Report files that cannot be read, and errors in the settings; True for such files."""
    settings = {problem.finding.code for problem in loaded.settings.problems}
    for found in places.shown(loaded.diagnostics):
        if found.code in settings:
            echo(str(found), err=True)
    return report_unread(loaded.diagnostics, places)


def _report_settings(old: Estate, new: Estate, places: Places) -> None:
    """Report files with settings that stand inside one version, and are not read."""
    for estate in (old, new):
        for found in places.shown(estate.diagnostics):
            if found.code == SettingsBelowSources.code:
                echo(str(found), err=True)


def _selected(old: Estate, new: Estate, patterns: tuple[str, ...]) -> tuple[Estate, Estate]:
    try:
        return select_pair(old, new, patterns)
    except SelectsNothing as error:
        raise click.UsageError(str(error)) from error
