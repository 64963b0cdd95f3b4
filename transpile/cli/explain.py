"""`transpile explain`."""

import click

from transpile.findings.codes import CODES


@click.command("explain")
@click.argument("code")
def command(code: str) -> None:
    """Explain a diagnostic CODE: what it means, an example, what to do."""
    entry = CODES.get(code.upper())
    if entry is None:
        raise click.BadParameter(f"{code!r} is no code; codes look like A301", param_hint="CODE")
    click.echo(f"{code.upper()} ({entry.level.value}): {entry.title}\n")
    click.echo(click.wrap_text(entry.why, 80))
    if entry.example:
        lines = entry.example.rstrip("\n").split("\n")
        shown = [*lines[:12], "..."] if len(lines) > 12 else lines
        click.echo("\nExample:\n")
        click.echo("\n".join(f"    {line}".rstrip() for line in shown))
    click.echo(f"\nWhat to do: {entry.help}")
