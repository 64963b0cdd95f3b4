"""Options that several commands share."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

import click
import pathspec

from transpile.cli.console import MACHINE_FORMATS
from transpile.cli.places import Places
from transpile.cli.progress import Meter
from transpile.cli.suggest import did_you_mean, starting_with
from transpile.dialects import DIALECTS, Dialect, by_name
from transpile.model.rules import FLYTE2, TARGETS
from transpile.output.cluster import ClusterError
from transpile.output.workers import Workers
from transpile.pipeline import Estate, Loaded, build_estate, load_sources
from transpile.targets.flyte.selection import SelectsNothing
from transpile.team import (
    BRANCHES,
    FEWEST_NODES,
    STYLES,
    Settings,
    find_settings,
    read_settings,
)

F = TypeVar("F", bound=Callable[..., Any])


def read_dialect(ctx: click.Context, param: click.Parameter, value: str | None) -> Dialect | None:
    """The dialect of that name; raises BadParameter for an unknown one."""
    if value is None:
        return None
    found = by_name(value.lower())
    if found is None:
        known = ", ".join(DIALECTS)
        hint = did_you_mean(value, _spellings())
        raise click.BadParameter(f"unknown dialect {value!r}{hint}; known: {known}")
    return found


def _spellings() -> list[str]:
    """The names and aliases of the dialects."""
    return [word for name, dialect in DIALECTS.items() for word in (name, *dialect.aliases)]


complete_dialect = starting_with(_spellings)


class NamedPath(click.Path):
    """A path; an empty one is refused, because it would mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Raise a usage error for an empty path."""
        if not str(value):
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


dialect_option = click.option(
    "--from",
    "dialect",
    metavar="DIALECT",
    callback=read_dialect,
    shell_complete=complete_dialect,
    help="Format of the sources.  [default: recognised by suffix and content]",
)

strict_option = click.option("--strict", is_flag=True, help="Count warnings as errors.")


def format_option(*formats: str) -> Callable[[F], F]:
    """--format with these choices; the first one is the default."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Output format.",
    )


_target_option = click.option(
    "--target",
    "target_platform",
    type=click.Choice(TARGETS),
    help="Workflows of flytekit 1.16, or programs of Flyte 2.  [default: flyte]",
)


def form_options(function: F) -> F:
    """--target, --style, --branch and --max-nodes, passed on as `form`."""

    @wraps(function)
    def command(
        *arguments: Any,
        target_platform: str | None,
        style: str | None,
        branch: str | None,
        max_nodes: int | None,
        **options: Any,
    ) -> Any:
        given = {"--style": style, "--branch": branch, "--max-nodes": max_nodes}
        for name, value in given.items():
            if target_platform == FLYTE2 and value is not None:
                raise click.UsageError(f"{name} is for --target {TARGETS[0]}")
        form = FormWishes(style, branch, max_nodes, target_platform)
        return function(*arguments, form=form, **options)

    for decorate in (
        click.option(
            "--max-nodes",
            metavar="N",
            type=click.IntRange(FEWEST_NODES),
            help="Most nodes of a workflow; more become sub-workflows.  [default: 100]",
        ),
        click.option(
            "--branch",
            type=click.Choice(BRANCHES),
            help="Check conditions in tasks, or simple ones in Flyte's own branches.  "
            "[default: task]",
        ),
        click.option(
            "--style",
            type=click.Choice(STYLES),
            help="Python style of workflows; both serialise to the same.  [default: imperative]",
        ),
        _target_option,
    ):
        command = decorate(command)
    return cast(F, command)


def targeting(function: F) -> F:
    """Add --target, which changes the settings of `request`."""

    @wraps(function)
    def command(
        *arguments: Any, request: Request, target_platform: str | None, **options: Any
    ) -> Any:
        request.settings.use_form(target=target_platform)
        return function(*arguments, request=request, **options)

    return cast(F, _target_option(command))


class FormWishes(NamedTuple):
    """The form of emitted workflows that the command line asks for; None leaves it open."""

    style: str | None = None
    branch: str | None = None
    max_nodes: int | None = None
    target: str | None = None


def sharing(function: F) -> F:
    """Add --jobs and --cluster, passed on as `workers`."""

    @wraps(function)
    def command(*arguments: Any, processes: int | None, cluster: str | None, **options: Any) -> Any:
        try:
            with Workers(processes, cluster) as workers:
                return function(*arguments, workers=workers, **options)
        except ClusterError as error:
            raise click.UsageError(f"--cluster {cluster}: {error}") from error

    for decorate in (
        click.option(
            "--cluster",
            metavar="ADDRESS",
            help="Dask scheduler whose workers do the work, such as tcp://host:8786.",
        ),
        click.option(
            "-j",
            "--jobs",
            "processes",
            metavar="N",
            type=click.IntRange(1),
            help="Number of processes that do the work; the result does not depend on it.  "
            "[default: that of processors for a large estate, else 1]",
        ),
    ):
        command = decorate(command)
    return cast(F, command)


