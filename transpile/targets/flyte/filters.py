"""The filters of templates; text of a source always stays text."""

from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, StrictUndefined

from transpile.targets.flyte.literals import (
    annotation,
    bound,
    comparison,
    keyword,
    operand,
    python,
    string,
)
from transpile.targets.flyte.values import Moment, Value

INDENT = "    "
_PRAGMAS = ("!", ":", "fmt:", "isort:", "mypy:", "noqa", "pylint:", "ruff:", "type:", "yapf:")


def _name(text: str) -> str:
    if not (text.isidentifier() and text.isascii()):
        raise ValueError(f"{text!r} is no identifier")
    return text


def dotted(text: str) -> str:
    """Identifiers joined by dots. Raises ValueError."""
    return ".".join(map(_name, text.split(".")))


def names(words: Sequence[str]) -> str:
    """Identifiers joined by commas. Raises ValueError."""
    return ", ".join(map(_name, words))


def _imported(pairs: Sequence[tuple[str, str]]) -> str:
    return ", ".join(
        _name(name) if name == alias else f"{_name(name)} as {_name(alias)}"
        for name, alias in pairs
    )


def _strings(texts: Sequence[str]) -> str:
    """A tuple of strings."""
    return f"({', '.join(map(string, texts))}{',' if len(texts) == 1 else ''})"


def _parameters(names: Sequence[str]) -> str:
    kinds = ("datetime" if isinstance(name, Moment) else "str" for name in names)
    return ", ".join(f"{_name(name)}: {kind}" for name, kind in zip(names, kinds, strict=True))


def _keywords(pairs: Sequence[tuple[str, Value]]) -> str:
    return ", ".join(map(keyword, pairs))


def _comment(text: str) -> str:
    """A comment on one line: unprintable characters become spaces."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    clean = text.strip()
    # A source must not give orders to linters and formatters.
    return f"- {clean}" if clean.startswith(_PRAGMAS) else clean


def _docstring(lines: Sequence[str], indent: str = INDENT) -> str:
    """A docstring literal in black's style; its first line is not empty."""
    clean = [_docstring_line(line) for line in lines]
    if clean[0].startswith('"'):
        # Separate it from the opening quotes.
        clean[0] = f" {clean[0]}"
    while len(clean) > 1 and not clean[-1]:
        clean.pop()
    if len(clean) == 1:
        space = " " if clean[0].endswith('"') else ""
        return f'"""{clean[0]}{space}"""'
    body = "".join(f"\n{indent}{line}" if line else "\n" for line in clean[1:])
    return f'"""{clean[0]}{body}\n{indent}"""'


def _docstring_line(line: str) -> str:
    return _comment(line).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


FILTERS = {
    "annotation": annotation,
    "bound": bound,
    "comment": _comment,
    "comparison": comparison,
    "docstring": _docstring,
    "dotted": dotted,
    "imported": _imported,
    "keywords": _keywords,
    "name": _name,
    "names": names,
    "operand": operand,
    "parameters": _parameters,
    "py": python,
    "strings": _strings,
}
"""The filters; every `{{ }}` of a template ends in one."""


def environment(kind: type[Environment] = Environment, **options: Any) -> Environment:
    """A Jinja environment for Python source; undefined names are errors."""
    found = kind(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        **options,
    )
    found.filters.update(FILTERS)
    return found
