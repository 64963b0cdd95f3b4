"""What runs one workflow in a rehearsal, however its platform decides what starts."""

from collections.abc import Callable
from typing import Any, Protocol

from transpile.proof.clocks import Done
from transpile.proof.executions import Phase, Record

Work = Callable[[Record, dict[str, Any]], Done]
"""Runs one attempt of a task with these inputs."""


class Simulates(Protocol):
    """Runs one workflow; `records` are all nodes by path, `levels` those by the path around them.

    `end` is the state of the whole.
    """

    records: dict[str, Record]
    levels: dict[str, dict[str, Record]]
    end: Phase

    def run(self, workflow: Any, inputs: dict[str, Any]) -> bool:
        """Run the workflow; True if it succeeds."""

    def begin(self, workflow: Any, inputs: dict[str, Any]) -> None:
        """Start the workflow; the events of the clock do the rest."""

    def close(self) -> None:
        """Let go of everything but the records; nothing happens any more."""

    def answer(self, signal: str, *, yes: bool = True) -> None:
        """Answer the gates of that signal."""
