"""Options that several commands share."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

import click
import pathspec

from transpile.dialects import DIALECTS, Dialect, by_name
from transpile.pipeline import Estate, Loaded, build_estate, load_sources
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
    """The dialect that an option names."""
    if value is None:
        return None
    found = by_name(value.lower())
    if found is None:
        known = ", ".join(DIALECTS)
        raise click.BadParameter(f"{value!r} is no dialect. Known: {known}")
    return found


class NamedPath(click.Path):
    """A path that is not empty: an empty one would be the folder where the user stands."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; a usage error for an empty one."""
        if not str(value):
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


dialect_option = click.option(
    "--from",
    "dialect",
    metavar="DIALECT",
    callback=read_dialect,
    help="The format of the sources; recognised by suffix and content if not given.",
)

strict_option = click.option("--strict", is_flag=True, help="Count warnings as errors.")


def format_option(*formats: str) -> Callable[[F], F]:
    """--format, the first one by default."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print the result.",
    )


def form_options(function: F) -> F:
    """--style, --branch and --max-nodes."""
    for decorate in (
        click.option(
            "--max-nodes",
            metavar="N",
            type=click.IntRange(FEWEST_NODES),
            help="Split workflows of more nodes, where the same jobs run all the same.",
        ),
        click.option(
            "--branch",
            type=click.Choice(BRANCHES),
            help="Where the condition of a job stands: in its task, or if it is simple in a branch "
            "of Flyte's.  [default: task]",
        ),
        click.option(
            "--style",
            type=click.Choice(STYLES),
            help="How to write workflows; serialised they are the same.  [default: imperative]",
        ),
    ):
        function = decorate(function)
    return function


def no_workflow(name: str | None, known: Sequence[str]) -> click.UsageError:
    """What to raise for a workflow that is not there; it names the first ones that are."""
    return click.UsageError(f"there is no workflow {name!r}; there is {', '.join(known[:10])}")


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be read and how: what the command line says, else transpile.toml."""

    sources: tuple[str, ...]
    dialect: Dialect | None
    chosen: Callable[[str], bool]
    settings: Settings

    @property
    def strict(self) -> bool:
        """Whether transpile.toml counts warnings as errors."""
        return bool(self.settings.options.get("strict"))

    def load(self, apart_from: str | None = None) -> Loaded:
        """The sources; a folder `apart_from` below them is not read."""
        return load_sources(self.sources, self.dialect, apart_from, self.chosen, self.settings)

    def read(self) -> Estate:
        """The estate."""
        return build_estate(self.load())


def request_of(
    sources: tuple[str, ...],
    dialect: Dialect | None,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    baseline: str | None = None,
) -> Request:
    """What is to be read: what is not given is as transpile.toml has it. Raises UsageError."""
    settings = read_settings(find_settings(sources))
    named = settings.options.get("from")
    if dialect is None and named is not None:
        dialect = by_name(named.lower())
        if dialect is None:
            raise click.UsageError(f"{named!r} in {settings.path} is no dialect")
    baseline = baseline or settings.options.get("baseline")
    if baseline is not None:
        settings.use_baseline(baseline)
    chosen = _globs(
        include or settings.options.get("include", ()),
        exclude or settings.options.get("exclude", ()),
    )
    return Request(sources, dialect, chosen, settings)


def forming(function: F) -> F:
    """How workflows are written; what is given counts for the settings of `request`."""

    @wraps(function)
    def command(
        *arguments: Any,
        request: Request,
        style: str | None,
        branch: str | None,
        max_nodes: int | None,
        **options: Any,
    ) -> Any:
        request.settings.use_form(style, branch, max_nodes)
        return function(*arguments, request=request, **options)

    return cast(F, form_options(command))


def reading(function: F, from_option: Callable[[Any], Any] = dialect_option) -> F:
    """SOURCE..., --from, --include, --exclude and --baseline, handed on as `request`."""

    @wraps(function)
    def command(
        *arguments: Any,
        sources: tuple[str, ...],
        dialect: Dialect | None,
        include: tuple[str, ...],
        exclude: tuple[str, ...],
        baseline: str | None,
        **options: Any,
    ) -> Any:
        request = request_of(sources, dialect, include, exclude, baseline)
        return function(*arguments, request=request, **options)

    for decorate in (
        click.option(
            "--baseline",
            metavar="FILE",
            help="Accept the findings in FILE, which `check --write-baseline` has written.",
        ),
        _glob_option("--exclude", "Pass over"),
        _glob_option("--include", "Read only"),
        from_option,
        click.argument("sources", nargs=-1, required=True, metavar="SOURCE..."),
    ):
        command = decorate(command)
    return cast(F, command)


def _glob_option(name: str, verb: str) -> Callable[[F], F]:
    text = f"{verb} files in folders that match, as in .gitignore."
    return click.option(name, metavar="GLOB", multiple=True, help=text)


def _globs(include: Iterable[str], exclude: Iterable[str]) -> Callable[[str], bool]:
    include = tuple(include)
    wanted, unwanted = (pathspec.GitIgnoreSpec.from_lines(lines) for lines in (include, exclude))

    def chosen(path: str) -> bool:
        return (not include or wanted.match_file(path)) and not unwanted.match_file(path)

    return chosen
