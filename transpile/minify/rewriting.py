"""Rewrites the text of a source, piece by piece."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from transpile.dialects.kit.pieces import Minifier, Piece, Places, Treatment
from transpile.minify.pseudonyms import NOT_ASCII, TOKEN, Pseudonyms, TooManySpellings, humps
from transpile.model.zones import posix_offset, zone_named
from transpile.sources.text import Source, Span

_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", re.ASCII)
_PAUSE = re.compile(r"\b(?:sleep|timeout)[ \t]+\d+(?:[.]\d+)?[smhd]?(?![\w.])", re.ASCII)
_ESCAPE = re.compile(
    r"\\x[0-9A-Fa-f]{2}|\\u(?:[0-9A-Fa-f]{4}|\d[0-9A-Fa-f]{0,2})|&(?:#x?[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);"
)
_WORD = re.compile(
    rf"(?P<kept>{_PAUSE.pattern}|{_ESCAPE.pattern})|(?P<address>{_ADDRESS.pattern})|{TOKEN.pattern}"
)
_RUNS = re.compile(f"[^{NOT_ASCII}]*{NOT_ASCII}|[^{NOT_ASCII}]+", re.I)
_LETTERS = re.compile(r"[^\W\d_]+")


class Refused(Exception):
    """A source cannot be minified; the message says why, `span` where."""

    def __init__(self, span: Span, reason: str) -> None:
        super().__init__(f"{span.file}:{span.line}:{span.column}: {reason}")
        self.span = span


@dataclass(slots=True)
class Counts:
    """How much was replaced: words, masked words of prose, comments."""

    words: int = 0
    prose: int = 0
    comments: int = 0


@dataclass(slots=True)
class Rewriter:
    """Rewrites sources; `public` are words that stay everywhere, in lower case.

    `kept` are words that stayed because of their place.
    """

    names: Pseudonyms
    public: frozenset[str]
    counts: Counts = field(default_factory=Counts)
    kept: set[str] = field(default_factory=set)

    def source(self, source: Source, minifier: Minifier) -> str:
        """The rewritten text. Raises Refused."""
        text = source.text
        parts, at = [], 0
        for piece in minifier.pieces(source):
            parts.append(self._between(source, at, piece.start))
            try:
                parts.append(self._piece(text, piece, minifier.words))
            except TooManySpellings as error:
                reason = f"{error} is spelled in more ways than can be kept apart"
                raise Refused(_span(source, piece.start), reason) from error
            at = piece.end
        parts.append(self._between(source, at, len(text)))
        return "".join(parts)

    def _between(self, source: Source, start: int, end: int) -> str:
        """The text between two pieces, which holds no word. Raises Refused."""
        if start > end:
            raise Refused(_span(source, end), "this text cannot be classified")
        between = source.text[start:end]
        if found := TOKEN.search(between):
            reason = f"{found[0][:40]!r} cannot be classified"
            raise Refused(_span(source, start + found.start()), reason)
        return between

    def _piece(self, text: str, piece: Piece, words: frozenset[str]) -> str:
        found = text[piece.start : piece.end]
        if piece.treatment is Treatment.ASIDE:
            self.counts.comments += bool(found.strip())
            return "\n" * found.count("\n")
        if piece.treatment is Treatment.PROSE:
            return _WORD.sub(self._mask, found)
        zone = piece.treatment is Treatment.ZONE and is_zone(found.strip(" \"'"))
        if zone or piece.treatment is Treatment.KEEP:
            self.kept |= {
                part.lower() for token in _LETTERS.findall(found) for part in humps(token)
            }
            return found
        return self.named(found, None if piece.treatment is Treatment.NAMES else words)

    def named(self, text: str, words: frozenset[str] | None = None) -> str:
        """The text with words replaced; with `words`, those and all numbers stay."""
        return _WORD.sub(lambda match: self._word(match, words), text)

    def _word(self, match: re.Match[str], words: frozenset[str] | None) -> str:
        token = match[0]
        if match["kept"]:
            return token
        if match["address"]:
            self.counts.words += 1
            return self.names.address(token)
        if words is not None and _are_known(token, words | self.public):
            return token
        found = self.names.token(token)
        self.counts.words += found != token
        return found

    def _mask(self, match: re.Match[str]) -> str:
        if len(match[0]) < 2 or match["kept"]:
            return match[0]
        self.counts.prose += 1
        return "".join("0" if c.isdecimal() else "X" if c.isupper() else "x" for c in match[0])


def _are_known(token: str, words: Collection[str]) -> bool:
    """True if all words of a run of letters and digits are among these; a number has none."""
    return all(len(part) < 2 or part.lower() in words for part in _LETTERS.findall(token))


def is_zone(word: str) -> bool:
    """True for a time zone, as sources spell them."""
    return (zone_named(word) or posix_offset(word)) is not None


def leaks(
    source: Source, text: str, allowed: Iterable[frozenset[str] | set[str]]
) -> Iterator[tuple[Span, str]]:
    """Words in a rewritten text that are neither allowed nor replacements, with their places."""
    known = frozenset().union(*allowed)
    places = Places(text)
    # An escape is as long as what replaces it.
    plain = _ESCAPE.sub(lambda match: " " * len(match[0]), text)
    for match in _LETTERS.finditer(plain):
        # Behind a backslash the first letter may belong to an escape.
        escaped = plain[match.start() - 1 : match.start()] == "\\"
        if all(_is_leak(word, known) for word in (match[0], match[0][escaped:])):
            yield Span(source.label, *places.place(match.start())), match[0]


def _is_leak(token: str, known: Collection[str]) -> bool:
    """True if a run of letters holds a word that should have been replaced."""
    # Where two pieces touch, the end of a replacement shows which word it is.
    found = _RUNS.findall(token) if token.lower() not in known else []
    runs = [run for run in found if run.lower() not in known]
    words = [word.lower() for run in runs for word in humps(run)]
    return any(len(word) > 1 and word not in known and word.strip("x") for word in words)


def _span(source: Source, offset: int) -> Span:
    return Span(source.label, *Places(source.text).place(offset))
