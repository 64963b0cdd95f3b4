"""JSON documents as the tree that YAML documents are, with the position of each part."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from typing import Any, TypeAlias

import yaml

from transpile.dialects.kit.yaml_tree import DEEPEST, Part, Refusal
from transpile.sources.text import Span

_JSON_TOKEN = re.compile(
    r'[ \t\r\n]*(?:(?P<mark>[{}\[\],:])|(?P<quote>")|(?P<plain>-?\d[\d.eE+-]*|true|false|null))'
)
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_DECODER = JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*")
_NULL, _TEXT = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str"
_MAP, _LIST = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"

_Container: TypeAlias = yaml.MappingNode | yaml.SequenceNode


@dataclass(frozen=True, slots=True)
class _Mark:
    """A position as PyYAML has it: from 0, and without all that its own class holds."""

    index: int
    line: int
    column: int


def parse_json(text: str, file: str, most: int) -> Part:
    """The root of a document. Raises Refusal, also for more than `most` parts."""
    return Part(_Reader(text, file, most).read(), file)


class _Reader:
    """Reads one document. A stack has the objects and lists around the place `_at`."""

    def __init__(self, text: str, file: str, most: int) -> None:
        self._text = text
        self._file = file
        self._most = most
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._at = self._count = 0
        self._stack: list[_Container] = []
        self._keys: list[yaml.ScalarNode | None] = []
        self._root: yaml.Node | None = None

    def read(self) -> yaml.Node:
        """Read the whole text."""
        after = ""
        while self._root is None or self._stack:
            after = self._step(after)
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at
        if self._at < len(self._text):
            raise self._refusal("text behind the end", self._at)
        return self._root

    def _step(self, after: str) -> str:
        """Read what is next, `after` a comma, a colon, an opening bracket or a value."""
        match = _JSON_TOKEN.match(self._text, self._at)
        if match is None:
            blank = _BLANK.match(self._text, self._at)
            raise self._unexpected(blank.end() if blank else self._at)
        at = match.start(match.lastgroup or 0)
        self._at = match.end()
        mark = match["mark"] or ""
        is_key = isinstance(self._top, yaml.MappingNode) and after in ("{", ",")
        if mark in ("]", "}"):
            return self._close(mark, after, at)
        if mark in (",", ":"):
            wanted = ":" if self._awaits_colon else ","
            if after != "value" or mark != wanted or self._top is None:
                raise self._unexpected(at)
            return mark
        if after == "value" or (is_key and not match["quote"]):
            raise self._unexpected(at)
        if mark:
            return self._open(mark, at)
        self._scalar(match["plain"], at, is_key=is_key)
        return "value"

    @property
    def _top(self) -> _Container | None:
        return self._stack[-1] if self._stack else None

    @property
    def _awaits_colon(self) -> bool:
        return bool(self._keys) and self._keys[-1] is not None

    def _scalar(self, plain: str | None, at: int, *, is_key: bool) -> None:
        if plain is None:
            try:
                value, self._at = _DECODER.raw_decode(self._text, at)
            except JSONDecodeError as error:
                raise self._refusal(error.msg[:1].lower() + error.msg[1:], error.pos) from error
        else:
            value = plain
            if plain[0] in "-0123456789" and not _JSON_NUMBER.fullmatch(plain):
                raise self._unexpected(at)
        tag = _NULL if plain == "null" else _TEXT
        node = yaml.ScalarNode(tag, value, self._mark(at), self._mark(self._at))
        if is_key:
            self._keys[-1] = node
        else:
            self._put(node)

    def _open(self, mark: str, at: int) -> str:
        if len(self._stack) == DEEPEST:
            raise self._refusal(f"it is nested more than {DEEPEST} levels deep", at)
        kind, tag = (yaml.MappingNode, _MAP) if mark == "{" else (yaml.SequenceNode, _LIST)
        node: _Container = kind(tag, [], self._mark(at))
        self._put(node)
        self._stack.append(node)
        self._keys.append(None)
        return mark

    def _close(self, mark: str, after: str, at: int) -> str:
        opened = "{" if mark == "}" else "["
        is_map = isinstance(self._top, yaml.MappingNode)
        if self._top is None or is_map != (mark == "}") or after not in ("value", opened):
            raise self._unexpected(at)
        if self._awaits_colon:
            raise self._unexpected(at)
        self._stack.pop().end_mark = self._mark(self._at)
        self._keys.pop()
        return "value"

    def _put(self, node: yaml.Node) -> None:
        self._count += 1
        if self._count > self._most:
            raise self._refusal(f"it has more than {self._most:,} parts", node.start_mark.index)
        top = self._top
        if top is None:
            self._root = node
        elif isinstance(top, yaml.SequenceNode):
            top.value.append(node)
        else:
            top.value.append((self._keys[-1], node))
            self._keys[-1] = None

    def _mark(self, at: int) -> Any:
        line = bisect_right(self._lines, at) - 1
        return _Mark(at, line, at - self._lines[line])

    def _unexpected(self, at: int) -> Refusal:
        shown = self._text[at : at + 30].partition("\n")[0]
        return self._refusal(f"unexpected {shown}" if shown else "it is incomplete", at)

    def _refusal(self, reason: str, at: int) -> Refusal:
        mark = self._mark(at)
        return Refusal(reason, Span(self._file, mark.line + 1, mark.column + 1))
