"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import click
import pathspec

from transpile.dialects import DIALECTS, Dialect, by_name

F = TypeVar("F", bound=Callable[..., Any])


def _dialect(ctx: click.Context, param: click.Parameter, value: str | None) -> Dialect | None:
    if value is None:
        return None
    found = by_name(value.lower())
    if found is None:
        known = ", ".join(DIALECTS)
        raise click.BadParameter(f"{value!r} is no dialect. Known: {known}")
    return found


dialect_option = click.option(
    "--from",
    "dialect",
    metavar="DIALECT",
    callback=_dialect,
    help="The format of the sources; recognised by suffix and content if not given.",
)


Chosen = Callable[[str], bool]
"""Whether a file below a folder is to be read, by its path in there."""


def _globs(include: tuple[str, ...], exclude: tuple[str, ...]) -> Chosen:
    wanted, unwanted = (pathspec.GitIgnoreSpec.from_lines(lines) for lines in (include, exclude))

    def chosen(path: str) -> bool:
        return (not include or wanted.match_file(path)) and not unwanted.match_file(path)

    return chosen


def choosing(function: F) -> F:
    """--include and --exclude, handed on as `chosen`."""

    @wraps(function)
    def command(
        *arguments: Any, include: tuple[str, ...], exclude: tuple[str, ...], **options: Any
    ) -> Any:
        return function(*arguments, chosen=_globs(include, exclude), **options)

    for name, text in (("--exclude", "Pass over"), ("--include", "Read only")):
        decorate = click.option(
            name,
            metavar="GLOB",
            multiple=True,
            help=f"{text} files in folders that match, as in .gitignore.",
        )
        command = decorate(command)
    return cast(F, command)


def reading(*formats: str) -> Callable[[F], F]:
    """SOURCE..., --from, --include, --exclude, --strict and --format: text or one of these."""
    decorators = (
        choosing,
        click.option(
            "--format",
            "output_format",
            type=click.Choice(["text", *formats]),
            default="text",
            show_default=True,
            help="How to print the result.",
        ),
        click.option("--strict", is_flag=True, help="Count warnings as errors."),
        dialect_option,
        click.argument("sources", nargs=-1, required=True, metavar="SOURCE..."),
    )

    def decorate(function: F) -> F:
        for decorator in decorators:
            function = decorator(function)
        return function

    return decorate
