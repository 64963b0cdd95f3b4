"""Keeps nodes waiting for a file until another node of the run has made it."""

from collections.abc import Callable, Collection, Iterator, Mapping

from transpile.proof.clocks import Done
from transpile.proof.executions import Record

Held = tuple[Record, Done]
"""A waiting node, and the end of its attempt."""


class Waits:
    """The nodes that wait, by path.

    `makers` maps each node that waits for a file to the nodes that make it; it is empty for a file
    from elsewhere.
    """

    def __init__(self, makers: Mapping[str, Collection[str]]) -> None:
        self._makers = makers
        self._made_for: dict[str, list[str]] = {}
        for path, found in makers.items():
            for maker in found:
                self._made_for.setdefault(maker, []).append(path)
        self._held: dict[str, Held] = {}

    def __len__(self) -> int:
        """The number of waiting nodes."""
        return len(self._held)

    def __contains__(self, path: str) -> bool:
        """True for a node whose task waits for a file."""
        return path in self._makers

    def hold(self, path: str, held: Held, is_done: Callable[[str], bool]) -> bool:
        """Keep the node waiting; False if the file has no maker or a maker is done."""
        makers = self._makers.get(path, ())
        if not makers or any(map(is_done, makers)):
            return False
        self._held[path] = held
        return True

    def drop(self, path: str) -> bool:
        """Forget a waiting node; True if it was waiting."""
        return self._held.pop(path, None) is not None

    def made_by(self, maker: str) -> Iterator[Held]:
        """Release the nodes that wait for this maker."""
        found = [path for path in self._made_for.get(maker, ()) if path in self._held]
        return (self._held.pop(path) for path in found)

    def end(self) -> list[Held]:
        """Release everything that still waits."""
        found, self._held = list(self._held.values()), {}
        return found

    def never_ends(self, path: str, queued: Mapping[str, str], places: int | None) -> str:
        """Why a wait never ends; `queued` has the labels of the nodes that wait for a place."""
        maker = next((queued[maker] for maker in self._makers[path] if maker in queued), None)
        what = f"{maker} makes its file" if maker else "jobs are queued"
        return f"it never ends: {what}, but {_held(places)}"

    def crowd(self, path: str, places: int | None) -> str:
        """A note about a queued node; empty for a node that waits for a file itself."""
        if path in self:
            return ""
        return f"{_held(places)} before it: if one of them waits for its file, none ever ends"


def _held(places: int | None) -> str:
    return f"waits hold all {places} places for tasks (max_parallelism)"
