"""Programs that commands run, and the calls of schedulers among them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

WEB_CLIENTS = ("curl", "wget", "http", "https")
"""Programs that may call the web interface of any scheduler."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that runs: its name without a folder, its arguments, and what it reads."""

    name: str
    arguments: tuple[str, ...]
    fed: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchedulerCall:
    """One thing that a command has a scheduler do; `targets` are spelled as in the command.

    `drives` is False for a mere question.
    """

    program: str
    event: str
    targets: tuple[str, ...] = ()
    drives: bool = True


Reader = Callable[[Program], Iterator[SchedulerCall]]
"""Reads the arguments of a program."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs that call one scheduler, by name.

    `web` reads the calls that web clients make; such a call holds the text `mark`.
    """

    readers: Mapping[str, Reader]
    web: Reader | None = None
    mark: str = ""


NO_PROGRAMS = Programs({})


class Schedulers:
    """All schedulers whose programs are known."""

    def __init__(self, known: Iterable[Programs]) -> None:
        known = tuple(known)
        self._readers = {name: each.readers[name] for each in known for name in each.readers}
        self._web = tuple(each.web for each in known if each.web)
        marks = [each.mark for each in known if each.mark]
        self._words = tuple(word.lower() for word in (*self._readers, *marks))

    @property
    def programs(self) -> tuple[str, ...]:
        """The names of all programs that may call a scheduler."""
        return (*self._readers, *WEB_CLIENTS)

    def mentioned(self, text: str) -> bool:
        """True if the text contains the name of such a program."""
        lowered = text.lower()
        return any(word in lowered for word in self._words)

    def calls(self, program: Program) -> Iterator[SchedulerCall]:
        """The calls of a scheduler that the program makes."""
        if program.name in WEB_CLIENTS:
            found = (list(read(program)) for read in self._web)
            yield from next(filter(None, found), ())
        elif reader := self._readers.get(program.name):
            yield from reader(program)
