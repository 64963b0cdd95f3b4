"""Parsers of the grammars, each built when it reads its first text."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from lark import Lark

from transpile.sources.resources import read_resource


class Grammar:
    """A file of `grammars/` with the rules that its texts start with; Lark takes the options.

    Commands start sooner because they build no parser that they do not use.
    """

    def __init__(self, name: str, start: str | Sequence[str], **options: Any) -> None:
        self._name = name
        self._options = {"start": start, **options}

    @cached_property
    def _parser(self) -> Lark:
        return Lark(read_resource("grammars", self._name), parser="lalr", **self._options)

    def parse(self, text: str, start: str | None = None) -> Any:
        """The tree of a text, or what the transformer makes of it. Raises UnexpectedInput."""
        return self._parser.parse(text, start=start)
