"""`transpile dialects`."""

import click
from rich.table import Table
from rich.text import Text

from transpile.cli.console import echo, wide_console
from transpile.cli.options import complete_dialect, read_dialect
from transpile.dialects import DIALECTS, Dialect


@click.command("dialects")
@click.argument("dialect", required=False, callback=read_dialect, shell_complete=complete_dialect)
def command(dialect: Dialect | None) -> None:
    """List the supported formats, or show how each construct of DIALECT is converted.

    Exit status: 0 printed, 2 wrong usage.
    """
    if dialect is not None:
        _show(dialect)
        return
    for known in DIALECTS.values():
        names = ", ".join((known.name, *known.aliases))
        echo(f"{names:28}{' '.join(known.suffixes):22}{known.title}")


def _show(dialect: Dialect) -> None:
    table = Table(dialect.title, "Flyte", "findings", box=None, pad_edge=False)
    for construct in dialect.constructs:
        cells = (construct.source, construct.target, " ".join(construct.findings))
        table.add_row(*(Text(cell.replace("`", "")) for cell in cells))
    wide_console().print(table)
