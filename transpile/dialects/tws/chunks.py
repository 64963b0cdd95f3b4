"""Cuts composer text into objects: job streams, job definitions and all others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from transpile.dialects.tws.keywords import RESERVED
from transpile.sources.text import Source, Span


class ChunkKind(Enum):
    """The kind of a piece of text. OTHER is an object that only the scheduler itself needs."""

    STREAM = "job stream"
    JOB = "job definition"
    PARAMETER = "parameter"
    PROMPT = "prompt"
    CALENDAR = "calendar"
    GROUP = "run cycle group"
    RULE = "event rule"
    OTHER = "definition"
    STRAY = "text"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of text, with blanks in the place of comments.

    It begins at the offset `at` of its source. `word` is the keyword of its section or block; not
    `closed` if its END is missing.
    """

    kind: ChunkKind
    word: str
    text: str
    span: Span
    at: int
    closed: bool = True


SECTIONS = (
    r"access\w*|calendars?|cpu|domain|eventrules?|folders?|jobs|parms?|prompts?|resources?|rcg"
    r"|runcyclegroups?|schedules?|sec\w+|users?|vartables?|wat"
)
_BLOCKS = "cpuname|cpuclass|domain|vartable|runcyclegroup"
_OBJECT = rf"schedule[ \t]+\S|end[ \t]*(?:\n|\Z)|\$(?:{SECTIONS})[ \t]*(?:\n|\Z)"
# A string may span several lines, but not the beginning of another object.
STRING = rf'"(?:[^"\\\n]|\\[\s\S]|\n(?![ \t]*(?:{_OBJECT})))*"'
_DEFINITION = r"<(?:\w+:)?jobDefinition\b"
_TOKEN = re.compile(
    rf"""
    (?P<string>{STRING})
  | (?P<xml>{_DEFINITION}(?:(?!{_DEFINITION})[\s\S])*?</(?:\w+:)?jobDefinition\s*>)
  | (?P<escape>\\["\\])
  | (?P<aside><<(?:(?!<<)[\s\S])*?>>)
  | (?P<comment>^(?:[ \t]*\#|\*)[^\n]*)
  | ^[ \t]*\$(?P<section>{SECTIONS})(?![^\s])
  | (?<![^\s:])(?P<word>schedule|end|{_BLOCKS})(?!\S)
    """,
    re.I | re.M | re.X,
)
_NAME_FOLLOWS = re.compile(
    r"(?:,|(?<![^\s:])(?:schedule|follows|as|needs|prompt|after|join|runcycle|on|except))\s*\Z",
    re.I,
)
_HIDDEN = rf'{STRING}|\\["\\]'
_DEFINES = "scriptname|docommand|task|streamlogon|description|tasktype|interactive"
_VALUED = (
    "scriptname|docommand|streamlogon|tasktype|outputcond|succoutputcond|recovery|after|repeatevery"
    "|for"
)
# A keyword is matched with its value, so that a value is not taken for the name of a job.
_JOB = re.compile(
    rf'{_HIDDEN}|<[^<>]*>|(?<!\S)(?:{_VALUED})\s+[^\s"<]\S*'
    rf'|(?<![^\s"(),:<>])(?!(?:{"|".join(sorted(RESERVED))})\s)(?P<name>[^\s"(),:<>]+)'
    rf'(?=\s+(?:{_DEFINES})(?![^\s"<]))',
    re.I,
)
_ENTRY = re.compile(rf'{_HIDDEN}|^[ \t]*(?P<name>[A-Za-z@^$/][^\s"]*)', re.I | re.M)
_DATED = re.compile(rf'{_HIDDEN}|(?<!\S)(?P<name>[A-Za-z$/][^\s",]*)', re.I)
_JOB_SECTIONS = ("", "job", "schedule")
_GROUP_SECTIONS = ("rcg", "runcyclegroup", "runcyclegroups")
_RULE = re.compile(r"<(?:\w+:)?(?P<name>eventRule)\s", re.I)
_OF_BLOCK = {
    "schedule": ChunkKind.STREAM,
    "vartable": ChunkKind.PARAMETER,
    "runcyclegroup": ChunkKind.GROUP,
}
_OF_SECTION = {
    "parm": (ChunkKind.PARAMETER, _ENTRY),
    "prompt": (ChunkKind.PROMPT, _ENTRY),
    "calendar": (ChunkKind.CALENDAR, _DATED),
    "eventrule": (ChunkKind.RULE, _RULE),
    **dict.fromkeys(_JOB_SECTIONS, (ChunkKind.JOB, _JOB)),
}
"""The kind of the objects in a section, and where one begins; keys without a plural S."""


