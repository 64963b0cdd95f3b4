"""What runs one workflow in a rehearsal, however its platform decides what starts."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from transpile.proof.clocks import Clock, Done
from transpile.proof.executions import Phase, Record
from transpile.proof.setting import ALONE, Setting

Work = Callable[[Record, dict[str, Any]], Done]
"""Runs one attempt of a task with these inputs."""


class Simulates(ABC):
    """Runs one workflow; `records` are all nodes by path, `levels` those by the path around them.

    `end` is the state of the whole. `watch` gets each node that starts or ends.
    """

    def __init__(
        self,
        work: Work,
        clock: Clock,
        setting: Setting = ALONE,
        watch: Callable[[Record], None] | None = None,
        finished: Callable[[], None] | None = None,
    ) -> None:
        self._work = work
        self._clock = clock
        self._setting = setting
        self._watch = watch
        self._finished = finished
        self.records: dict[str, Record] = {}
        self.levels: dict[str, dict[str, Record]] = {}
        self.end = Phase.NOT_REACHED

    def run(self, workflow: Any, inputs: dict[str, Any]) -> bool:
        """Run the workflow; True if it succeeds."""
        self.begin(workflow, inputs)
        while self.end is Phase.RUNNING and not self._clock.is_idle:
            self._clock.next()()
        return self.end is Phase.SUCCEEDED

    @abstractmethod
    def begin(self, workflow: Any, inputs: dict[str, Any]) -> None:
        """Start the workflow; the events of the clock do the rest."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything but the records; nothing happens any more."""

    @abstractmethod
    def answer(self, signal: str, *, yes: bool = True) -> None:
        """Answer the gates of that signal."""

    def is_answered(self, signal: str) -> bool:
        """True if the gates of that signal have an answer."""
        return False

    def _show(self, record: Record) -> None:
        if self._watch:
            self._watch(record)
