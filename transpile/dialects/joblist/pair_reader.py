"""Reads pairs of names, as tsort does: the first one of a pair comes before the second one."""

import re

from transpile.dialects.joblist.codes.lists import ListCut, ListRefused
from transpile.dialects.joblist.model import MOST_EDGES, MOST_JOBS, Entry, JobList, Reference
from transpile.findings.codes.reading import EmptySource
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

_WORD = re.compile(r"[^ \t\n]+")


def read_pairs(source: Source, title: str, diagnostics: Diagnostics) -> JobList | None:
    """The list of a file; None, with a finding, if a pair lacks its second name.

    A pair of equal names is a job that comes after nothing.
    """
    found = JobList(title, Span(source.label, 1))
    seen: set[tuple[str, str]] = set()
    first: Entry | None = None
    line, begin, at = 1, 0, 0
    span = found.span
    for match in _WORD.finditer(source.text):
        newlines = source.text.count("\n", at, match.start())
        if newlines:
            line += newlines
            begin = source.text.rindex("\n", at, match.start()) + 1
        at = match.end()
        span = Span(source.label, line, match.start() - begin + 1)
        if (len(found.jobs) == MOST_JOBS and match[0] not in found.jobs) or len(seen) == MOST_EDGES:
            cut = ListCut(most=f"{MOST_JOBS:,} jobs or {MOST_EDGES:,} pairs")
            diagnostics.add(cut, span)
            return found
        entry = found.jobs.setdefault(match[0], Entry(match[0], span))
        if first is None:
            first = entry
            continue
        pair = (first.name, entry.name)
        if first is not entry and pair not in seen:
            seen.add(pair)
            entry.after.append(Reference(first.name, span))
        first = None
    if first is not None:
        reason = f"{first.name} is the first name of a pair without a second one"
        diagnostics.add(ListRefused(reason=reason), span, text=first.name)
        return None
    if not found.jobs:
        diagnostics.add(EmptySource(), found.span)
    return found
