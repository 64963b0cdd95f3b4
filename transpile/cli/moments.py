"""--from, which is a dialect in all commands and in some of them a moment, too."""

from datetime import date, datetime

import click

from transpile.cli.options import read_dialect
from transpile.dialects import Dialect

BEGIN = "begin"
"""The key of the moment in the context."""

FIRST_DAY = "first day"
"""The key of the first day in the context."""


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
