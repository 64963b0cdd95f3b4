"""Parts of YAML and JSON documents: fields with what they merge, and texts as they are written."""

import re

import yaml

from transpile.dialects.joblist.codes.lists import KeyGivenTwice
from transpile.dialects.kit.values import Value
from transpile.dialects.kit.yaml_tree import Field, Part, Refusal
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Span

_MOST_VISITS = 3_000_000
"""Maximum number of values that are read, those of aliases each time."""

_CHARACTERS = 50
"""So many characters count like a value."""

_HALVES = re.compile("[\ud800-\udfff]")
_MERGE = "<<"


class Parts:
    """The parts of one document. Its methods raise Refusal."""

    def __init__(self, text: str, diagnostics: Diagnostics) -> None:
        self._text = text
        self._diagnostics = diagnostics
        self._visits = 0

    def value(self, part: Part) -> Value:
        """A scalar as it is written."""
        text = part.node.value
        self.visit(part.span, len(text))
        _check(text, part.span)
        return Value(text, part.span)

    def raw(self, part: Part) -> str:
        """The text of a part in the file."""
        begin, end = part.node.start_mark.index, part.node.end_mark.index
        if isinstance(part.node, yaml.ScalarNode):
            return self.value(part).text
        self.visit(part.span, end - begin)
        return self._text[begin:end].strip()

    def fields(self, part: Part, what: str) -> list[Field]:
        """The fields of a mapping and of what it merges; a repeated one is reported."""
        found: dict[str, Field] = {}
        merged: list[Field] = []
        for field in part.fields(what):
            self.visit(field.span)
            _check(field.key, field.span)
            if field.key == _MERGE:
                merged.append(field)
            elif field.key in found:
                place = f"{field.span.file}:{found[field.key].span.line}"
                repeated = KeyGivenTwice(key=field.key, earlier=place)
                self._diagnostics.add(repeated, field.span, text=field.key)
            else:
                found[field.key] = field
        pending = [field.part for field in reversed(merged)]
        while pending:
            source = pending.pop()
            self.visit(source.span)
            if isinstance(source.node, yaml.SequenceNode):
                pending += reversed(source.items("a merged value"))
                continue
            for field in source.fields("a merged value"):
                self.visit(field.span)
                if field.key == _MERGE:
                    pending.append(field.part)
                else:
                    found.setdefault(field.key, field)
        return list(found.values())

    def visit(self, span: Span, size: int = 0) -> None:
        """Count a value of so many characters; raise Refusal if it is one too many."""
        self._visits += 1 + size // _CHARACTERS
        if self._visits > _MOST_VISITS:
            raise Refusal("its aliases stand for too much", span)


def _check(text: str, span: Span) -> None:
    if _HALVES.search(text):
        raise Refusal("half of a pair of surrogates", span)