select_option = click.option(
    "--select",
    "selected",
    metavar="PATTERN",
    multiple=True,
    help="Only workflows with a job that matches PATTERN, such as 'FIN.*'; folder:PATTERN, "
    "application:PATTERN, group:PATTERN or workflow:PATTERN match those. All sources are read.",
)


def selecting(estate: Estate, patterns: Sequence[str]) -> Estate:
    """The estate with the selected workflows only. Raises UsageError for a pattern without any."""
    try:
        return estate.selecting(patterns)
    except SelectsNothing as error:
        raise click.UsageError(str(error)) from error


def no_workflow(name: str | None, known: Sequence[str]) -> click.UsageError:
    """The error for an unknown workflow; it lists the first known ones."""
    hint = did_you_mean(name or "", known)
    return click.UsageError(f"unknown workflow {name!r}{hint}; known: {', '.join(known[:10])}")


@dataclass(frozen=True, slots=True)
class Request:
    """The sources to read and how to read them: by options, else by transpile.toml.

    The `places` know where the sources are once they are read.
    """

    sources: tuple[str, ...]
    dialect: Dialect | None
    chosen: Callable[[str], bool]
    settings: Settings
    places: Places

    @property
    def strict(self) -> bool:
        """True if transpile.toml counts warnings as errors."""
        return bool(self.settings.options.get("strict"))

    def load(self, apart_from: str | None = None) -> Loaded:
        """Read the sources, except a folder `apart_from` below them."""
        loaded = load_sources(self.sources, self.dialect, apart_from, self.chosen, self.settings)
        self.places.add(source for _, found in loaded.sources.values() for source in found)
        return loaded

    def read(self, meter: Meter) -> Estate:
        """Read the sources and analyse them; the meter shows the phases."""
        meter.phase("reading")
        loaded = self.load()
        meter.phase("planning")
        return build_estate(loaded)


def meter_of(output_format: str) -> Meter:
    """A meter that is quiet if a machine reads the output."""
    return Meter(quiet=output_format in MACHINE_FORMATS)


def request_of(
    sources: tuple[str, ...],
    dialect: Dialect | None,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    baseline: str | None = None,
) -> Request:
    """The request of these options; transpile.toml has the defaults. Raises UsageError."""
    settings = read_settings(find_settings(sources))
    named = settings.options.get("from")
    if dialect is None and named is not None:
        dialect = by_name(named.lower())
        if dialect is None:
            raise click.UsageError(f"{settings.path}: unknown dialect {named!r}")
    baseline = baseline or settings.options.get("baseline")
    if baseline is not None:
        settings.use_baseline(baseline)
    chosen = _globs(
        include or settings.options.get("include", ()),
        exclude or settings.options.get("exclude", ()),
    )
    return Request(sources, dialect, chosen, settings, Places(sources, settings.path))


def forming(function: F) -> F:
    """Add the options of `form_options`, which change the settings of `request`."""

    @wraps(function)
    def command(
        *arguments: Any,
        request: Request,
        form: FormWishes,
        **options: Any,
    ) -> Any:
        request.settings.use_form(*form)
        return function(*arguments, request=request, **options)

    return cast(F, form_options(command))


_sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
_baseline_option = click.option(
    "--baseline",
    metavar="FILE",
    help="Accept the findings in FILE, written by `check --write-baseline`.",
)


def reading(
    function: F,
    from_option: Callable[[Any], Any] = dialect_option,
    argument: Callable[[Any], Any] = _sources_argument,
    baseline_option: Callable[[Any], Any] = _baseline_option,
) -> F:
    """Add SOURCE..., --from, --include, --exclude and --baseline, passed on as `request`."""

    @wraps(function)
    def command(
        *arguments: Any,
        sources: tuple[str, ...],
        dialect: Dialect | None,
        include: tuple[str, ...],
        exclude: tuple[str, ...],
        baseline: str | None = None,
        **options: Any,
    ) -> Any:
        request = request_of(sources, dialect, include, exclude, baseline)
        return function(*arguments, request=request, **options)

    for decorate in (
        baseline_option,
        _glob_option("--exclude", "Skip"),
        _glob_option("--include", "Read only"),
        from_option,
        argument,
    ):
        command = decorate(command)
    return cast(F, command)


def choosing(function: F) -> F:
    """Add the options of `reading`, apart from --baseline."""
    return reading(function, baseline_option=lambda unchanged: unchanged)


def _glob_option(name: str, verb: str) -> Callable[[F], F]:
    text = f"{verb} files of folders that match GLOB, a pattern as in .gitignore."
    return click.option(name, metavar="GLOB", multiple=True, help=text)


def _globs(include: Iterable[str], exclude: Iterable[str]) -> Callable[[str], bool]:
    include = tuple(include)
    wanted, unwanted = (pathspec.GitIgnoreSpec.from_lines(lines) for lines in (include, exclude))

    def chosen(path: str) -> bool:
        return (not include or wanted.match_file(path)) and not unwanted.match_file(path)

    return chosen
