"""Names of other jobs: splits the texts that hold them, and finds the jobs."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from transpile.dialects.joblist.codes.jobs import RelationIgnored, UnknownNumber
from transpile.dialects.joblist.conditions import Target
from transpile.dialects.joblist.model import Entry, JobList, Reference
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.sources.text import Span

SEPARATORS = (";", ",", "|", "\n")
"""What may stand between names, in the order in which it is tried; blanks come last."""

_BLANKS = re.compile(r"[^ \t\n]+")
_LINE_END = re.compile("\n")
_NOTHING = frozenset(("", "-", "–", "—", "none", "n/a"))
"""Texts that people write where a job comes after nothing."""

_RELATION = re.compile(r"(\S+?) ?(FS|SS|FF|SF)(?: ?([+-].{0,99}))?")
_NO_LAG = re.compile(r"[+-] ?0{1,3}(?:[.,]0{1,3})? ?[A-Za-z%]*")
_NUMBERS = re.compile(r"[\d., ]+")


class Found(NamedTuple):
    """The jobs that another one comes after, and why some of them are not known, if so."""

    targets: list[Target]
    problem: Finding | None


class _Piece(NamedTuple):
    text: str
    offset: int


class Names:
    """The names and numbers of a list; `boxes` has the names of boxes as they were written."""

    def __init__(self, found: JobList, boxes: Mapping[str, str], separator: str) -> None:
        self._jobs = found.jobs
        self._boxes = boxes
        self._separator = separator
        self._numbers: dict[str, str] = {}
        for entry in (*found.jobs.values(), *found.boxes.values()):
            if entry.number:
                self._numbers.setdefault(entry.number, entry.name)
        self._has_numbers = bool(self._numbers) or all(map(str.isdigit, found.jobs))
        self.used: dict[str, None] = {}

    def find(self, text: str) -> str | None:
        """The job or box of that name or number."""
        if text in self._jobs:
            return text
        return self._boxes.get(text) or self._numbers.get(text)

    def targets(self, entry: Entry, diagnostics: Diagnostics) -> Found:
        """What the entry comes after, each job once."""
        targets: dict[tuple[str, str], Target] = {}
        problem: Finding | None = entry.unknown
        for reference in entry.after:
            when = reference.when.text if reference.when else ""
            place = _Places(reference)
            for piece in self._pieces(reference):
                span = place.of(piece.offset)
                name = self._boxes.get(piece.text) if reference.is_box else self.find(piece.text)
                if name is None:
                    name, wrong = self._repaired(piece.text, entry.name)
                    if wrong is not None:
                        diagnostics.add(wrong, span, job=entry.name, text=piece.text)
                    if isinstance(wrong, UnknownNumber):
                        problem = wrong
                        continue
                targets.setdefault((name, when), Target(name, span, when))
        return Found(list(targets.values()), problem)

    def _repaired(self, text: str, job: str) -> tuple[str, Finding | None]:
        """The name in a text that is none, such as 12FS+2 days, and what is wrong with it."""
        match = _RELATION.fullmatch(text)
        name = self.find(match[1]) if match else None
        if match is not None and name is not None:
            relation, lag = match[2], match[3] or ""
            if relation == "FS" and (not lag or _NO_LAG.fullmatch(lag)):
                return name, None
            return name, RelationIgnored(relation=relation + lag, upstream=name, name=job)
        if self._has_numbers and _NUMBERS.fullmatch(text):
            return text, UnknownNumber(text=text)
        return text, None

    # ---------------------------------------------------------------- texts with several names

    def _pieces(self, reference: Reference) -> list[_Piece]:
        """The names in a text, with the place of each."""
        text = reference.text
        whole = _Piece(text.strip(), len(text) - len(text.lstrip()))
        if reference.is_exact:
            return [_Piece(text, 0)]
        if self.find(whole.text) is not None:
            return [whole]
        if whole.text.lower() in _NOTHING:
            return []
        if self._separator:
            return self._split(text, self._separator)
        tried = [s for s in SEPARATORS if s in text]
        ways = [(self._unknown(pieces := self._split(text, s)), pieces, s) for s in tried]
        words = [_Piece(match[0], match.start()) for match in _BLANKS.finditer(text)]
        if not ways and (len(words) == 1 or self._unknown(words)):
            return [whole]
        # Of several separators, the one counts with which the fewest names are unknown.
        _, pieces, separator = min(ways, key=lambda way: way[0], default=(0, words, " "))
        self.used[separator] = None
        return pieces

    def _split(self, text: str, separator: str) -> list[_Piece]:
        found, at = [], 0
        for part in text.split(separator):
            name = part.strip()
            if name:
                found.append(_Piece(name, at + len(part) - len(part.lstrip())))
            at += len(part) + len(separator)
        return found

    def _unknown(self, pieces: list[_Piece]) -> int:
        """The number of pieces that name no job."""
        return sum(self._is_unknown(piece.text) for piece in pieces)

    def _is_unknown(self, text: str) -> bool:
        if self.find(text) is not None:
            return False
        name, wrong = self._repaired(text, "")
        return wrong is not None or self.find(name) is None


def shown(separators: Iterable[str]) -> str:
    """Separators as a reader knows them."""
    words = {"\n": "line ends", " ": "blanks"}
    return " ".join(words.get(separator, separator) for separator in separators)


class _Places:
    """The places of the pieces of a text, unless characters of it were written as two."""

    def __init__(self, reference: Reference) -> None:
        self._span = reference.span
        text = reference.text
        self._lines = [match.end() for match in _LINE_END.finditer(text)] if "\n" in text else []

    def of(self, offset: int) -> Span:
        """The place of the piece at this offset."""
        file, line, column = self._span
        lines = bisect_right(self._lines, offset)
        if lines:
            return Span(file, line + lines, offset - self._lines[lines - 1] + 1)
        return Span(file, line, column + offset)
