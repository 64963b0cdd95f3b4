"""`transpile explain`."""

import click

from transpile.cli.next_step import say_next
from transpile.cli.suggest import did_you_mean, starting_with
from transpile.dialects import CODES
from transpile.findings.finding import current


@click.command("explain")
@click.argument("code", shell_complete=starting_with(lambda: CODES))
def command(code: str) -> None:
    """Explain CODE: meaning, example, what to do.

    Exit status: 0 printed, 2 wrong usage.
    """
    number = current(code.upper())
    found = CODES.get(number)
    if found is None:
        message = f"unknown code {code!r}{did_you_mean(code, CODES)}; codes look like A303"
        raise click.BadParameter(message, param_hint="CODE")
    if number != code.upper():
        click.echo(f"{found.was} is now {number}\n")
    click.echo(f"{number} ({found.level.value}): {found.title}\n")
    click.echo(click.wrap_text(found.explanation, 80))
    if found.example:
        lines = found.example.rstrip("\n").split("\n")
        shown = [*lines[:12], "..."] if len(lines) > 12 else lines
        click.echo("\nExample:\n")
        click.echo("\n".join(f"    {line}".rstrip() for line in shown))
    click.echo(f"\nWhat to do: {found.help}")
    say_next("docs", "codes")
