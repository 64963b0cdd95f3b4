"""The files of OUT/legacy: those with which each wave leaves the legacy side, and those back."""

import codecs
import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from transpile.dialects.kit.contract import Dialect, Gone, Handover, Leaving, Problem
from transpile.findings.codes.waves import LegacyByHand, LegacyOrderLost
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Sides, Site, Stage, Waves
from transpile.sources.printable import count, printable
from transpile.sources.text import Source, Span

FOLDER = "legacy"
"""The folder in OUT."""

BACK = "_back"
"""Ends the name of a wave in the names of the files that bring its jobs back."""

_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST, _MOST_FILES = 80, 20


@dataclass(frozen=True, slots=True)
class LegacyFile:
    """A file for the legacy side, and how people load it. `is_back` undoes a wave."""

    path: str
    text: str | bytes
    wave: str
    is_back: bool
    use: str


def handovers(
    dialect: Dialect,
    sources: Sequence[Source],
    site: Site,
    waves: Waves,
    sides: Sequence[tuple[Network, Sides]],
    starts: Mapping[str, str],
    diagnostics: Diagnostics,
) -> Iterator[LegacyFile]:
    """The files for all networks of a format, with what they do not do as findings.

    `starts` has the command that starts each unit that the legacy side starts at some stage. Units
    that were left out of all workflows have none.
    """
    diagnostics.scope = None
    moved = frozenset(job for _, side in sides for job, _ in side.wave_of)
    left: list[str] = []
    now = Stage("", frozenset(), frozenset())
    for number, wave in enumerate(waves.moved):
        before, now = now, _joined(sides, number)
        left.append(wave.name)
        gone = [Gone(n, {j: w for j, w in s.wave_of if w in left}) for n, s in sides]
        jobs = {job for each in gone for job, known in each.waves.items() if known == wave.name}
        if not jobs:
            continue
        if dialect.hand_over is None:
            name, reason = count(len(jobs), "job"), f"{dialect.title} gets no definitions"
            span = Span(sources[0].label, 1)
            diagnostics.add(LegacyByHand(name=name, reason=reason), span, text=wave.name)
            continue
        leaving = Leaving(
            wave.name,
            jobs,
            heard=jobs & now.heard,
            moved=moved,
            starts=_of(starts, now.started - before.started),
            started=_of(starts, before.started - now.started),
            networks=gone,
        )
        made = dialect.hand_over(sources, site, leaving)
        for problem in made.problems:
            diagnostics.add(problem.finding, problem.span, job=problem.job)
        yield from _files(wave.name, made)


def _of(starts: Mapping[str, str], units: Collection[str]) -> dict[str, str]:
    return {name: starts[name] for name in sorted(units) if name in starts}


def _joined(sides: Sequence[tuple[Network, Sides]], number: int) -> Stage:
    """The stage of all networks once this wave has moved."""
    stages = [side.stages[number] for _, side in sides]
    heard = frozenset(chain.from_iterable(stage.heard for stage in stages))
    started = frozenset(chain.from_iterable(stage.started for stage in stages))
    return Stage(stages[0].wave, heard, started)


def _files(wave: str, made: Handover) -> Iterator[LegacyFile]:
    for word, texts in (("", made.leave), (BACK, made.back)):
        for end, text in texts.items():
            path = f"{FOLDER}/{wave}{word}{end}"
            yield LegacyFile(path, text, wave, bool(word), made.use.get(end, ""))


def by_hand(name: str, reason: str, span: Span, job: str | None = None) -> Problem:
    """What leaves may start again on the legacy side."""
    return Problem(LegacyByHand(name=name, reason=reason), span, job)


def order_lost(name: str, key: str, upstream: str, span: Span) -> Problem:
    """The legacy side does not know when an `upstream` job runs that leaves."""
    return Problem(LegacyOrderLost(name=name, key=key, upstream=upstream), span, upstream)


# -------------------------------------------------------------------- edited sources


def file_names(labels: Iterable[str], end: str) -> dict[str, str]:
    """A name of letters, digits, `.`, `_` and `-` for each label, no two alike.

    They come without the `end` that some labels have.
    """
    plain = {n: _UNFIT.sub("-", n.removesuffix(end)).strip("-.") or "source" for n in labels}
    same = Counter(name.lower() for name in plain.values())
    found = {
        label: name
        for label, name in plain.items()
        if same[name.lower()] == 1 and len(name) <= _LONGEST
    }
    taken = {name.lower() for name in found.values()}
    for label in sorted(plain.keys() - found.keys()):
        stem = plain[label][-_LONGEST:].strip("-.")
        names = (f"{stem}-{_digest(f'{n}{label}')}" for n in range(len(plain)))
        found[label] = next(name for name in names if name.lower() not in taken)
        taken.add(found[label].lower())
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def marked(data: bytes, marks: Mapping[int, str]) -> bytes:
    """The text with a mark in front of each of these lines; numbers begin at 1.

    The text is in an encoding that contains ASCII. Lines end as `decode` takes them to end.
    """
    end = b"\n" if b"\n" in data else b"\r"
    lines = data.split(end)
    for number, mark in marks.items():
        line = lines[number - 1]
        lead = codecs.BOM_UTF8 if line.startswith(codecs.BOM_UTF8) else b""
        lines[number - 1] = lead + mark.encode() + line.removeprefix(lead)
    return end.join(lines)


def has_ascii(source: Source) -> bool:
    """True if `marked` can edit the source."""
    return source.encoding != "utf-16"


# -------------------------------------------------------------------- lists for people


def listed(gone: Leaving, end: str, leave: str, back: str, use: str) -> Handover:
    """Texts for people: the networks that leave, their files, and what to do about them.

    `leave` and `back` say that in one or several lines.
    """
    rows = "".join(f"\n{_row(network)}\n" for network in leaving(gone))
    texts = [f"Wave {gone.wave}: {first}\n{rows}" for first in (leave, back)]
    return Handover({end: texts[0]}, {end: texts[1]}, {end: use})


def leaving(gone: Leaving) -> Iterator[Network]:
    """The networks of which jobs leave with this wave."""
    return (each.network for each in gone.networks if gone.wave in each.waves.values())


def _row(network: Network) -> str:
    files = list(dict.fromkeys(job.span.file for job in network.jobs.values()))
    more = [f"and {count(len(files) - _MOST_FILES, 'more file')}"] if files[_MOST_FILES:] else []
    parts = [network.title or "", *files[:_MOST_FILES], *more, count(len(network.jobs), "job")]
    if network.schedule is not None:
        parts.append(f"starts: {network.schedule}")
    return "\n    ".join(map(printable, parts))
