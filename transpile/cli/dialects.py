"""`transpile dialects`."""

import click

from transpile.dialects import DIALECTS


@click.command("dialects")
def command() -> None:
    """List the formats that can be read, with their suffixes."""
    for dialect in DIALECTS.values():
        names = ", ".join((dialect.name, *dialect.aliases))
        click.echo(f"{names:28}{' '.join(dialect.suffixes):12}{dialect.title}")
