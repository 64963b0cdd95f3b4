"""Prints text, tables and findings on the terminal."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import click
from rich.console import Console
from rich.text import Text

from transpile.cli.colours import is_terminal, wanted
from transpile.cli.places import linked
from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import CODES, Level
from transpile.sources.printable import count, printable

__all__ = ["cell", "count", "echo", "findings", "show_diagnostics", "wide_console"]

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "cyan"}


_SYSTEMS: dict[bool | None, Literal["auto", "standard"] | None] = {
    None: "auto",
    True: "standard",
    False: None,
}
"""The colours of rich by what NO_COLOR and FORCE_COLOR say."""

WIDEST = 1000
"""Width of tables that are not printed on a terminal."""

MACHINE_FORMATS = ("csv", "json", "lines", "sarif")
"""Output formats that no person reads."""

MANY, FEW = 10, 5
"""Of a code with more than MANY findings only the first FEW are shown."""


def echo(text: str, *, err: bool = False) -> None:
    """Print a line, with control characters of the source escaped."""
    click.echo(printable(text), err=err)


def cell(text: str, style: str = "") -> Text:
    """Text for rich, with control characters of the source escaped."""
    return Text(printable(text), style)


def screen(*, err: bool = False, quiet: bool = False, width: int | None = None) -> Console:
    """Standard output or standard error, with the colours that are wanted."""
    colours = wanted()
    return Console(
        stderr=err,
        quiet=quiet,
        width=width,
        highlight=False,
        soft_wrap=not err,
        force_terminal=colours or is_terminal(err=err),
        color_system=_SYSTEMS[colours],
    )


def wide_console() -> Console:
    """Standard output for tables; in a file or pipe no cell is wrapped."""
    return screen(width=None if is_terminal() else WIDEST)


def show_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Print errors and warnings, each with the offending text and a help line."""
    shown = [d for d in diagnostics if d.level is not Level.NOTE and not d.accepted]
    counted = Counter(found.code for found in shown)
    left = {code: FEW if number > MANY else number for code, number in counted.items()}
    lines: list[str] = []
    for found in shown:
        left[found.code] -= 1
        if left[found.code] >= 0:
            lines += _block(found)
    for code, number in counted.items():
        if number > MANY:
            more = f"{number - FEW:,} more {code}"
            lines.append(f"{more}: {CODES[code].title} (all: check --format lines)")
    if lines:
        click.echo("\n".join(lines))


def _block(found: Diagnostic) -> Iterable[str]:
    place = found.span
    where = click.style(f"{place.file}:{place.line}:{place.column}", bold=True)
    where = linked(where, place.file)
    level = click.style(f"{found.level.value}[{found.code}]", fg=_COLOURS[found.level], bold=True)
    yield f"{where}: {level}: {found.message}"
    if found.text and found.text not in found.message:
        yield f"  | {found.text}"
    yield f"  = help: {found.help}"


def findings(diagnostics: Diagnostics) -> str:
    """`2 errors, 1 warning, 3 notes`; accepted findings are counted separately."""
    counts = ", ".join(count(diagnostics.count(level), level.value) for level in Level)
    accepted = diagnostics.accepted()
    counts += f", {accepted:,} accepted" if accepted else ""
    return f"{counts} (notes: --format json)" if diagnostics.count(Level.NOTE) else counts
