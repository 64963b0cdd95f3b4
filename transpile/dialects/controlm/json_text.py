"""JSON text to a tree with the place of each part, all scalars as text.

People write comments, trailing commas and worse into job files. What has a plain meaning is read as
meant and reported; behind anything else, reading goes on at the next folder.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from json import JSONDecodeError
from typing import TypeAlias

from transpile.dialects.controlm.codes.json import BrokenJson, KeyRepeated, LooseJson
from transpile.dialects.controlm.elements import Origin
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source

DEEPEST = 50
"""Maximum depth of nesting."""

_MOST = 20
"""So many times reading goes on behind a break."""

_SHOWN = 5
"""So many places of one kind are reported; the last of these findings counts the others."""

_W = r"[ \t\r\n\ufeff]*"
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_PLAIN = r'"([^"\\\x00-\x1f]*)"'
_PLAIN_MEMBER = re.compile(
    rf"{_W}{_PLAIN}{_W}:{_W}(?:{_PLAIN}{_W}(,?)|({_NUMBER}|true|false)(?=[\s,\]}}]){_W}(,?)|([{{\[]))"
)
"""A member with a plain value, or its begin: nearly all of a file."""

_TOKEN = re.compile(rf"{_W}(?:{_PLAIN}|([{{}}\[\],:])|([\w$%.+-]+)|(//|/\*)|([\s\S])|\Z)")
_SCALAR = re.compile(rf"{_NUMBER}|true|false|null")
_COLON = re.compile(rf"{_W}:")
_BLANK = re.compile(_W)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[\s\S])")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HALVES = re.compile("[\ud800-\udfff]")
_FOLDER = re.compile(rf'"[^"\\\n]*"{_W}:{_W}\{{{_W}"Type"{_W}:{_W}"(?:Simple)?Folder"')
"""Where the text goes on behind a break."""

_CONTROL = re.compile(r"[\x01-\x1f]")
_NOT_CLOSED = "a quote is not closed"
_DECODER = json.JSONDecoder(strict=False)


@dataclass(slots=True)
class Text:
    """A scalar as it is written; `at` is the offset of its key, or its own in a list."""

    text: str
    at: int


@dataclass(slots=True)
class Items:
    """A list."""

    at: int
    items: list["Value"] = field(default_factory=list)


@dataclass(slots=True)
class Object:
    """An object. Members that are null are left out: the API takes them for not given."""

    at: int
    members: dict[str, "Value"] = field(default_factory=dict)


Value: TypeAlias = Text | Items | Object


def read_objects(source: Source, origin: Origin, diagnostics: Diagnostics) -> list[Object]:
    """The objects of a source, one for each document in it."""
    return _Reader(source, origin, diagnostics).read()


class _Break(Exception):
    """The text has no meaning from here on."""

    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason


class _Reader:
    """Reads one source. A stack has the objects and lists around the place `_at`.

    `_ready`: a key or value may follow. `_comma` is the place of the comma before, or -1.
    """

    def __init__(self, source: Source, origin: Origin, diagnostics: Diagnostics) -> None:
        self._origin = origin
        self._diagnostics = diagnostics
        self._text = _HALVES.sub("\ufffd", source.text)
        self._documents: list[Object] = []
        self._stack: list[Object | Items] = []
        self._top_key = ""
        self._key: str | None = None
        self._key_at = self._at = self._resumed = 0
        self._ready = True
        self._comma = -1
        self._keys: dict[str, str] = {}
        self._places: dict[tuple[type[BrokenJson | LooseJson], str], list[int]] = {}
        handlers = (self._plain, self._mark, self._word, self._comment, self._other)
        self._handlers: tuple[Callable[[str, int], None], ...] = handlers

    def read(self) -> list[Object]:
        breaks = 0
        while True:
            try:
                while self._step():
                    pass
                break
            except _Break as error:
                breaks += 1
                if not self._resume(error, is_last=breaks == _MOST):
                    break
        self._report()
        return self._documents

    # ------------------------------------------------------------------- steps

    def _step(self) -> bool:
        """Read what is next; false at the end of the text."""
        if self._ready and self._wants_key():
            self._members(self._stack[-1])
        match = _TOKEN.match(self._text, self._at)
        if match is None or match.lastindex is None:
            self._end()
            return False
        at = match.start(match.lastindex)
        self._at = match.end()
        self._handlers[match.lastindex - 1](match[match.lastindex], at)
        return True

    def _members(self, top: Object | Items) -> None:
        """Read plain members for as long as there are any."""
        while isinstance(top, Object) and (match := _PLAIN_MEMBER.match(self._text, self._at)):
            self._at = match.end()
            at = match.start(1) - 1
            key = self._keys.setdefault(match[1], match[1])
            index = match.lastindex or 0
            if index == 6:
                self._key, self._key_at = key, at
                self._open(match[6], self._at - 1)
                top = self._stack[-1]
                continue
            if key in top.members:
                self._repeated(top, key, at)
            top.members[key] = Text(match[index - 1], at)
            self._ready = bool(match[index])
            if not self._ready:
                return
            self._comma = self._at - 1

    def _plain(self, text: str, at: int) -> None:
        self._string(text, at - 1)

    def _mark(self, mark: str, at: int) -> None:
        if mark in "{[":
            self._open(mark, at)
        elif mark in "}]":
            self._close(mark, at)
        elif mark == "," and self._key is None:
            if self._ready and self._stack:
                self._note(BrokenJson, "a comma too many", at)
            self._ready, self._comma = True, at
        else:
            raise _Break(at, f"unexpected {mark!r}")

    def _word(self, word: str, at: int) -> None:
        is_key = self._wants_key() and _COLON.match(self._text, self._at) is not None
        if self._wants_key() and not is_key:
            raise _Break(at, f"unexpected {word[:40]!r}")
        self._begin(at)
        if is_key or not _SCALAR.fullmatch(word):
            self._note(BrokenJson, "a text without quotes", at)
            word = word.lower() if word in ("True", "False") else word
        elif word == "null":
            self._key, self._ready = None, False
            return
        self._string(word, at)

    def _comment(self, mark: str, at: int) -> None:
        end = self._text.find("\n" if mark == "//" else "*/", at + 2)
        if end < 0 and mark == "/*":
            raise _Break(at, "a comment is not closed")
        self._note(LooseJson, "a comment", at)
        self._at = len(self._text) if end < 0 else end + (2 if mark == "/*" else 0)

    def _other(self, character: str, at: int) -> None:
        if character == "'":
            text = self._lenient(at, "'")
            if "\n" in self._text[at : self._at]:
                raise _Break(at, _NOT_CLOSED)
            self._begin(at)
            self._note(BrokenJson, "single quotes", at)
            self._string(text, at)
        elif character == '"':
            self._string(self._escaped(at), at)
        elif character == "\0":
            self._note(BrokenJson, "a NUL character", at)
        else:
            raise _Break(at, f"unexpected {character!r}")

    # ------------------------------------------------------------------- parts

    def _wants_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1], Object) and self._key is None

    def _begin(self, at: int) -> None:
        """A key or a value begins here."""
        if not self._stack:
            raise _Break(at, "text outside of braces")
        if not self._ready:
            self._note(BrokenJson, "a comma is missing", at)
            self._ready = True

    def _string(self, text: str, at: int) -> None:
        """A string begins at `at` and ends here: a key or a value."""
        self._begin(at)
        if not self._wants_key():
            self._put(Text(text, at), at)
            return
        self._key, self._key_at = self._keys.setdefault(text, text), at
        colon = _COLON.match(self._text, self._at)
        if colon is not None:
            self._at = colon.end()
            return
        blank = _BLANK.match(self._text, self._at)
        if self._text[blank.end() if blank else self._at :][:1] not in ("{", "["):
            raise _Break(at, f"{text[:40]!r} has no value")
        self._note(BrokenJson, "a colon is missing", at)

    def _put(self, value: Value, at: int) -> None:
        """Add a value to what is around it."""
        self._begin(at)
        top = self._stack[-1]
        if isinstance(top, Items):
            top.items.append(value)
        elif self._key is None:
            raise _Break(at, "a value without a key")
        else:
            value.at = self._key_at
            if self._key in top.members:
                self._repeated(top, self._key, self._key_at)
            top.members[self._key] = value
            self._key = None
        self._ready, self._comma = False, -1

    def _open(self, mark: str, at: int) -> None:
        if len(self._stack) >= DEEPEST:
            raise _Break(at, f"it is nested more than {DEEPEST} levels deep")
        if not self._stack:
            self._document(mark, at)
            return
        if len(self._stack) == 1:
            self._top_key = self._key or ""
        value: Object | Items = Object(at) if mark == "{" else Items(at)
        self._put(value, at)
        self._stack.append(value)
        self._ready = True

    def _document(self, mark: str, at: int) -> None:
        if mark != "{":
            raise _Break(at, "a list in place of an object with folders")
        if self._documents:
            self._note(LooseJson, "another document in the same file", at)
        self._documents.append(Object(at))
        self._stack.append(self._documents[-1])
        self._ready, self._comma, self._top_key = True, -1, ""

    def _close(self, mark: str, at: int) -> None:
        if not self._stack:
            raise _Break(at, f"{mark!r} closes nothing")
        wanted = "}" if isinstance(self._stack[-1], Object) else "]"
        if self._key is not None:
            raise _Break(self._key_at, f"{self._key[:40]!r} has no value")
        if mark != wanted:
            raise _Break(at, f"{mark!r} in place of {wanted!r}")
        if self._ready and self._comma >= 0:
            self._note(LooseJson, "a comma in front of a bracket", self._comma)
        self._stack.pop()
        self._ready, self._comma = False, -1
        if len(self._stack) == 1:
            self._top_key = ""

    def _repeated(self, top: Object, key: str, at: int) -> None:
        """The later member counts, at its place in the order."""
        earlier = self._origin.span(top.members.pop(key).at)
        finding = KeyRepeated(key=key, earlier=f"{earlier.file}:{earlier.line}")
        self._diagnostics.add(finding, self._origin.span(at), text=key)

    # ----------------------------------------------------------------- strings

    def _escaped(self, at: int) -> str:
        """The string with escapes or control characters that begins at `at`; go behind it."""
        try:
            value, self._at = _DECODER.raw_decode(self._text, at)
        except JSONDecodeError as error:
            if error.msg.startswith("Unterminated"):
                raise _Break(at, _NOT_CLOSED) from error
            self._note(BrokenJson, "a backslash that stands for itself", error.pos)
            value = self._lenient(at, '"')
        if _CONTROL.search(self._text, at, self._at):
            self._check_end(at)
        return self._repaired(str(value), at)

    def _check_end(self, at: int) -> None:
        """Raise _Break if a string over several lines has taken the begin of the next one."""
        if self._text.find("\n", at, self._at) < 0:
            self._note(LooseJson, "a control character in a text", at)
            return
        following = _TOKEN.match(self._text, self._at)
        if following is None or (following[2] or "{") in "{[":
            raise _Break(at, _NOT_CLOSED)
        self._note(LooseJson, "a line break in a text", at)

    def _lenient(self, at: int, quote: str) -> str:
        """The string that begins at `at`, where a wrong escape stands for itself."""
        end = self._text.find(quote, at + 1)
        while end > 0:
            before = end
            while self._text[before - 1] == "\\":
                before -= 1
            if (end - before) % 2 == 0:
                break
            end = self._text.find(quote, end + 1)
        if end < 0:
            raise _Break(at, _NOT_CLOSED)
        self._at = end + 1
        return _ESCAPE.sub(_unescaped, self._text[at + 1 : end])

    def _repaired(self, value: str, at: int) -> str:
        """A string without characters that no command can hold."""
        if "\0" in value:
            self._note(BrokenJson, "a NUL character", at)
            value = value.replace("\0", "\ufffd")
        if _HALVES.search(value):
            halves = value.encode("utf-16-le", "surrogatepass")
            value = halves.decode("utf-16-le", "replace")
            self._note(BrokenJson, "half of a pair of surrogates", at)
        return value

    # ------------------------------------------------------------------ breaks

    def _end(self) -> None:
        if self._stack:
            at = len(self._text.rstrip())
            raise _Break(max(at - 1, 0), "the text ends before the last bracket is closed")

    def _resume(self, error: _Break, *, is_last: bool) -> bool:
        """Leave out what is incomplete and go on at the next folder; false without one."""
        reason = error.reason
        if self._top_key and self._stack and isinstance(root := self._stack[0], Object):
            root.members.pop(self._top_key, None)
            reason += f": {self._top_key[:80]} is left out"
        following = _FOLDER.search(self._text, max(error.at, self._resumed + 1))
        if following is not None and is_last:
            reason += ", and so is the rest of the file"
        self._tell(BrokenJson(reason=reason), error.at)
        if following is None or is_last:
            return False
        self._at = self._resumed = following.start()
        if not self._documents:
            self._documents.append(Object(self._at))
        self._stack = [self._documents[-1]]
        self._key, self._ready, self._comma, self._top_key = None, True, -1, ""
        return True

    def _note(self, kind: type[BrokenJson | LooseJson], reason: str, at: int) -> None:
        self._places.setdefault((kind, reason), []).append(at)

    def _report(self) -> None:
        for (kind, reason), places in self._places.items():
            shown = 1 if kind is LooseJson else _SHOWN
            for number, at in enumerate(places[:shown], 1):
                more = len(places) - shown if number == shown else 0
                self._tell(kind(reason=f"{reason}, and {more} more" if more > 0 else reason), at)

    def _tell(self, finding: BrokenJson | LooseJson, at: int) -> None:
        shown = self._text[at : at + 60].partition("\n")[0]
        self._diagnostics.add(finding, self._origin.span(at), text=shown)


def _unescaped(match: re.Match[str]) -> str:
    """What an escape stands for; a wrong one for itself."""
    name = match[1]
    if len(name) == 5:
        return chr(int(name[1:], 16))
    return _ESCAPES.get(name, name if name in "\"'\\/" else match[0])
