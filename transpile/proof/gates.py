"""Keeps gates waiting until they are answered."""

from collections.abc import Callable

from transpile.proof.blueprint import Task
from transpile.proof.executions import Instance, Record

Held = tuple[Instance, Record]
"""A gate, and the workflow that it stands in."""

REFUSED = "answered no"
UNANSWERED = "not answered in time"


class Gates:
    """The gates of an execution, and the answers to its signals."""

    def __init__(self) -> None:
        self._answers: dict[str, bool] = {}
        self._held: dict[str, Held] = {}

    def is_answered(self, signal: str) -> bool:
        """True if the gates of that signal have an answer."""
        return signal in self._answers

    def is_open(self, record: Record) -> bool:
        """True if the signal of the gate has an answer."""
        return self.is_answered(_signal(record))

    def hold(self, instance: Instance, record: Record) -> None:
        """Keep a gate waiting."""
        self._held[record.path] = instance, record

    def drop(self, path: str) -> bool:
        """Forget a waiting gate; True if it was waiting."""
        return self._held.pop(path, None) is not None

    def answer(self, signal: str, *, yes: bool) -> list[Held]:
        """Set the answer of a signal; release the gates that wait for it."""
        self._answers[signal] = yes
        return self._release(lambda held: _signal(held[1]) == signal)

    def halted(self) -> list[Held]:
        """Release the gates of workflows that the failure policy has stopped."""
        return self._release(lambda held: held[0].halted)

    def _release(self, chosen: Callable[[Held], bool]) -> list[Held]:
        found = [held for held in self._held.values() if chosen(held)]
        for _, record in found:
            del self._held[record.path]
        return found

    def settle(self, record: Record) -> bool:
        """Hand the answer to the gate; False if the gate fails."""
        target, yes = record.node.target, self._answers.get(_signal(record), False)
        assert isinstance(target, Task)
        record.outputs = {"o0": yes}
        if target.needs_yes and not yes:
            record.error = REFUSED
        return not record.error


def _signal(gate: Record) -> str:
    assert isinstance(gate.node.target, Task)
    return gate.node.target.signal
