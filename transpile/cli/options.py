"""Options that several commands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

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


def reading(function: F) -> F:
    """SOURCE..., --from, --strict and --format."""
    for decorate in (
        click.option(
            "--format",
            "output_format",
            type=click.Choice(["text", "json"]),
            default="text",
            show_default=True,
            help="How to print the result.",
        ),
        click.option("--strict", is_flag=True, help="Count warnings as errors."),
        dialect_option,
        click.argument("sources", nargs=-1, required=True, metavar="SOURCE..."),
    ):
        function = decorate(function)
    return function
