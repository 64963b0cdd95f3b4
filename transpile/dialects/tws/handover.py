"""Composer text that takes streams off the scheduler when they move, and puts them back.

A stream of which no staying job hears becomes a draft, which the planner leaves out. Any other one
keeps its run cycles, so that FOLLOWS still finds its instances, and holds stand-ins for its jobs:
they do nothing and wait until somebody confirms how the jobs ended.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import NamedTuple

from lark import Token, Tree

from transpile.dialects.kit.contract import Handover, Leaving, Problem
from transpile.dialects.tws.chunks import Chunk, ChunkKind, chunks
from transpile.dialects.tws.instances import due_cycles, times_of
from transpile.dialects.tws.model import Definition, Entry, Stream
from transpile.dialects.tws.reader import TextError, parse, read_objects, stream_of
from transpile.dialects.tws.values import (
    Clause,
    Key,
    first,
    inner,
    key_of,
    nested,
    of_kind,
    spelled,
    tokens,
    words,
)
from transpile.findings.codes.standins import LessOnLegacySide
from transpile.findings.diagnostics import Diagnostics
from transpile.model import GlobalValue, Job, Network, atoms
from transpile.sources.text import Source, Span

END = "FLYTE"
"""The stand-in for a stream as a whole."""

STAND_IN = "FLYTE_STANDIN"
"""The job definition of stand-ins."""

_HEAD = ("validfrom", "timezone", "description")
"""Clauses in front of DRAFT in composer's syntax."""

_DATES = (*_HEAD, "vartable", "freedays", "on", "except", "at", "schedtime", "onoverlap")
"""Clauses that say which instances of a stream there are."""

_KEPT_FLAGS = ("CARRYFORWARD", "DRAFT")
_CONDITIONAL = re.compile(r"(?<!\S)(?:IF|JOIN)(?!\S)", re.I)
_HELPERS = re.compile(r" (?:recovery|rerun)\Z")
_USES = {
    ".jobs.tws": "load it first: composer replace FILE",
    ".tws": "load it: composer replace FILE; it counts from the next plan on (JnextPlan)",
}


class _Place(NamedTuple):
    """A stream in the text of its source."""

    source: Source
    chunk: Chunk
    tree: Clause
    stream: Stream

    @property
    def text(self) -> str:
        """The stream as the source spells it."""
        return self.source.text[self.chunk.at : self.chunk.at + len(self.chunk.text)].rstrip()

    def parts(self) -> Iterator[tuple[Clause, int, int]]:
        """The clauses of the stream, each with where it begins and where the next one does."""
        found = [c for c in self.tree.children if isinstance(c, Tree) and c.data != "job"]
        ends = [_offset(first(clause)) for clause in found] + [self.colon]
        yield from zip(found, ends, ends[1:], strict=False)

    @property
    def colon(self) -> int:
        """Where the colon in front of the jobs stands."""
        return next(_offset(t) for t in self.tree.children if _is_colon(t))


def _offset(token: object) -> int:
    assert isinstance(token, Token)
    return token.start_pos or 0


def _is_colon(part: object) -> bool:
    return isinstance(part, Token) and part.type == "COLON"


def definitions(sources: Sequence[Source], gone: Leaving) -> Handover:
    """The definitions for the streams of a wave."""
    every = list(_places(sources))
    moved = {key_of(name) for name in gone.jobs}
    places = [place for place in every if place.stream.key in moved]
    if not places:
        return Handover({}, {})
    earlier = (name for each in gone.networks for name in each.waves)
    left = moved.union(map(key_of, gone.moved), map(key_of, earlier))
    staying = [place.stream for place in every if place.stream.key not in left]
    writer = _Writer(_defined(sources), gone, staying)
    streams = [writer.left(place) for place in places]
    head = f"# Wave {gone.wave}: these streams run on Flyte; the planner starts nothing of them."
    leave = {".jobs.tws": writer.stand_ins()} if writer.stand_ins() else {}
    leave[".tws"] = _joined(head, *streams)
    back = f"# Wave {gone.wave}, the way back: the planner starts these streams again."
    texts = {".tws": _joined(back, *(place.text for place in places))}
    return Handover(leave, texts, _USES, tuple(writer.problems))


def _joined(*objects: str) -> str:
    return "\n\n".join(objects) + "\n"


def _places(sources: Iterable[Source]) -> Iterator[_Place]:
    """The streams of all sources that can be read, in order."""
    for source in sources:
        for chunk in chunks(source):
            if chunk.kind is ChunkKind.STREAM and "\0" not in chunk.text:
                try:
                    tree = parse(chunk.text, "stream")
                except TextError:
                    continue
                yield _Place(source, chunk, tree, stream_of(tree, chunk))


