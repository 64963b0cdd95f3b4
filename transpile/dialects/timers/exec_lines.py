"""Command lines of units: words with quotes and escapes, read without a shell."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from transpile.dialects.timers.unit_names import FatalSpecifier, UnitName, expand
from transpile.sources.text import Span

_BLANKS = " \t\n\r"
_STOPS = re.compile(r"[ \t\n\r'\"\\]")
_ESCAPE = re.compile(
    r"\\(?:x(?P<hex>[0-9a-fA-F]{2})|(?P<octal>[0-7]{3})"
    r"|u(?P<short>[0-9a-fA-F]{4})|U(?P<long>[0-9a-fA-F]{8})|(?P<letter>[abfnrtv\\\"'s]))"
)
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "s": " "}
_BYTE, _HIGH = 0xDC00, 0x80
_LAST = 0x10FFFF


class BadLine(Exception):
    """systemd refuses or ignores a command line; the message says why.

    Without `is_fatal` systemd goes on without the line.
    """

    def __init__(self, reason: str, *, is_fatal: bool = True) -> None:
        super().__init__(reason)
        self.is_fatal = is_fatal


class NoTranslation(Exception):
    """systemd can read a command line, and no shell text is the same; the message says why."""


class ExecLine(NamedTuple):
    """A command. Its failure counts as a success if it `ignores` failures.

    A `literal` one has no variables. `argv0` is what it is told to be called. `privileges` are the
    prefixes that give it other rights.
    """

    words: tuple[str, ...]
    ignores: bool
    literal: bool
    argv0: str | None
    privileges: str
    text: str
    span: Span


def read_line(text: str, span: Span, name: UnitName, *, is_user: bool = False) -> list[ExecLine]:
    """The commands of a line. Raises BadLine, NoTranslation, and BadSpecifier."""
    return [_command(words, text, span, name, is_user) for words in _commands(text)]


def _command(words: list[str], text: str, span: Span, name: UnitName, is_user: bool) -> ExecLine:
    first, *others = words
    marks, path = _prefixes(first)
    is_fatal = "-" not in marks
    try:
        path = expand(path, name, is_user=is_user)
        arguments = [expand(word, name, is_user=is_user, hole=_machine) for word in others]
    except FatalSpecifier as error:
        raise BadLine(str(error), is_fatal=is_fatal) from None
    if not path:
        raise BadLine("it names no program", is_fatal=is_fatal)
    if path.endswith("/") or ("/" in path and not path.startswith("/")):
        raise BadLine(f"{path} is neither an absolute path nor a name", is_fatal=is_fatal)
    argv0 = None
    if "@" in marks:
        if not arguments or not arguments[0]:
            raise BadLine("@ needs the name that the program is told", is_fatal=is_fatal)
        argv0, *arguments = arguments
    privileges = "".join(mark for mark in marks if mark in "+!")
    whole = (path, *arguments)
    return ExecLine(whole, "-" in marks, ":" in marks, argv0, privileges, text, span)


def _machine(shell: str) -> str:
    return f"\0{shell}\0"


def _prefixes(word: str) -> tuple[str, str]:
    """The prefixes of a program, each of which counts once, and its path."""
    marks = ""
    for place, mark in enumerate(word):
        rights = [each for each in marks if each in "+!"]
        is_mark = mark in "-@:" and mark not in marks
        is_right = mark in "+!" and (not rights or (mark == "!" and rights == ["!"]))
        if not is_mark and not is_right:
            return marks, word[place:]
        marks += mark
    return marks, ""


def _commands(text: str) -> Iterator[list[str]]:
    """The words of each command: a semicolon that is a word ends one. Raises BadLine."""
    words: list[str] = []
    place = _skipped(text, 0)
    while place < len(text):
        blank = text[place + 1 : place + 2]
        if text[place] == ";" and (not blank or blank in _BLANKS):
            yield from ([words] if words else [])
            words, place = [], place + 1
        elif words and text.startswith("\\;", place) and text[place + 2 : place + 3] in _BLANKS:
            words.append(";")
            place += 2
        else:
            word, place = _word_of(words, text, place)
            words.append(word)
        place = _skipped(text, place)
    yield from ([words] if words else [])


def _word_of(words: list[str], text: str, place: int) -> tuple[str, int]:
    """The next word of a command; systemd ignores an unreadable line behind the prefix -."""
    try:
        return _word(text, place)
    except BadLine as error:
        is_fatal = not words or "-" not in _prefixes(words[0])[0]
        raise BadLine(str(error), is_fatal=is_fatal) from None


def split_words(text: str) -> list[str]:
    """The words of a list such as that of Environment. Raises BadLine and NoTranslation."""
    words: list[str] = []
    place = _skipped(text, 0)
    while place < len(text):
        word, place = _word(text, place)
        words.append(word)
        place = _skipped(text, place)
    return words


def _skipped(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BLANKS:
        place += 1
    return place


def _word(text: str, place: int) -> tuple[str, int]:
    """The word at that place without quotes and escapes, and the place behind it."""
    parts: list[str] = []
    quote = ""
    while True:
        stop = _STOPS.search(text, place)
        end = stop.start() if stop else len(text)
        parts.append(text[place:end])
        place = end
        if stop is None:
            break
        mark = stop[0]
        if mark == "\\":
            piece, place = _escape(text, place)
            parts.append(piece)
        elif mark in "'\"":
            place += 1
            if quote in ("", mark):
                quote = "" if quote else mark
            else:
                parts.append(mark)
        elif quote:
            parts.append(mark)
            place += 1
        else:
            break
    if quote:
        raise BadLine(f"a quote {quote} is open at its end")
    return _decoded("".join(parts)), place


def _escape(text: str, place: int) -> tuple[str, int]:
    """What an escape stands for, and the place behind it.

    systemd keeps an unknown one: the backslash, and the character behind it, also a blank.
    """
    match = _ESCAPE.match(text, place)
    if match is None:
        return text[place : place + 2], place + 2
    if match["letter"]:
        return _LETTERS.get(match["letter"], match["letter"]), match.end()
    digits, base = (match["octal"], 8) if match["octal"] else (match["hex"] or "", 16)
    is_byte = bool(digits)
    number = int(digits or match["short"] or match["long"], base)
    is_surrogate = not is_byte and _BYTE - 0x400 <= number < _BYTE + 0x400
    if not number or number > (0xFF if is_byte else _LAST) or is_surrogate:
        return text[place : place + 2], place + 2
    if is_byte and number >= _HIGH:
        return chr(_BYTE + number), match.end()
    return chr(number), match.end()


def unescape(text: str) -> str:
    """The text with its escapes resolved; bytes that are no UTF-8 become a question mark."""
    parts: list[str] = []
    place = 0
    while (at := text.find("\\", place)) >= 0:
        piece, after = _escape(text, at)
        parts += (text[place:at], piece)
        place = after
    whole = "".join((*parts, text[place:]))
    return whole.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _decoded(word: str) -> str:
    """The word with the characters that its bytes spell. Raises NoTranslation."""
    if word.isascii():
        return word
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        raise NoTranslation("it has bytes that are no UTF-8") from None


def split_value(value: str) -> list[str]:
    """The words of the value of a variable that is a word of its own.

    Quotes group and are removed; a backslash keeps the character behind it, and an open quote ends
    with the value.
    """
    words: list[str] = []
    word: list[str] | None = None
    quote, is_escaped = "", False
    for character in value:
        if not is_escaped and not quote and character in _BLANKS:
            words += ["".join(word)] if word is not None else []
            word = None
            continue
        word = [] if word is None else word
        if is_escaped:
            word.append(character)
            is_escaped = False
        elif character == "\\":
            is_escaped = True
        elif character in "'\"" and quote in ("", character):
            quote = "" if quote else character
        else:
            word.append(character)
    if is_escaped and word is not None:
        word.append("\\")
    return [*words, "".join(word)] if word is not None else words
