"""YAML with the place of each value: nodes of PyYAML's, of which only texts are taken."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from transpile.dialects.azkaban.model import Value
from transpile.sources.text import Span

DEEPEST = 100
"""Deeper YAML is not read: nobody writes it, and readers of YAML recurse."""

_LOADERS: tuple[Any, ...] = (
    *((yaml.CSafeLoader,) if yaml.__with_libyaml__ else ()),
    yaml.SafeLoader,
)
"""The fast one first; the other one says what is wrong, the same everywhere."""


class Refusal(Exception):
    """Azkaban would not load the file: the reason, and where."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span


class Field(NamedTuple):
    """A key of a mapping, where it stands, and what it has."""

    key: str
    span: Span
    node: yaml.Node


def compose(text: str, label: str) -> yaml.Node | None:
    """The root of the only document. Raises Refusal."""
    for loader in _LOADERS:
        try:
            _check_depth(text, label, loader)
            return yaml.compose(text, loader)
        except yaml.YAMLError as error:
            if loader is _LOADERS[-1]:
                raise _refusal(text, label, error) from error
    return None


def _refusal(text: str, label: str, error: yaml.YAMLError) -> Refusal:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Refusal("a character that YAML does not allow", Span(label, line))
    if isinstance(error, yaml.MarkedYAMLError):
        span = _at(error.problem_mark or error.context_mark, label)
        return Refusal(error.problem or error.context or "it is no YAML", span)
    return Refusal("it is no YAML", Span(label, 1))


def _check_depth(text: str, label: str, loader: Any) -> None:
    """Composing recurses, the events before it do not."""
    depth = 0
    for event in yaml.parse(text, loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise Refusal(
                    f"it is nested more than {DEEPEST} deep", _at(event.start_mark, label)
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def place(node: yaml.Node, label: str) -> Span:
    """Where the node begins."""
    return _at(node.start_mark, label)


def _at(mark: Any, label: str) -> Span:
    return Span(label, mark.line + 1, mark.column + 1) if mark else Span(label, 1)


def fields(node: yaml.Node, label: str, what: str) -> Iterator[Field]:
    """The keys of a mapping in order. Raises Refusal."""
    if not isinstance(node, yaml.MappingNode):
        raise Refusal(f"{what} is no mapping", place(node, label))
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Refusal(f"a key of {what} is no text", place(key, label))
        yield Field(key.value, place(key, label), value)


def items(node: yaml.Node, label: str, what: str) -> list[yaml.Node]:
    """The items of a list; of nothing for null. Raises Refusal."""
    if is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise Refusal(f"{what} is no list", place(node, label))
    return list(node.value)


def text(node: yaml.Node, label: str, what: str) -> Value:
    """The text of a scalar as it is written; empty for null. Raises Refusal."""
    if not isinstance(node, yaml.ScalarNode):
        raise Refusal(f"{what} is no text", place(node, label))
    return Value("" if is_null(node) else node.value, place(node, label))


def is_null(node: yaml.Node) -> bool:
    """True for null, spelled or left out."""
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"
