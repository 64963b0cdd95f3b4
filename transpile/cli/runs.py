"""Shows runs on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.live import Live
from rich.table import Table
from rich.text import Text

from transpile.cli.colours import is_terminal
from transpile.cli.console import cell, screen, wide_console
from transpile.model.outcome import State
from transpile.proof.executions import Phase, Record
from transpile.proof.result import Result
from transpile.proof.roster import Roster

STYLES = {
    State.SUCCEEDED: "green",
    State.FAILED: "bold red",
    State.UNFINISHED: "bold red",
    State.TERMINATED: "magenta",
    State.NOT_RUN: "dim",
}
_PHASES = {Phase.RUNNING: "yellow", Phase.SUCCEEDED: "green", Phase.FAILED: "bold red"}
MOST = 20
"""Maximum number of nodes that the live table shows, the latest ones."""


class Board:
    """A live table of the jobs that run."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._latest: dict[str, Record] = {}

    def watch(self, roster: Roster) -> Callable[[Record], None]:
        """A callback for the start and the end of each node; shows those that run a job."""

        def changed(record: Record) -> None:
            name = record.node.runs
            if name is not None and name in roster:
                self._latest.pop(name, None)
                self._latest[name] = record
                self._live.update(self._table())

        return changed

    def _table(self) -> Table:
        table = Table("job", "", box=None)
        for name, record in list(self._latest.items())[-MOST:]:
            style = _PHASES.get(record.phase, "dim")
            table.add_row(cell(name), cell(record.phase.value, style))
        return table


@contextmanager
def live_board(*, enabled: bool) -> Iterator[Board | None]:
    """A live table on standard error; None if it is no terminal."""
    if not (enabled and is_terminal(err=True)):
        yield None
        return
    with Live(console=screen(err=True), transient=True) as live:
        yield Board(live)


def show_run(result: Result) -> None:
    """Print the jobs, why some did not succeed, the critical path and how the workflow ended."""
    console = wide_console()
    table = Table(box=None, pad_edge=False)
    table.add_column("job", overflow="fold")
    for title in ("state", "attempts", "start", "end"):
        table.add_column(title, no_wrap=True)
    for name, job in result.jobs.items():
        state = cell(job.ending.state.shown, STYLES[job.ending.state])
        attempts = str(job.ending.attempts) if job.ending.attempts else ""
        times = ["" if t is None else f"{round(t, 2):g}" for t in (job.start, job.end)]
        table.add_row(cell(name), state, attempts, *times)
    console.print(cell(result.workflow, "bold"))
    console.print(table)
    for name, job in result.jobs.items():
        if job.why:
            style = STYLES[job.ending.state]
            state = cell(job.ending.state.shown.replace("_", " "), style)
            console.print(Text.assemble(cell(name), " ", state, cell(f": {job.why}")))
    if result.critical_path:
        console.print(cell(f"critical path: {' -> '.join(result.critical_path)}"))
    word = "succeeded" if result.succeeded else "failed"
    style = STYLES[State.SUCCEEDED if result.succeeded else State.FAILED]
    console.print(Text.assemble(cell(f"{result.workflow}: "), (word, style)))