class _Mark(NamedTuple):
    """A keyword that begins or ends an object; `word` in lower case."""

    start: int
    end: int
    word: str
    is_section: bool


def begins_line(text: str, at: int) -> bool:
    """True if only blanks stand between the beginning of a line and the offset."""
    while at and text[at - 1] != "\n" and text[at - 1].isspace():
        at -= 1
    return not at or text[at - 1] == "\n"


def chunks(source: Source) -> Iterator[Chunk]:
    """The objects of a source in order; other text is STRAY."""
    text, marks = _marked(source.text)
    return _Cutter(source.label, text).cut(marks)


def _marked(text: str) -> tuple[str, list[_Mark]]:
    """The text with blanks in the place of comments, and the marks in it."""
    marks: list[_Mark] = []
    parts: list[str] = []
    done = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind in ("aside", "comment"):
            parts += [text[done : match.start()], re.sub(r"[^\n]", " ", match.group())]
            done = match.end()
        elif kind in ("section", "word"):
            marks.append(_Mark(*match.span(kind), match[kind].lower(), kind == "section"))
    return "".join([*parts, text[done:]]), marks


class _Cutter:
    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._line = 1
        self._at = self._begin = 0

    def cut(self, marks: list[_Mark]) -> Iterator[Chunk]:
        text, section, done = self._text, "", 0
        block: _Mark | None = None
        for mark in marks:
            if mark.is_section:
                begin = text.rfind("\n", 0, mark.start) + 1
                yield from self._piece(block, section, done, begin, closed=False)
                block, section, done = None, mark.word, mark.end
            elif block is None and mark.word != "end":
                yield from self._piece(None, section, done, mark.start)
                block, done = mark, mark.start
            elif block is None and section in _GROUP_SECTIONS:
                yield self._chunk(ChunkKind.GROUP, section, done, mark.end)
                done = mark.end
            elif block is not None and not self._is_name(mark):
                if mark.word == "end":
                    yield from self._piece(block, section, done, mark.end)
                    block, done = None, mark.end
                elif mark.word == "schedule" and begins_line(self._text, mark.start):
                    yield from self._piece(block, section, done, mark.start, closed=False)
                    block, done = mark, mark.start
        yield from self._piece(block, section, done, len(text), closed=False)

    def _is_name(self, mark: _Mark) -> bool:
        """True if the word can only be the name of an object."""
        return _NAME_FOLLOWS.search(self._text[max(0, mark.start - 200) : mark.start]) is not None

    def _piece(
        self, block: _Mark | None, section: str, start: int, end: int, *, closed: bool = True
    ) -> Iterator[Chunk]:
        if block is None:
            yield from self._loose(section, start, end)
            return
        kind = _OF_BLOCK.get(block.word, ChunkKind.OTHER)
        yield self._chunk(kind, block.word, start, end, closed=closed)

    def _loose(self, section: str, start: int, end: int) -> Iterator[Chunk]:
        """The objects without END in a section: each ends where the next one begins."""
        kind, pattern = _OF_SECTION.get(section.removesuffix("s"), (ChunkKind.OTHER, _ENTRY))
        found = pattern.finditer(self._text, start, end)
        starts = [match.start("name") for match in found if match["name"]]
        if kind is ChunkKind.RULE and starts:
            # The text before the first rule belongs to the set of rules.
            start = starts[0]
        for first, after in zip([start, *starts], [*starts, end], strict=True):
            if self._text[first:after].strip():
                stray = first not in starts[:1] and first == start
                yield self._chunk(ChunkKind.STRAY if stray else kind, section, first, after)

    def _chunk(
        self, kind: ChunkKind, word: str, start: int, end: int, *, closed: bool = True
    ) -> Chunk:
        text = self._text
        if kind in (ChunkKind.STRAY, ChunkKind.GROUP):
            start += len(text[start:end]) - len(text[start:end].lstrip())
        self._line += text.count("\n", self._at, start)
        self._begin = max(self._begin, text.rfind("\n", self._at, start) + 1)
        self._at = start
        span = Span(self._file, self._line, start - self._begin + 1)
        return Chunk(kind, word, text[start:end], span, start, closed)
