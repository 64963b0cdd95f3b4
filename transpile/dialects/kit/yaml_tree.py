"""YAML documents with the position of each part, all scalars as text."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml

from transpile.dialects.kit.values import Value
from transpile.sources.text import Span

DEEPEST = 100
"""Maximum depth of nesting: PyYAML recurses while it composes a document."""

_LOADERS: tuple[Any, ...] = (
    *((yaml.CSafeLoader,) if yaml.__with_libyaml__ else ()),
    yaml.SafeLoader,
)
"""The fast one first; the last one gives the same error messages everywhere."""


class Refusal(Exception):
    """A document cannot be used: the reason and the position."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span


class Part(NamedTuple):
    """A part of a YAML document. Its methods raise Refusal; `what` names the part there."""

    node: yaml.Node
    file: str

    @property
    def span(self) -> Span:
        """Where the part begins."""
        return _at(self.node.start_mark, self.file)

    @property
    def is_null(self) -> bool:
        """True for null, written or left out."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:null"

    def fields(self, what: str) -> Iterator["Field"]:
        """The fields of a mapping, in order."""
        if not isinstance(self.node, yaml.MappingNode):
            raise Refusal(f"{what} is not a mapping", self.span)
        for key, value in self.node.value:
            span = _at(key.start_mark, self.file)
            if not isinstance(key, yaml.ScalarNode):
                raise Refusal(f"a key of {what} is not a text", span)
            yield Field(key.value, span, Part(value, self.file))

    def mapping(self, what: str) -> dict[str, "Field"]:
        """The fields of a mapping by key; the last one of a repeated key."""
        return {field.key: field for field in self.fields(what)}

    def items(self, what: str) -> list["Part"]:
        """The items of a list; null is an empty list."""
        if self.is_null:
            return []
        if not isinstance(self.node, yaml.SequenceNode):
            raise Refusal(f"{what} is not a list", self.span)
        return [Part(item, self.file) for item in self.node.value]

    def text(self, what: str) -> Value:
        """The text of a scalar as it is written; empty for null."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise Refusal(f"{what} is not a text", self.span)
        return Value("" if self.is_null else self.node.value, self.span)


class Field(NamedTuple):
    """A field of a mapping: its key, the position of the key, and its value."""

    key: str
    span: Span
    part: Part


def compose(text: str, file: str) -> Part | None:
    """The root of the only document; None for an empty file. Raises Refusal."""
    found = _composed(text, file, lambda loader: [yaml.compose(text, loader)])
    return found[0] if found else None


def compose_all(text: str, file: str, most: int) -> list[Part]:
    """The roots of all documents, without empty ones. Raises Refusal for more than `most` parts."""
    return _composed(text, file, lambda loader: list(yaml.compose_all(text, loader)), most)


def _composed(
    text: str, file: str, read: Callable[[Any], list[Any]], most: int | None = None
) -> list[Part]:
    for loader in _LOADERS:
        try:
            _check_size(text, file, loader, most)
            return [Part(root, file) for root in read(loader) if root]
        except yaml.YAMLError as error:
            if loader is _LOADERS[-1]:
                raise _refusal(text, file, error) from error
    return []


def _refusal(text: str, file: str, error: yaml.YAMLError) -> Refusal:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Refusal("a character that YAML does not allow", Span(file, line))
    if isinstance(error, yaml.MarkedYAMLError):
        span = _at(error.problem_mark or error.context_mark, file)
        return Refusal(error.problem or error.context or "it is not YAML", span)
    return Refusal("it is not YAML", Span(file, 1))


def _check_size(text: str, file: str, loader: Any, most: int | None) -> None:
    """Raise Refusal for deep nesting or many parts. Parsing into events does not recurse."""
    depth = count = 0
    for event in yaml.parse(text, loader):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            continue
        count += isinstance(event, yaml.NodeEvent)
        if most is not None and count > most:
            raise Refusal(f"it has more than {most:,} parts", _at(event.start_mark, file))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                span = _at(event.start_mark, file)
                raise Refusal(f"it is nested more than {DEEPEST} levels deep", span)


def _at(mark: Any, file: str) -> Span:
    return Span(file, mark.line + 1, mark.column + 1) if mark else Span(file, 1)
