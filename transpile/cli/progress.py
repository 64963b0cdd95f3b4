"""How far a conversion is: a bar on a terminal, now and then a line in a log."""

import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

T = TypeVar("T")

SECONDS = 5.0
"""So long is nothing said in a log."""


class Meter:
    """Says on standard error what is being done, unless it is quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self._console = Console(stderr=True, highlight=False, quiet=quiet)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
            disable=quiet or not self._console.is_terminal,
        )
        self._said = time.monotonic()

    def __enter__(self) -> "Meter":
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def phase(self, what: str) -> None:
        """Say what is done now, until something else is."""
        for task in self._bar.task_ids:
            self._bar.remove_task(task)
        self._bar.add_task(what, total=None)
        self._log(what)

    def count(self, what: str, items: Iterable[T], total: int) -> Iterator[T]:
        """The items; says how many of them have come by."""
        self.phase(what)
        (task,) = self._bar.task_ids
        self._bar.update(task, total=total)
        for done, item in enumerate(items, 1):
            yield item
            self._bar.update(task, completed=done)
            self._log(f"{what} {done:,} of {total:,}")

    def _log(self, text: str) -> None:
        if not self._console.is_terminal and time.monotonic() - self._said > SECONDS:
            self._said = time.monotonic()
            self._console.print(text, markup=False)
