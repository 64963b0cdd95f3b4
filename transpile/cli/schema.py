"""`transpile schema`."""

import json

import click

from transpile.cli.console import echo
from transpile.cli.suggest import did_you_mean, starting_with
from transpile.report.envelope import VERSIONS
from transpile.sources.resources import read_resource


@click.command("schema")
@click.argument(
    "name", metavar="[COMMAND]", required=False, shell_complete=starting_with(lambda: VERSIONS)
)
def command(name: str | None) -> None:
    """Print the JSON Schema of what COMMAND prints as JSON, or list the commands that have one.

    Each JSON document begins with the version of transpile, the command, and the version of the
    document's shape, which rises when a key goes or changes its meaning.

    Exit status: 0 printed, 2 wrong usage.
    """
    if name is None:
        for known, version in VERSIONS.items():
            title = json.loads(schema(known))["title"]
            echo(f"{known:11}version {version}  {title}")
        return
    if name not in VERSIONS:
        message = f"{name!r} has no schema{did_you_mean(name, VERSIONS)}; known: "
        raise click.BadParameter(message + ", ".join(VERSIONS), param_hint="COMMAND")
    click.echo(schema(name), nl=False)


def schema(name: str) -> str:
    """The text of the JSON Schema of a command's document."""
    return read_resource("schemas", f"{name}.json")
