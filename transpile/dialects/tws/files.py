"""OPENS: files that a job or stream waits for; a job of its own waits for each file."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from transpile.dialects.tws.codes.dependencies import UntranslatedFileTest
from transpile.dialects.tws.model import Entry, Stream
from transpile.dialects.tws.units import Unit
from transpile.dialects.tws.values import (
    inner,
    one_line,
    span_of,
    text,
    unquoted,
    words,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Blocked, FileState, FileWatch, Job, Kind, plain
from transpile.sources.text import Span

INTERVAL = 120
"""Seconds between two checks: the default of the local option bm check file."""

_SIZES = {"": 0, "-e %p": 0, "-f %p": 0, "-s %p": 1, "notempty": 1}
"""Tests that are translated, with the minimum size of the file."""


@dataclass(frozen=True, slots=True)
class Opens:
    """A file that a job or stream waits for; `owner` is its name in the network."""

    owner: str
    unit: Unit
    path: str
    test: str
    workstation: str
    span: Span

    @property
    def name(self) -> str:
        """The name of the job that waits for the file."""
        test = f" ({self.test})" if self.test else ""
        return f"{self.owner} opens {self.path}{test}"

    def job(self, diagnostics: Diagnostics) -> Job:
        """The job that waits for the file; blocked if its test has no translation."""
        path = text(self.path, self.unit.table.lookup)
        size = _SIZES.get(self.test)
        blocked = None
        if size is None:
            blocked = Blocked(UntranslatedFileTest, f"OPENS with the test ({self.test})")
            diagnostics.add(
                UntranslatedFileTest(name=self.owner, path=self.path, test=self.test),
                self.span,
                job=self.name,
                text=self.test,
            )
        notes = [("for", self.owner), ("machine", self.workstation), ("test", self.test)]
        return Job(
            name=self.name,
            span=self.span,
            kind=Kind.FILE,
            box=self.unit.name,
            action=FileWatch(path, FileState.EXISTS, INTERVAL, size or 0),
            notes=tuple(note for note in notes if note[1]),
            blocked=blocked,
            short=f"wait_for_{PurePosixPath(plain(path)).name or 'file'}",
        )


def read_opens(source: Entry | Stream, owner: str, unit: Unit) -> list[Opens]:
    """The files of the OPENS clauses of a stream or of a job in it, without duplicates."""
    found: dict[str, Opens] = {}
    for file in (file for clause in source.all("opens") for file in inner(clause, "file")):
        word = words(file, "STRING")[0]
        test = one_line("".join(words(file, "TEST")).removeprefix("(").removesuffix(")"))
        workstation = "".join(words(file, "WORKSTATION")).removesuffix("#")
        span = span_of(word, unit.stream.span)
        opens = Opens(owner, unit, unquoted(word), test, workstation, span)
        found.setdefault(opens.name, opens)
    return list(found.values())
