"""How a run looks on a terminal."""

from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from transpile.cli.console import cell, wide_console
from transpile.model.outcome import State
from transpile.proof.executions import Phase, Record
from transpile.proof.result import Result
from transpile.proof.roster import Roster

_STYLES = {
    State.SUCCEEDED: "green",
    State.FAILED: "bold red",
    State.UNFINISHED: "bold red",
    State.TERMINATED: "magenta",
    State.NOT_RUN: "dim",
}
_PHASES = {Phase.RUNNING: "yellow", Phase.SUCCEEDED: "green", Phase.FAILED: "bold red"}
MOST = 20
"""So many of the latest nodes are shown while a workflow runs."""


class Board:
    """A live table of what runs, on a terminal; nothing elsewhere."""

    def __init__(self, *, enabled: bool) -> None:
        self._console = Console(stderr=True, highlight=False)
        live = enabled and self._console.is_terminal
        self._live = Live(console=self._console, transient=True) if live else None
        self._latest: dict[str, Record] = {}

    def __enter__(self) -> "Board":
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live:
            self._live.stop()

    def watch(self, roster: Roster) -> Callable[[Record], None] | None:
        """What is to be told of each node that starts or ends."""
        live = self._live
        if live is None:
            return None

        def changed(record: Record) -> None:
            name = record.node.runs
            if name is not None and name in roster:
                self._latest.pop(name, None)
                self._latest[name] = record
                live.update(self._table())

        return changed

    def _table(self) -> Table:
        table = Table("job", "", box=None)
        for name, record in list(self._latest.items())[-MOST:]:
            style = _PHASES.get(record.phase, "dim")
            table.add_row(cell(name), cell(record.phase.value, style))
        return table


def show_run(result: Result) -> None:
    """Print each job, why some did not succeed, the critical path and the state of the whole."""
    console = wide_console()
    table = Table(box=None, pad_edge=False)
    table.add_column("job", overflow="fold")
    for title in ("state", "attempts", "start", "end"):
        table.add_column(title, no_wrap=True)
    for name, job in result.jobs.items():
        state = cell(job.ending.state.shown, _STYLES[job.ending.state])
        attempts = str(job.ending.attempts) if job.ending.attempts else ""
        times = ["" if t is None else f"{t:g}" for t in (_short(job.start), _short(job.end))]
        table.add_row(cell(name), state, attempts, *times)
    console.print(cell(result.workflow, "bold"))
    console.print(table)
    for name, job in result.jobs.items():
        if job.why:
            style = _STYLES[job.ending.state]
            state = cell(job.ending.state.shown.replace("_", " "), style)
            console.print(Text.assemble(cell(name), " ", state, cell(f": {job.why}")))
    if result.critical_path:
        console.print(cell(f"critical path: {' -> '.join(result.critical_path)}"))
    word = "succeeded" if result.succeeded else "failed"
    style = _STYLES[State.SUCCEEDED if result.succeeded else State.FAILED]
    console.print(Text.assemble(cell(f"{result.workflow}: "), (word, style)))


def _short(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)