def _defined(sources: Iterable[Source]) -> dict[Key, Definition | Entry]:
    """The job definitions of all sources, also those in streams."""
    found: dict[Key, Definition | Entry] = {}
    inline: dict[Key, Definition | Entry] = {}
    for each in (o for source in sources for o in read_objects(source, Diagnostics())):
        if isinstance(each, Definition):
            found[each.key] = each
        elif isinstance(each, Stream):
            inline |= {entry.definition: entry for entry in each.entries if entry.is_inline}
    return inline | found


@dataclass(slots=True)
class _Writer:
    """Writes streams that leave; collects the stand-ins that they need, and what differs."""

    defined: Mapping[Key, Definition | Entry]
    gone: Leaving
    staying: Sequence[Stream]
    problems: list[Problem] = field(default_factory=list)
    _heard: Collection[str] = field(init=False)
    _untold: Mapping[str, str] = field(init=False)
    _skipped: Collection[str] = field(init=False)
    _logons: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = {_HELPERS.sub("", name).upper() for name in self.gone.heard}
        self._untold = {n: by for n, by in _asked(self.staying).items() if n not in told}
        self._heard = told | self._untold.keys()
        self._skipped = _suppressible(self.gone)

    def left(self, place: _Place) -> str:
        """The stream as it stays: with stand-ins if a staying job hears of it, else a draft."""
        stream = place.stream
        title = stream.title.upper()
        heard = [e for e in stream.entries if f"{title}.{e.name.upper()}" in self._heard]
        if title not in self._heard and not heard:
            return _draft(place)
        self._check(place, heard)
        jobs = [self._stand_in(place, entry, entry.name) for entry in heard]
        if title in self._heard:
            jobs.append(self._stand_in(place, stream.entries[0] if stream.entries else None, END))
        return "\n".join((_head(place), ":", *dict.fromkeys(jobs), "END"))

    def stand_ins(self) -> str:
        """The definitions of all stand-ins."""
        text = "echo This job runs on Flyte"
        found = [
            f'{_job(place, name)}\n DOCOMMAND "{text}"\n{logon}'.rstrip()
            for (place, logon), name in self._logons.items()
        ]
        head = f"# Wave {self.gone.wave}: what stands in the plan for jobs that run on Flyte."
        return _joined(head, "$JOBS", *found) if found else ""

    def _stand_in(self, place: _Place, entry: Entry | None, called: str) -> str:
        """A job of a stream that somebody has to confirm; it runs where `entry` ran."""
        stream = place.stream
        workstation = entry.workstation if entry else stream.workstation
        logon = self._logon(entry)
        if not logon:
            reason = "no user for it is known: write STREAMLOGON into its definition"
            self._differs(f"{stream.title}.{called}", stream.span, reason)
        name = self._logons.get((workstation, logon)) or self._free(workstation)
        self._logons[workstation, logon] = name
        return f"{_job(workstation, name)} AS {called}\n CONFIRMED"

    def _free(self, workstation: str) -> str:
        """A name for another definition."""
        names = chain((STAND_IN,), (f"{STAND_IN}_{number}" for number in count(2)))
        used = self._logons.values()
        return next(
            n for n in names if n not in used and key_of(n, workstation) not in self.defined
        )

    def _logon(self, entry: Entry | None) -> str:
        """The line of a definition that names the user of a job."""
        if entry is None:
            return ""
        clauses = self._definition(entry, "streamlogon")
        return f" {spelled(clauses[0])}" if clauses else ""

    def _definition(self, entry: Entry, kind: str) -> list[Clause]:
        """The clauses of one kind in the definition of a job."""
        known = entry if entry.is_inline else self.defined.get(entry.definition)
        return known.all(kind) if known else []

    def _check(self, place: _Place, heard: Iterable[Entry]) -> None:
        """Report what the stand-ins for a stream do not do."""
        stream = place.stream
        if _repeats(stream):
            reason = "its stream starts several times a day, and the end of one run confirms all"
            self._differs(stream.title, stream.span, reason)
        named = [entry for entry in heard if entry.name.upper() == END]
        if named and stream.title.upper() in self._heard:
            self._differs(stream.title, stream.span, f"it has a job that is called {END}, too")
        if stream.title.upper() in self._skipped:
            self._differs(stream.title, stream.span, _NEVER_TOLD)
        for name in (stream.title, *(f"{stream.title}.{entry.name}" for entry in heard)):
            if by := self._untold.get(name.upper()):
                reason = f"no task tells its end to {by}"
                self._differs(name, stream.span, reason)
        for entry in heard:
            name = f"{stream.title}.{entry.name}"
            if any(map(_recovers, self._definition(entry, "recovery"))):
                reason = "no RECOVERY follows if it is confirmed as ABEND"
                self._differs(name, entry.span, reason)
            if name.upper() in self._skipped and stream.title.upper() not in self._skipped:
                self._differs(name, entry.span, _NEVER_TOLD)

    def _differs(self, name: str, span: Span, reason: str) -> None:
        self.problems.append(Problem(LessOnLegacySide(name=name, reason=reason), span, name))


