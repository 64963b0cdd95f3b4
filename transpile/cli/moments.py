"""--from, which is a dialect in all commands and in some of them a moment, too."""

from datetime import date, datetime

import click

from transpile.cli.options import read_dialect
from transpile.dialects import Dialect

BEGIN = "begin"
"""The key of the moment in the context."""

FIRST_DAY = "first day"
"""The key of the first day in the context."""


def read_moment_or_dialect(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> Dialect | None:
    """The dialect of that name; a moment goes into the context. Raises BadParameter."""
    try:
        ctx.meta[BEGIN] = datetime.fromisoformat(value or "")
    except ValueError:
        return read_dialect(ctx, param, value)
    return None


def read_date_or_dialect(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> Dialect | None:
    """The dialect of that name; a date goes into the context. Raises BadParameter."""
    try:
        ctx.meta[FIRST_DAY] = date.fromisoformat(value or "")
    except ValueError:
        return read_dialect(ctx, param, value)
    return None
