"""--from, which is a dialect in all commands and in some of them a moment, too, and --days."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from transpile.cli.options import complete_dialect, read_dialect
from transpile.dialects import Dialect

BEGIN = "begin"
"""The key of the moment in the context."""

FIRST_DAY = "first day"
"""The key of the first day in the context."""

LONGEST = 3_660
"""Maximum number of days."""

F = TypeVar("F", bound=Callable[..., Any])

YEARS = range(1970, 2200)
"""The years of moments and dates."""


def read_moment_or_dialect(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> Dialect | None:
    """The dialect of that name; a moment goes into the context. Raises BadParameter."""
    return _read(ctx, param, value, BEGIN, datetime)


def read_date_or_dialect(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> Dialect | None:
    """The dialect of that name; a date goes into the context. Raises BadParameter."""
    return _read(ctx, param, value, FIRST_DAY, date)


def _read(
    ctx: click.Context, param: click.Parameter, value: str | None, key: str, kind: type[date]
) -> Dialect | None:
    if value is None or not value[:1].isdigit():
        return read_dialect(ctx, param, value)
    try:
        found = kind.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date: write one as 2026-12-31") from error
    if found.year not in YEARS:
        raise click.BadParameter(f"{value!r} is not between {YEARS[0]} and {YEARS[-1]}")
    ctx.meta[key] = found
    return None


def from_date_option(text: str) -> Callable[[F], F]:
    """`--from`: a first day, or the format of the sources."""
    return click.option(
        "--from",
        "dialect",
        metavar="DATE|DIALECT",
        callback=read_date_or_dialect,
        shell_complete=complete_dialect,
        help=text,
    )


def days_option(text: str, default: int) -> Callable[[F], F]:
    """`--days`: the number of days from the first one on."""
    return click.option(
        "--days",
        metavar="N",
        type=click.IntRange(1, LONGEST),
        default=default,
        show_default=True,
        help=text,
    )
