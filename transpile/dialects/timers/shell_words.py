"""Splits a line of shell text into words and operators, with their places."""

import re
from dataclasses import dataclass

_OPERATOR = re.compile(r"&&|\|\||;;|[;&|()]")
_REDIRECT = re.compile(r"\d{0,4}(?:&>>?|>>|>\||<<<|<<-?|<>|>&|<&|[<>])")
_PLAIN = re.compile(r"[^\s\\'\"`$()<>;&|#{}]+")
_CLOSING = {"(": ")", "{": "}", '"': '"', "`": "`"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, an operator or a redirection from `start` to `end`.

    The value of a word has no quotes; it is `dynamic` if the shell puts something into it.
    """

    kind: str
    value: str
    start: int
    end: int
    dynamic: bool = False
    quoted: bool = False

    @property
    def is_word(self) -> bool:
        """True for a word."""
        return self.kind == "word"

    def is_operator(self, *values: str) -> bool:
        """True for one of these operators."""
        return self.kind == "operator" and self.value in values


class _Scanner:
    """One pass over a text, without recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.open: list[str] = []
        self.value: list[str] = []
        self.dynamic = self.quoted = False

    def word(self) -> Piece:
        """The word that begins here; `open` tells which of its quotes do not end."""
        start = self.at
        self.value, self.dynamic, self.quoted, self.open = [], False, False, []
        while self.at < len(self.text):
            char = self.text[self.at]
            if not self.open and (char in " \t\n;&|()<>" or char.isspace()):
                break
            self._step(char)
        value = "".join(self.value)
        return Piece("word", value, start, self.at, self.dynamic, self.quoted)

    def _step(self, char: str) -> None:
        text, at = self.text, self.at
        inside = self.open[-1] if self.open else ""
        plain = _PLAIN.match(text, at)
        if plain:
            self._take(plain.end() - at)
        elif char == "\\":
            self._escaped(inside)
        elif char == "'" and inside != '"':
            end = text.find("'", at + 1)
            self._quote(at + 1, end if end >= 0 else len(text), "'")
            if end < 0:
                self.open.append("'")
        elif inside and char == _CLOSING[inside]:
            self.open.pop()
            self._take(1, shown=inside != '"' or bool(self.open))
        elif char == '"':
            self.open.append(char)
            self.quoted = True
            self._take(1, shown=len(self.open) > 1)
        elif text.startswith(("$(", "${"), at):
            self.open.append(text[at + 1])
            self.dynamic = True
            self._take(2)
        elif char == "`" or (char == "(" and inside == "("):
            self.open.append(char)
            self.dynamic = True
            self._take(1)
        else:
            self.dynamic |= char == "$"
            self._take(1)

    def _escaped(self, inside: str) -> None:
        pair = self.text[self.at : self.at + 2]
        self.at += len(pair)
        keeps = bool(self.open) and not (self.open == ['"'] and pair[1:] in ('"', "\\", "$", "`"))
        self.value.append(pair if keeps else pair[1:])
        self.quoted = True

    def _quote(self, first: int, last: int, mark: str) -> None:
        """Take what stands in single quotes, and the quotes too inside a substitution."""
        found = self.text[first:last]
        self.value.append(f"{mark}{found}{mark}" if self.open else found)
        self.quoted = True
        self.at = last + 1 if last < len(self.text) else last

    def _take(self, count: int, shown: bool = True) -> None:
        if shown:
            self.value.append(self.text[self.at : self.at + count])
        self.at += count


def pieces(text: str) -> tuple[list[Piece], bool]:
    """The pieces of the text, and whether all its quotes and substitutions end."""
    scanner = _Scanner(text)
    found: list[Piece] = []
    while scanner.at < len(text):
        at = scanner.at
        if text[at] == "\n":
            found.append(Piece("operator", "\n", at, at + 1))
            scanner.at += 1
        elif text[at].isspace():
            scanner.at += 1
        elif match := _REDIRECT.match(text, at):
            found.append(Piece("redirect", match[0], at, match.end()))
            scanner.at = match.end()
        elif match := _OPERATOR.match(text, at):
            found.append(Piece("operator", match[0], at, match.end()))
            scanner.at = match.end()
        elif text[at] == "#":
            end = text.find("\n", at)
            scanner.at = end if end >= 0 else len(text)
        else:
            found.append(scanner.word())
    return found, not scanner.open
