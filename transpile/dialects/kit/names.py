"""Definitions that are used by name, such as calendars."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Named(Generic[T]):
    """Definitions by name; names are equal if their `key` is."""

    def __init__(self, key: Callable[[str], str] = str) -> None:
        self._key = key
        self._found: dict[str, T] = {}
        self._used: set[str] = set()

    def add(self, name: str, definition: T) -> T | None:
        """Add a definition; returns the earlier one of that name, which it replaces."""
        earlier = self._found.pop(self._key(name), None)
        self._found[self._key(name)] = definition
        return earlier

    def find(self, name: str) -> T | None:
        """The definition of that name, which then counts as used."""
        self._used.add(self._key(name))
        return self._found.get(self._key(name))

    def __iter__(self) -> Iterator[T]:
        """All definitions."""
        yield from self._found.values()

    def unused(self) -> Iterator[T]:
        """The definitions that `find` has not returned."""
        yield from (d for name, d in self._found.items() if name not in self._used)
