"""Progress of a command: a bar on a terminal, now and then a line in a log."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from transpile.cli.colours import is_terminal
from transpile.cli.console import screen

T = TypeVar("T")

SECONDS = 5.0
"""Minimum time between two lines in a log."""


class Meter(Progress):
    """Shows the phase of a command on standard error, unless it is quiet."""

    def __init__(self, *, quiet: bool) -> None:
        stream = screen(err=True, quiet=quiet)
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=stream,
            transient=True,
            disable=quiet or not is_terminal(err=True),
            # What is printed meanwhile goes where it belongs.
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._logged = time.monotonic()
        self._phase, self._total = "", 0

    def phase(self, what: str, total: int | None = None) -> None:
        """Show a new phase in the place of the last one."""
        for task in self.task_ids:
            self.remove_task(task)
        self.add_task(what, total=total)
        self._phase, self._total = what, total or 0
        self._log(what)

    def reach(self, done: int) -> None:
        """Show how much of the phase is done."""
        self.update(self.task_ids[0], completed=done)
        self._log(f"{self._phase} {done:,} of {self._total:,}")

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something is printed."""
        self.stop()
        yield
        self.start()

    def count(self, what: str, items: Iterable[T], total: int) -> Iterator[T]:
        """Yield the items as a phase of their own; show how many have passed."""
        self.phase(what, total)
        for done, item in enumerate(items, 1):
            yield item
            self.reach(done)

    def _log(self, text: str) -> None:
        if not is_terminal(err=True) and time.monotonic() - self._logged > SECONDS:
            self._logged = time.monotonic()
            self.console.print(text, markup=False)