_NEVER_TOLD = "nobody tells the legacy side that it was suppressed"


def _job(workstation: str, name: str) -> str:
    return f"{workstation}#{name}" if workstation else name


def _draft(place: _Place) -> str:
    """The stream as the source spells it, as a draft."""
    parts = list(place.parts())
    if any(_flag(clause) == "DRAFT" for clause, _, _ in parts):
        return place.text
    rest = (begin for clause, begin, _ in parts if clause.data not in _HEAD)
    at, text = next(rest, place.colon), place.text
    return f"{text[:at]}DRAFT\n{text[at:]}"


def _head(place: _Place) -> str:
    """The stream up to its colon, with those clauses that say which instances there are."""
    text = place.chunk.text
    title = next(t for t in place.tree.children if isinstance(t, Token) and t.type == "NAME")
    kept = (
        "\n ".join(filter(None, map(str.strip, text[begin:end].split("\n"))))
        for clause, begin, end in place.parts()
        if clause.data in _DATES or _flag(clause) in _KEPT_FLAGS
    )
    return "\n".join((f"SCHEDULE {title}", *kept))


def _flag(clause: Clause) -> str:
    return str(first(clause)).upper() if clause.data == "flag" else ""


def _repeats(stream: Stream) -> bool:
    """True if the run cycles of a stream may start it more than once on a day."""
    cycles = due_cycles(stream)
    times = {tuple(map(spelled, times_of(stream, cycle, "at", "schedtime"))) for cycle in cycles}
    return len(times) > 1 or any(nested(cycle, "window", "every") for cycle in cycles)


def _recovers(recovery: Clause) -> bool:
    """True if a RECOVERY lets others go on after a failure, or runs another job."""
    words_of = [str(token).upper() for token in tokens(recovery)]
    return "CONTINUE" in words_of or "AFTER" in words_of


def _asked(staying: Iterable[Stream]) -> dict[str, str]:
    """The jobs and streams that staying ones follow, in upper case, each with one of these."""
    found: dict[str, str] = {}
    for stream in staying:
        for owner in (stream, *stream.entries):
            name = f"{stream.title}.{owner.name}" if isinstance(owner, Entry) else stream.title
            for word in _followed(owner.clauses):
                before, _, job = word.rpartition(".")
                if owner is not stream and not before and "#" not in word:
                    continue
                title = str(key_of(before or word, stream.workstation))
                found.setdefault(f"{title}.{job.upper()}" if before and job != "@" else title, name)
    return found


def _followed(clauses: Sequence[Clause]) -> Iterator[str]:
    """The names behind FOLLOWS, also in a JOIN."""
    joined = (part for clause in of_kind(clauses, "join") for part in inner(clause, "follows"))
    for clause in (*of_kind(clauses, "follows"), *joined):
        yield from (str(words(reference)[0]) for reference in inner(clause, "reference"))


def _named(job: Job) -> Iterator[str]:
    """The jobs and streams that the conditions of a job name."""
    for atom in (atom for condition in job.conditions for atom in atoms(condition)):
        if not isinstance(atom, GlobalValue):
            yield atom.job


def _suppressible(gone: Leaving) -> set[str]:
    """The jobs and streams that moved and that a condition may suppress, in upper case."""
    found: set[str] = set()
    for each in gone.networks:
        found |= _behind(each.network)
    return found


def _behind(network: Network) -> set[str]:
    """Jobs and streams with conditional dependencies, those in them and those behind them."""
    behind: dict[str, set[str]] = {}
    pending = []
    for name, job in network.jobs.items():
        if _CONDITIONAL.search(job.condition_text):
            pending.append(name)
        if job.box:
            behind.setdefault(job.box, set()).add(name)
        for other in _named(job):
            behind.setdefault(other, set()).add(name)
    found = set(pending)
    while pending:
        new = behind.get(pending.pop(), set()) - found
        found |= new
        pending += new
    return {name.upper() for name in found}
