"""Progress of a conversion: a bar on a terminal, now and then a line in a log."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from transpile.cli.colours import is_terminal
from transpile.cli.console import screen

T = TypeVar("T")

SECONDS = 5.0
"""Minimum time between two lines in a log."""


class Meter(Progress):
    """Shows the phase of a conversion on standard error, unless it is quiet."""

    def __init__(self, *, quiet: bool) -> None:
        stream = screen(err=True, quiet=quiet)
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=stream,
            transient=True,
            disable=quiet or not is_terminal(err=True),
        )
        self._logged = time.monotonic()

    def phase(self, what: str, total: int | None = None) -> None:
        """Show a new phase in the place of the last one."""
        for task in self.task_ids:
            self.remove_task(task)
        self.add_task(what, total=total)
        self._log(what)

    def count(self, what: str, items: Iterable[T], total: int) -> Iterator[T]:
        """Yield the items as a phase of their own; show how many have passed."""
        self.phase(what, total)
        for done, item in enumerate(items, 1):
            yield item
            self.advance(self.task_ids[0])
            self._log(f"{what} {done:,} of {total:,}")

    def _log(self, text: str) -> None:
        if not is_terminal(err=True) and time.monotonic() - self._logged > SECONDS:
            self._logged = time.monotonic()
            self.console.print(text, markup=False)
