"""Stray words: unknown or misplaced keywords in the place of a job."""

from collections.abc import Callable
from dataclasses import dataclass

from transpile.dialects.tws.keywords import RESERVED
from transpile.dialects.tws.model import Entry, Stream


@dataclass(frozen=True, slots=True)
class Stray:
    """A stray word, and the job before it."""

    word: Entry
    owner: Entry


def without_strays(stream: Stream, is_defined: Callable[[Entry], bool]) -> list[Stray]:
    """Remove stray words from the entries of a stream, and return them.

    The clauses behind a stray word go to the job before it. A job has a definition, a workstation,
    or a line of its own that begins in the column of the job before it.
    """
    jobs: list[Entry] = []
    strays: list[Stray] = []
    known = [e.has_workstation or e.is_inline or is_defined(e) for e in stream.entries]
    lines = [entry.span.line for entry in stream.entries]
    owner_known = False
    for number, entry in enumerate(stream.entries):
        before, after = number - 1, number + 1
        beside = bool(strays) and strays[-1].word is stream.entries[before]
        beside = beside and lines[before] == lines[number]
        paired = after < len(known) and not known[after] and lines[after] == lines[number]
        stray = not known[number] and bool(jobs)
        if stray and (beside or _is_behind(entry, jobs[-1], owner_known, paired)):
            strays.append(Stray(entry, jobs[-1]))
            jobs[-1].clauses.extend(entry.clauses)
            jobs[-1].stray = jobs[-1].stray or entry.name
        else:
            jobs.append(entry)
            owner_known = known[number]
    stream.entries = jobs
    return strays


def _is_behind(entry: Entry, owner: Entry, owner_known: bool, paired: bool) -> bool:
    """True if the word belongs to the job before it: a keyword, indented, or with a value."""
    if entry.name.lower() in RESERVED:
        return True
    if not entry.begins_line:
        return owner_known
    indented = owner.begins_line and entry.span.column > owner.span.column
    return indented or (paired and owner_known)
